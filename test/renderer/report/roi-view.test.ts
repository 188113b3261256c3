// @vitest-environment happy-dom
import type { VueWrapper } from '@vue/test-utils'
import { afterEach, expect, test, vi } from 'vitest'
import { RouterView } from 'vue-router'

import { useAssumptionsStore } from '../../../src/renderer/stores/assumptions.ts'
import { useSessionStore } from '../../../src/renderer/stores/session.ts'
import { AppError } from '../../../src/shared/errors.ts'
import { defaultAssumptions } from '../fakes/assumptions.ts'
import { FakeWorld, SAMPLE_FOLDER } from '../fakes/fake-api.ts'
import { type Mounted, type MountOptions, mountWith } from '../fakes/mount-with.ts'
import { roiCandidate, roiResult } from '../fakes/roi.ts'
import { until } from '../until.ts'

// What is drawn is the affair of the chart's own tests.
vi.mock('../../../src/renderer/components/chart/echarts.ts', () => ({
  init: () => ({ setOption: () => {}, resize: () => {}, dispose: () => {} }),
}))
let open: VueWrapper | null = null

async function openTab(tab: 'assumptions' | 'roi', options: MountOptions = {}): Promise<Mounted> {
  const at = `/project/${encodeURIComponent(SAMPLE_FOLDER)}/report?tab=${tab}`
  const mounted = await mountWith(RouterView, { at, ...options })
  open = mounted.wrapper
  await useSessionStore().start()
  await until(() => expect(mounted.wrapper.find('h1').text()).toBe('報告書'))
  return mounted
}

const button = ({ wrapper }: Mounted, name: string) => {
  const found = wrapper.findAll('button').find((each) => each.text() === name)
  if (found === undefined) throw new Error(`no button "${name}"`)
  return found
}
const figures = ({ wrapper }: Mounted): Record<string, string> =>
  Object.fromEntries(
    wrapper.findAll('.head-figures > div').map((tile) => [tile.get('dt').text(), tile.get('.value').text()]),
  )

afterEach(() => {
  open?.unmount()
  open = null
  document.body.innerHTML = ''
})

test('a wrong entry names the field and the rule, and neither is calculated nor exported', async () => {
  let calculations = 0
  const mounted = await openTab('assumptions', {
    handlers: {
      'roi.calculate': ({ run, assumptions }) => {
        calculations++
        return roiResult(run, assumptions)
      },
    },
  })
  const { wrapper } = mounted
  await until(() => expect(wrapper.find('.roi-strip').exists()).toBe(true))
  const input = await until(() => wrapper.get('input[aria-label="ピーク係数 標準 (倍)"]'))
  await input.setValue('0.5')
  const problem = wrapper.get('[role=alert]')
  expect(problem.text()).toBe('「ピーク係数」の標準は 1 以上にしてください。')
  expect(input.attributes()).toMatchObject({
    'aria-invalid': 'true',
    'aria-describedby': problem.attributes('id'),
  })
  expect(button(mounted, 'Excel に書き出す').attributes('disabled')).toBeDefined()
  expect([wrapper.get('summary .wrong').text(), calculations]).toEqual(['要修正 1 件', 1])
  await input.setValue('2.5')
  await until(() => expect(calculations).toBe(2))
  expect(wrapper.find('[role=alert]').exists()).toBe(false)
  expect(button(mounted, 'Excel に書き出す').attributes('disabled')).toBeUndefined()
})

test('a set is saved, and deleted only after a question', async () => {
  const world = new FakeWorld()
  const mounted = await openTab('assumptions', { world })
  const { wrapper } = mounted
  await until(() => expect(wrapper.find('.assumption-sets').exists()).toBe(true))
  useAssumptionsStore().enter('pue', 'value', '1.3')
  await until(() =>
    expect(wrapper.get('.assumption-sets .state').text()).toBe('保存されていない変更があります。'),
  )
  await wrapper.get('.assumption-sets input').setValue('見積り A')
  await wrapper.get('.assumption-sets form').trigger('submit')
  await until(() => expect(wrapper.get('.assumption-sets .state').text()).toBe('保存済み: 見積り A'))
  await button(mounted, '削除').trigger('click')
  const dialog = await until(() => {
    const found = document.querySelector('[role=dialog]')
    if (found === null) throw new Error('no dialog')
    return found
  })
  expect([dialog.textContent?.includes('「見積り A」を削除します'), world.sets.size]).toEqual([true, 1])
  ;[...dialog.querySelectorAll('button')].find((each) => each.textContent === '削除')?.click()
  await until(() => expect(world.sets.size).toBe(0))
})

