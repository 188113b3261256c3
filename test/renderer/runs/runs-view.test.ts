// @vitest-environment happy-dom
import type { VueWrapper } from '@vue/test-utils'
import { afterEach, describe, expect, test } from 'vitest'
import { RouterView } from 'vue-router'

import { useJobsStore } from '../../../src/renderer/stores/jobs.ts'
import { useSessionStore } from '../../../src/renderer/stores/session.ts'
import { FakeWorld, FINISHED_RUN, SAMPLE_FOLDER } from '../fakes/fake-api.ts'
import { type Mounted, type MountOptions, mountWith } from '../fakes/mount-with.ts'
import { until } from '../until.ts'

const AT = `/project/${encodeURIComponent(SAMPLE_FOLDER)}/runs`
let open: VueWrapper | null = null

/** The view inside its project, with the jobs followed as the page does. */
async function openRuns(options: MountOptions = {}): Promise<Mounted> {
  const mounted = await mountWith(RouterView, { at: AT, ...options })
  open = mounted.wrapper
  useJobsStore().start()
  await until(() => expect(mounted.wrapper.text()).toContain('実行の一覧'))
  await until(() =>
    expect(mounted.wrapper.findAll('tbody[class]').length + emptyOf(mounted)).toBeGreaterThan(0),
  )
  return mounted
}
const emptyOf = ({ wrapper }: Mounted): number => wrapper.findAll('.empty-state').length

/** Dialogs stand outside the view. */
function button(name: string, among: ParentNode = document): HTMLButtonElement {
  const found = [...among.querySelectorAll('button')].find(
    (each) => (each.getAttribute('aria-label') ?? each.textContent).trim() === name,
  )
  if (found === undefined) throw new Error(`no button "${name}"`)
  return found
}

afterEach(() => {
  open?.unmount()
  open = null
  document.body.innerHTML = ''
})

describe('the list', () => {
  test('tells every state in words, with what went wrong and what can be done', async () => {
    const { wrapper } = await openRuns()
    const rows = wrapper.findAll('tbody[class]').map((row) => row.text().replace(/\s+/g, ''))
    expect(rows).toHaveLength(3)
    expect(rows[0]).toContain('中断61/148単位再開')
    expect(rows[1]).toContain('失敗92/148単位再開')
    expect(rows[1]).toContain('メモリが足りません')
    expect(rows[2]).toContain('完了148/148単位結果報告書')
  })

  test('an interrupted run stands out and goes on where it stopped', async () => {
    const { wrapper, world } = await openRuns()
    expect(wrapper.find('.resume-notice').text()).toContain('148 単位のうち 61 単位まで終わっています')
    button('再開', wrapper.find('.resume-notice').element).click()
    await until(() => expect(wrapper.find('.job-panel').text()).toContain('61 / 148 単位'))
    expect(world.jobs.value[0]?.run).toBe('20260403-173000-e5f6')
    expect(wrapper.find('.resume-notice').exists()).toBe(false)
  })

  test('a run is deleted only once that is confirmed', async () => {
    const { world } = await openRuns()
    button(`実行 ${FINISHED_RUN} を削除`).click()
    await until(() => button('キャンセル').click())
    await until(() => expect(document.querySelector('[role=dialog]')).toBeNull())
    expect(world.runs).toHaveLength(3)
    button(`実行 ${FINISHED_RUN} を削除`).click()
    await until(() => button('削除', document.querySelector('[role=dialog]') ?? undefined).click())
    await until(() => expect(world.runs.map(({ state }) => state)).toEqual(['interrupted', 'failed']))
  })

  test('results open in the comparison of that run', async () => {
    const { router } = await openRuns()
    button(`実行 ${FINISHED_RUN} の結果を見る`).click()
    await until(() => expect(router.currentRoute.value.name).toBe('comparison'))
    expect(router.currentRoute.value.query).toEqual({ run: FINISHED_RUN })
  })
})

