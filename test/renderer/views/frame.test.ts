// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { afterEach, expect, test } from 'vitest'

import App from '../../../src/renderer/app.vue'
import { useJobsStore } from '../../../src/renderer/stores/jobs.ts'
import { useSessionStore } from '../../../src/renderer/stores/session.ts'
import { useSettingsStore } from '../../../src/renderer/stores/settings.ts'
import { eventually } from '../fakes/eventually.ts'
import { FakeWorld, SAMPLE_FOLDER } from '../fakes/fake-api.ts'
import { type Mounted, mountWith, type MountOptions } from '../fakes/mount-with.ts'

afterEach(() => document.body.replaceChildren())

async function app(options: MountOptions = {}): Promise<Mounted> {
  const mounted = await mountWith(App, options)
  await useSessionStore().start()
  await useSettingsStore().load()
  useJobsStore().start()
  await eventually(() => expect(mounted.wrapper.find('h1').exists()).toBe(true))
  return mounted
}

const overview = `/project/${encodeURIComponent(SAMPLE_FOLDER)}/overview`

test('an address restores its project after a reload', async () => {
  const { wrapper } = await app({ at: overview })
  await eventually(() => expect(wrapper.get('h1').text()).toBe('サンプル'))
  expect(wrapper.findAll('.app-rail .links a').map((link) => link.text())).toEqual([
    '文書完了',
    'コーパス完了',
    'モデル完了',
    '実行完了',
    '比較次に行うこと',
    '報告書未完了',
    '設定',
    '診断',
  ])
  expect(wrapper.get('.page-header .actions').text()).toBe('結果を比べる')
  expect(document.title).toBe('サンプル - Soroban')
})

test('an address of a project that is gone says so and leads back', async () => {
  const { wrapper } = await app({ at: `/project/${encodeURIComponent('/gone')}/runs` })
  await eventually(() => expect(wrapper.get('h1').text()).toBe('プロジェクトを開けません'))
  expect(wrapper.get('main a').text()).toBe('プロジェクト一覧へ')
})

test('without a project the stages are named, but lead nowhere', async () => {
  const { wrapper } = await app()
  expect(wrapper.findAll('.app-rail [aria-disabled=true]').map((link) => link.text())).toEqual([
    '文書',
    'コーパス',
    'モデル',
    '実行',
    '比較',
    '報告書',
  ])
})

test('after a change of view its heading has the focus; the skip link leads to the content', async () => {
  const { wrapper, router } = await app()
  await router.push('/doctor')
  await eventually(() => expect(document.activeElement?.textContent).toBe('診断'))
  expect(document.title).toBe('診断 - Soroban')
  await wrapper.get('.skip').trigger('click')
  expect(document.activeElement?.id).toBe('content')
})

test('the status bar tells the running job and what was refused', async () => {
  const world = new FakeWorld()
  const { wrapper } = await app({ world })
  expect(wrapper.get('.network').text()).toBe('外部通信 0 件')
  const job = world.startJob(SAMPLE_FOLDER, null)
  world.advanceJob(job, 37)
  await flushPromises()
  expect(wrapper.get('.status-bar .job').text()).toBe('実行中 25 %')
  world.network.set({
    refused: 2,
    latest: [
      { at: '2026-04-04T00:00:00.000Z', target: 'first.example:443', by: 'window' },
      { at: '2026-04-04T00:00:01.000Z', target: '10.0.0.1:80', by: 'engine' },
    ],
  })
  await flushPromises()
  await wrapper.get('.network').trigger('click')
  await eventually(() => expect(document.querySelectorAll('.refusals li')).toHaveLength(2))
  expect([...document.querySelectorAll('.refusals code')].map(({ textContent }) => textContent)).toEqual([
    '10.0.0.1:80',
    'first.example:443',
  ])
})

test('an engine that ended is told with the way to resume', async () => {
  const world = new FakeWorld()
  const { wrapper } = await app({ world, at: overview })
  await eventually(() => expect(wrapper.get('h1').text()).toBe('サンプル'))
  world.engine.set({
    state: 'restarting',
    pid: null,
    starts: 1,
    reason: { code: 'engine/crashed', params: { how: 'SIGKILL' } },
  })
  await flushPromises()
  const banner = wrapper.get('.banner')
  expect(banner.text()).toContain('計算エンジンが予期せず終了しました（SIGKILL）')
  expect(banner.get('a').text()).toBe('実行を開く')
  await banner.get('button').trigger('click')
  expect(wrapper.find('.banner').exists()).toBe(false)
})

test('a lost connection is told until it is back', async () => {
  const { wrapper, breakLine } = await app()
  breakLine()
  await flushPromises()
  expect(wrapper.get('.banner h2').text()).toBe('接続が切れています')
  await eventually(() => expect(wrapper.find('.banner').exists()).toBe(false))
})

test('the tour comes up on the first start, and only then', async () => {
  await app({ world: FakeWorld.empty() })
  await eventually(() => expect(document.querySelector('.tour-dialog')).not.toBe(null))
  document.body.replaceChildren()
  await app()
  await flushPromises()
  expect(document.querySelector('.tour-dialog')).toBe(null)
})