test('the result says what it comes to, what it rests on and what it leaves out', async () => {
  const mounted = await openTab('roi')
  const { wrapper } = mounted
  await until(() => expect(Object.keys(figures(mounted))).toHaveLength(6))
  expect(figures(mounted)).toMatchObject({ '内部収益率（IRR）': '31.0 %', 回収期間: '2.4 年' })
  expect(figures(mounted)['正味現在価値（NPV）']).toMatch(/^[\d,]+ 円$/)
  expect(wrapper.get('.roi-notices').text()).toContain('前提条件 31 件が既定値のまま')
  expect(wrapper.findAll('.roi-charts h3').map((title) => title.text())).toEqual([
    '累計費用と損益分岐',
    '総保有費用の内訳と差',
    '結果を最も動かす前提条件',
    '月間リクエスト数と NPV',
  ])
  expect(wrapper.get('.roi-limits').text()).toContain('物価と賃金の変動')
  await wrapper.get('.roi-notices .link').trigger('click')
  await until(() => expect(wrapper.find('.assumption-sets').exists()).toBe(true))
})

test('candidates stand beside each other, and those left out are named with the reason', async () => {
  const mounted = await openTab('roi', {
    handlers: {
      'roi.calculate': ({ run, assumptions }) => ({
        ...roiResult(run, assumptions),
        candidates: [roiCandidate('one', assumptions), roiCandidate('two', assumptions)],
        recommended: 1,
        excluded: [{ id: 'foreign', reason: 'tokenizer-differs' as const }],
      }),
    },
  })
  const { wrapper } = mounted
  await until(() => expect(wrapper.find('.roi-notices').exists()).toBe(true))
  expect(wrapper.get('.roi-notices').text()).toContain(
    '候補「foreign」はトークナイザーがベースラインと異なるため、投資対効果の対象から除きました。',
  )
  expect(wrapper.get('.conclusion').text()).toContain('「two」')
  expect(wrapper.get('[aria-label="候補の比較"] thead').text()).toContain('two (推奨)')
  await button(mounted, 'one').trigger('click')
  await until(() => expect(wrapper.get('.conclusion').text()).toContain('「one」'))
})

test('with nobody to compare there is no result, and it says so', async () => {
  const mounted = await openTab('roi', {
    handlers: {
      'roi.calculate': ({ run, assumptions }) => ({
        ...roiResult(run, assumptions),
        candidates: [],
        recommended: null,
        excluded: [{ id: 'slow', reason: 'rates-missing' as const }],
      }),
    },
  })
  await until(() => expect(mounted.wrapper.text()).toContain('投資対効果は計算できません'))
  expect(mounted.wrapper.find('.head-figures').exists()).toBe(false)
  expect(mounted.wrapper.get('.roi-notices').text()).toContain('候補「slow」は速度かメモリの測定値がない')
})

test('what fails is told where the result would stand, and tried again: the calculation, and the defaults for it', async () => {
  const broken = new Set(['defaults', 'calculation'])
  const failFirst = (what: string): void => {
    if (broken.delete(what)) throw new AppError('runs/unknown', { run: what })
  }
  const mounted = await openTab('roi', {
    handlers: {
      'roi.defaults': ({ run, currency }) => {
        failFirst('defaults')
        return { assumptions: defaultAssumptions(currency, run), devices: [] }
      },
      'roi.calculate': ({ run, assumptions }) => {
        failFirst('calculation')
        return roiResult(run, assumptions)
      },
    },
  })
  for (const what of ['defaults', 'calculation']) {
    await until(() => expect(mounted.wrapper.get('.error-notice').text()).toContain(what))
    await button(mounted, 'もう一度試す').trigger('click')
  }
  await until(() => expect(Object.keys(figures(mounted))).toHaveLength(6))
  expect(mounted.wrapper.find('.error-notice').exists()).toBe(false)
})

test('a report without a return on investment is asked for without assumptions', async () => {
  const world = new FakeWorld()
  world.chosenPath = '/out/report.xlsx'
  const written: unknown[] = []
  const mounted = await openTab('roi', {
    world,
    handlers: {
      'report.write': ({ format, assumptions, path }) => {
        written.push([format, assumptions])
        return { path: path ?? '' }
      },
    },
  })
  await until(() => expect(Object.keys(figures(mounted))).toHaveLength(6))
  await mounted.wrapper.get('input[type=checkbox]').setValue(false)
  await until(() => expect(mounted.wrapper.text()).toContain('投資対効果を含めない設定です'))
  await button(mounted, 'Excel に書き出す').trigger('click')
  await until(() => expect(written).toEqual([['xlsx', null]]))
})

test('every other format is in the menu', async () => {
  const world = new FakeWorld()
  world.chosenPath = '/out/report.html'
  const mounted = await openTab('roi', { world })
  await until(() => expect(Object.keys(figures(mounted))).toHaveLength(6))
  await button(mounted, 'ほかの形式').trigger('click')
  const items = await until(() => {
    const found = [...document.querySelectorAll<HTMLElement>('[role=menuitem]')]
    expect(found).toHaveLength(5)
    return found
  })
  expect(items.map((item) => item.textContent)).toEqual([
    '印刷用 HTML（report.html）',
    '結果データ（results.json）',
    '表計算用 CSV',
    'llama-bench 形式の JSON',
    'lm-eval 形式の JSON',
  ])
  items[0]?.querySelector<HTMLElement>('.p-menu-item-content')?.click()
  await until(() => expect(world.written).toEqual(['/out/report.html']))
})