describe('a run at work', () => {
  test('shows how far it is, and its end leads to the results', async () => {
    const { wrapper, world } = await openRuns()
    button('実行を開始').click()
    await until(() => expect(wrapper.find('.job-panel').exists()).toBe(true))
    world.advanceJob('job-1', 74)
    await until(() => expect(wrapper.find('.job-panel .percent').text()).toBe('50 %'))
    expect(wrapper.find('.job-panel [role=progressbar]').attributes('aria-valuenow')).toBe('50')
    expect(wrapper.find('.job-log').text()).toContain('74 / 148')
    expect(button('実行を開始').disabled).toBe(true)
    world.advanceJob('job-1', 74)
    await until(() => expect(wrapper.find('.job-panel').text()).toContain('すべての測定が終わりました'))
    await until(() => expect(button('実行を開始').disabled).toBe(false))
    button('閉じる', wrapper.find('.job-panel').element).click()
    await until(() => expect(wrapper.find('.job-panel').exists()).toBe(false))
  })

  test('pauses and can be resumed', async () => {
    const { wrapper, world } = await openRuns()
    button('実行を開始').click()
    await until(() => button('一時停止').click())
    await until(() => expect(wrapper.find('.job-panel').text()).toContain('停止しました'))
    expect(world.jobs.value[0]?.state).toBe('stopped')
    await until(() => expect(wrapper.find('.resume-notice').exists()).toBe(true))
  })

  test('cancelled for good, it is stopped and deleted', async () => {
    const { wrapper, world } = await openRuns()
    button('実行を開始').click()
    await until(() => button('中止…').click())
    await until(() => button('停止して削除').click())
    await until(() => expect(world.runs).toHaveLength(3))
    expect(world.jobs.value[0]?.state).toBe('stopped')
    expect(wrapper.find('.job-panel').exists()).toBe(false)
  })

  test('an engine that ends leaves a run to be resumed', async () => {
    const { wrapper, world } = await openRuns()
    button('実行を開始').click()
    await until(() => expect(wrapper.find('.job-panel').exists()).toBe(true))
    await useSessionStore().start()
    const reason = { code: 'engine/crashed', params: { how: 'SIGKILL' } } as const
    world.runs = world.runs.map((run) => (run.state === 'running' ? { ...run, state: 'interrupted' } : run))
    world.jobs.set([])
    world.engine.set({ state: 'restarting', pid: null, starts: 1, reason })
    world.engine.set({ state: 'ready', pid: 7, starts: 2, reason })
    await until(() => expect(wrapper.find('.resume-notice').text()).toContain('2026/04/04'))
    expect(wrapper.find('.job-panel').exists()).toBe(false)
  })
})

describe('the plan', () => {
  test('is saved as it is edited, one change after the other', async () => {
    const { wrapper, world } = await openRuns()
    const field = wrapper.find<HTMLInputElement>('.context-chips input')
    await field.setValue('128')
    await wrapper.find('.context-chips form').trigger('submit')
    button('文脈長 2,048 を外す').click()
    button('int8').click()
    const margin = wrapper.find<HTMLInputElement>('.percent input')
    await margin.setValue('2.5')
    await margin.trigger('change')
    await until(() =>
      expect(world.projects.get(SAMPLE_FOLDER)?.plan).toEqual({
        contexts: [128, 256, 512, 1024],
        quantization: 'int8',
        marginNll: 0.025,
        seed: 1,
      }),
    )
  })

  test('what is wrong is said beside its field, and nothing starts', async () => {
    const { wrapper, world } = await openRuns()
    await wrapper.find('.context-chips input').setValue('12')
    await wrapper.find('.context-chips form').trigger('submit')
    expect(wrapper.find('[role=alert]').text()).toBe('短すぎます。64 以上を入力してください。')
    await wrapper.find('.percent input').setValue('0')
    await until(() => expect(button('実行を開始').disabled).toBe(true))
    expect(wrapper.text()).toContain('赤字の項目を直すと開始できます。')
    expect(world.jobs.value).toEqual([])
  })

  test('is checked before it runs', async () => {
    const { wrapper } = await openRuns()
    button('計画を確認').click()
    await until(() => expect(wrapper.find('.plan-check').text()).toContain('実行できます'))
    expect(wrapper.find('.plan-check').text()).toContain('14,807')
    button('int4').click()
    await until(() => expect(wrapper.find('.plan-check').text()).not.toContain('14,807'))
  })
})

test('without documents or models, the way to them is shown', async () => {
  const world = new FakeWorld()
  const sample = world.projects.get(SAMPLE_FOLDER)
  if (sample !== undefined) world.projects.set(SAMPLE_FOLDER, { ...sample, documents: null, candidates: [] })
  const { wrapper } = await openRuns({ world })
  expect(wrapper.find('.missing-inputs').text()).toContain('文書フォルダーが選ばれていません。')
  expect(wrapper.findAll('.missing-inputs a').map((link) => link.attributes('href'))).toEqual([
    `#/project/${encodeURIComponent(SAMPLE_FOLDER)}/documents`,
    `#/project/${encodeURIComponent(SAMPLE_FOLDER)}/models`,
  ])
  expect([button('計画を確認').disabled, button('実行を開始').disabled]).toEqual([true, true])
})

test('a project without runs says what to do', async () => {
  const world = new FakeWorld()
  world.runs = []
  const { wrapper } = await openRuns({ world })
  expect(wrapper.find('.empty-state').text()).toContain('まだ実行がありません')
})
