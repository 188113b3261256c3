// @vitest-environment happy-dom
import { enableAutoUnmount } from '@vue/test-utils'
import { afterEach, describe, expect, test, vi } from 'vitest'

import { useProjectStore } from '../../../src/renderer/stores/project.ts'
import ModelsView from '../../../src/renderer/views/models/models-view.vue'
import type { Project } from '../../../src/shared/contract/projects.ts'
import { FakeWorld, SAMPLE_FOLDER } from '../fakes/fake-api.ts'
import { type MountOptions, type Mounted, mountWith } from '../fakes/mount-with.ts'
import { BASELINE, CANDIDATE } from '../fakes/models.ts'

function worldWith(change: Partial<Project>): FakeWorld {
  const world = new FakeWorld()
  world.projects.set(SAMPLE_FOLDER, { ...world.projects.get(SAMPLE_FOLDER)!, ...change })
  return world
}

async function open(options: MountOptions = {}): Promise<Mounted> {
  const mounted = await mountWith(ModelsView, options)
  await useProjectStore().open(SAMPLE_FOLDER)
  return mounted
}

const savedIn = ({ world }: Mounted) => {
  const { baseline, candidates } = world.projects.get(SAMPLE_FOLDER)!
  return { baseline, candidates }
}

async function type({ wrapper }: Mounted, arm: number, path: string): Promise<void> {
  const field = wrapper.findAll('.arm-card')[arm]!.get('.path-field input')
  await field.setValue(path)
  await field.trigger('change')
}

// There is no canvas here: the chart gives its table instead.
vi.mock('../../../src/renderer/components/chart/echarts.ts', () => ({
  init: () => {
    throw new Error('no canvas')
  },
}))

enableAutoUnmount(afterEach)

describe('the models view', () => {
  test('draws the heads of each model and tells its facts', async () => {
    const { wrapper } = await open()
    await vi.waitFor(() => expect(wrapper.findAll('.head-drawing')).toHaveLength(2))
    const [mha, gqa] = wrapper.findAll('.arm-card')
    expect(mha!.get('h2').text()).toBe('ベースラインreference-mhaMHA')
    expect(gqa!.get('h2').text()).toBe('候補reference-gqaGQA')
    expect(gqa!.get('svg title').text()).toBe('クエリヘッド 8 本を KVヘッド 2 本が受け持つ構成')
    expect(gqa!.findAll('.head-drawing .upper')).toHaveLength(2)
    expect(gqa!.findAll('.head-drawing .lower')).toHaveLength(8)
    expect(gqa!.findAll('.headline dd').map((value) => value.text())).toEqual(['2.0 KiB', '4,393,216'])
    expect(gqa!.get('.digest code').text()).toBe(CANDIDATE.sha256)
  })

  test('tells what differs, and that it is the KV heads alone', async () => {
    const { wrapper } = await open()
    await vi.waitFor(() => expect(wrapper.findAll('.arm-comparison')).toHaveLength(1))
    expect(wrapper.findAll('.differences li').map((item) => item.text())).toEqual([
      'KVヘッド n_kv: 8 → 2',
      'KVキャッシュ: ベースラインの 25.0 %',
      'パラメータ数: ベースラインの 91.8 %',
    ])
    expect(wrapper.get('.meaning').text()).toContain('構成の違いは KVヘッドだけです')
  })

  test('warns where sizes differ as well', async () => {
    const { wrapper } = await open({
      locale: 'en',
      handlers: {
        'models.inspect': ({ folder }) =>
          folder === BASELINE.folder ? BASELINE : { ...CANDIDATE, layers: 6 },
      },
    })
    await vi.waitFor(() => expect(wrapper.get('.meaning').text()).toContain('More than the KV heads differs'))
  })

  test('a folder that is no model says so in place, with what to do', async () => {
    const mounted = await open({ world: worldWith({ candidates: ['/not/a/model'] }) })
    await vi.waitFor(() =>
      expect(mounted.wrapper.findAll('.arm-card')[1]!.get('[role="alert"]').text()).toContain(
        '/not/a/model はモデルのフォルダーではありません',
      ),
    )
  })

  test('estimates what fits into the memory of the machine, and into another', async () => {
    const { wrapper } = await open()
    await vi.waitFor(() => expect(wrapper.findAll('.memory-table tbody tr')).toHaveLength(2))
    const cells = (row: number): readonly string[] =>
      wrapper
        .findAll('.memory-table tbody tr')
        [row]!.findAll('td')
        .map((cell) => cell.text())
    // 32 GiB − 19,145,728 bytes of weights, over 2048 tokens of 8192 bytes each
    expect([cells(0)[0], cells(0).at(-1)]).toEqual(['18.3 MiB', '2,046'])
    expect([cells(1)[0], cells(1).at(-1)]).toEqual(['16.8 MiB', '8,187'])
    const eight = wrapper.findAll('.presets button').find((button) => button.text() === '8 GiB')
    await eight?.trigger('click')
    expect(cells(0).at(-1)).toBe('510')
  })
})

describe('choosing', () => {
  test('the bundled pair is offered and taken', async () => {
    const mounted = await open({ world: worldWith({ baseline: null, candidates: [] }) })
    const offer = () => mounted.wrapper.get<HTMLButtonElement>('.empty-state button')
    await vi.waitFor(() => expect(offer().element.disabled).toBe(false))
    await offer().trigger('click')
    await vi.waitFor(() =>
      expect(savedIn(mounted)).toEqual({ baseline: BASELINE.folder, candidates: [CANDIDATE.folder] }),
    )
    await vi.waitFor(() => expect(mounted.wrapper.find('.empty-state').exists()).toBe(false))
  })

  test('what was chosen already stays', async () => {
    const mounted = await open({ world: worldWith({ baseline: '/own/model', candidates: [] }) })
    const offer = () => mounted.wrapper.get<HTMLButtonElement>('.empty-state button')
    await vi.waitFor(() => expect(offer().element.disabled).toBe(false))
    await offer().trigger('click')
    await vi.waitFor(() =>
      expect(savedIn(mounted)).toEqual({ baseline: '/own/model', candidates: [CANDIDATE.folder] }),
    )
  })

  test('candidates are added and taken away', async () => {
    const mounted = await open()
    await mounted.wrapper.get('.page-header button').trigger('click')
    expect(mounted.wrapper.findAll('.arm-card')).toHaveLength(3)
    await type(mounted, 2, '/second')
    await vi.waitFor(() => expect(savedIn(mounted).candidates).toEqual([CANDIDATE.folder, '/second']))
    await mounted.wrapper.get('button[aria-label="候補「reference-gqa」を外す"]').trigger('click')
    await vi.waitFor(() => expect(savedIn(mounted).candidates).toEqual(['/second']))
  })

  test('one folder is not taken twice', async () => {
    const mounted = await open()
    await mounted.wrapper.get('.page-header button').trigger('click')
    await type(mounted, 2, BASELINE.folder)
    await vi.waitFor(() => expect(mounted.wrapper.text()).toContain('このフォルダーはすでに選ばれています'))
    expect(savedIn(mounted).candidates).toEqual([CANDIDATE.folder])
  })
})
