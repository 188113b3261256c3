// @vitest-environment happy-dom
import type { VueWrapper } from '@vue/test-utils'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { RouterView } from 'vue-router'

import { useComparisonStore } from '../../../src/renderer/stores/comparison.ts'
import { AppError } from '../../../src/shared/errors.ts'
import type { Results } from '../../../src/shared/results.ts'
import { FakeWorld, FINISHED_RUN, SAMPLE_FOLDER } from '../fakes/fake-api.ts'
import { type Mounted, type MountOptions, mountWith } from '../fakes/mount-with.ts'
import { until } from '../until.ts'
import { decidedBy, measured, sampleResults } from './sample-results.ts'

// There is no canvas here: charts show their tables, as they do wherever drawing fails.
vi.mock('../../../src/renderer/components/chart/echarts.ts', () => ({
  init: () => {
    throw new Error('no canvas')
  },
}))

const AT = `/project/${encodeURIComponent(SAMPLE_FOLDER)}/comparison`
let open: VueWrapper | null = null

async function openComparison(options: MountOptions = {}): Promise<Mounted> {
  const mounted = await mountWith(RouterView, { at: AT, ...options })
  open = mounted.wrapper
  await until(() => expect(mounted.wrapper.find('[role=tablist]').exists()).toBe(true))
  return mounted
}

/** The view over given results of the finished run. */
async function openResults(results: Results, options: MountOptions = {}): Promise<Mounted> {
  const mounted = await openComparison({ handlers: { 'runs.results': () => results }, ...options })
  await until(() => expect(mounted.wrapper.find('.verdict-card').exists()).toBe(true))
  return mounted
}

afterEach(() => {
  open?.unmount()
  open = null
  document.body.innerHTML = ''
})

describe('a verdict', () => {
  test('is told in a word, a sentence and a drawing that can be read out', async () => {
    const { wrapper } = await openResults(sampleResults())
    const card = wrapper.find('.verdict-card')
    expect(card.find('.verdict-badge').text()).toBe('品質を維持')
    expect(card.find('.sentence').text()).toContain('区間全体が許容差 +1.00 % の内側にあり')
    expect(card.find('svg.interval-plot').attributes('aria-label')).toBe(
      '相対差の区間図。推定値 −0.10 %、95 % 区間 −0.61 % ~ +0.40 %、許容差 +1.00 %。区間全体が許容差の内側にあります。',
    )
    expect(card.find('.self-check').text()).toBe(
      '自己検査: 合格: ベースライン同士の比較で 4 窓すべての差が 0',
    )
  })

  test('that is bad is told as plainly', async () => {
    const worse = decidedBy({ verdict: 'worse', relative: measured(0.05, [0.03, 0.07]) })
    const slower = worse.comparisons.map((entry) =>
      entry.metric === 'tpotMs@2048' ? { ...entry, ci95: [0.1, 0.4] as [number, number] } : entry,
    )
    const { wrapper } = await openResults({
      ...worse,
      comparisons: slower,
      selfCheck: { windows: 4, maxAbsoluteDifference: 0.02, passed: false },
    })
    const text = wrapper.find('.verdict-card').text()
    expect(text).toContain('品質が低下')
    expect(text).toContain('このままの置き換えは推奨できません。')
    expect(text).toContain('文脈長 2,048 でベースラインより遅くなりました')
    expect(text).toContain('不合格: 4 窓で最大差 0.02')
  })

  test('without enough data has no interval to show', async () => {
    const { wrapper } = await openResults(
      decidedBy({ verdict: 'insufficient-data', relative: measured(0.002) }),
    )
    expect(wrapper.find('.verdict-badge').text()).toBe('データ不足')
    expect(wrapper.find('.interval-plot .interval').exists()).toBe(false)
    expect(wrapper.find('.interval-plot').attributes('aria-label')).toContain('区間なし')
  })
})

test('every figure beside a verdict carries its origin, and unsettled ones are marked', async () => {
  const { wrapper } = await openResults(sampleResults())
  const tiles = wrapper.findAll('.key-figure').map((tile) => ({
    change: tile.find('.relative').text(),
    marks: tile.findAll('.provenance-mark').length,
    unstable: tile.find('.unstable-mark').exists(),
  }))
  expect(tiles).toEqual([
    { change: '−75.0 %', marks: 3, unstable: false },
    { change: '−9.2 %', marks: 3, unstable: true },
    { change: '−24.8 %', marks: 3, unstable: true },
  ])
})

test('charts, quality, documents, warnings and hashes are there', async () => {
  const { wrapper } = await openResults(sampleResults())
  expect(wrapper.findAll('.data-chart figcaption h3').map((title) => title.text())).toEqual([
    '位置別の nll',
    '初回トークン時間（TTFT）',
    'トークン間時間（TPOT）',
    'KVキャッシュ',
    '重みと最大メモリ',
  ])
  expect(wrapper.find('.quality-table').text()).toContain('93.40 %')
  expect(wrapper.find('.documents-scores').text()).toContain('差: candidate-1')
  expect(wrapper.text()).toContain('プロセッサーの 31 % を使っていました')
  expect(wrapper.text()).toContain('cd'.repeat(32))
})

test('warnings of another language than the run are translated', async () => {
  const warning = { code: 'comparison/on-battery', params: {}, message: 'バッテリー駆動で測定しました。' }
  const { wrapper } = await openResults({ ...sampleResults(), warnings: [warning] }, { locale: 'en' })
  expect(wrapper.text()).toContain('Measured on battery power')
})

describe('which run is shown', () => {
  test('stands in the address, and is read once', async () => {
    const asked: string[] = []
    const { wrapper } = await openComparison({
      at: `${AT}?run=${FINISHED_RUN}`,
      handlers: {
        'runs.results': ({ run }) => {
          asked.push(run)
          return sampleResults()
        },
      },
    })
    await until(() => expect(wrapper.find('.verdict-card').exists()).toBe(true))
    await useComparisonStore().load(SAMPLE_FOLDER, FINISHED_RUN)
    expect(asked).toEqual([FINISHED_RUN])
  })

  test('one that is not finished is told apart from none at all', async () => {
    const { wrapper } = await openComparison({ at: `${AT}?run=gone` })
    await until(() => expect(wrapper.text()).toContain('指定された実行 gone は'))
  })

  test('none at all leads to the runs', async () => {
    const world = new FakeWorld()
    world.runs = []
    const { wrapper } = await openComparison({ world })
    await until(() => expect(wrapper.text()).toContain('まだ結果がありません'))
    expect(wrapper.find('.empty-state a').attributes('href')).toContain('/runs')
  })

  test('results that cannot be read say why', async () => {
    const { wrapper } = await openComparison({
      handlers: {
        'runs.results': ({ run }) => {
          throw new AppError('runs/record-damaged', { run, field: 'units.3', reason: 'x' })
        },
      },
    })
    await until(() => expect(wrapper.find('.error-notice').text()).toContain('units.3'))
  })
})

test('the tab stands in the address', async () => {
  const { wrapper, router } = await openComparison()
  const [, generation] = wrapper.findAll('[role=tab]')
  await generation?.trigger('click')
  await until(() => expect(router.currentRoute.value.query).toEqual({ tab: 'generation' }))
  await until(() => expect(wrapper.find('.generation-panel').exists()).toBe(true))
})
