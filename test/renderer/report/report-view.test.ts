// @vitest-environment happy-dom
import type { VueWrapper } from '@vue/test-utils'
import { afterEach, expect, test, vi } from 'vitest'
import { RouterView } from 'vue-router'

import { useSessionStore } from '../../../src/renderer/stores/session.ts'
import { AppError } from '../../../src/shared/errors.ts'
import type { ReportModel } from '../../../src/shared/report-model.ts'
import { defaultAssumptions } from '../fakes/assumptions.ts'
import { FakeWorld, FINISHED_RUN, SAMPLE_FOLDER } from '../fakes/fake-api.ts'
import { type Mounted, type MountOptions, mountWith } from '../fakes/mount-with.ts'
import { until } from '../until.ts'

const AT = `/project/${encodeURIComponent(SAMPLE_FOLDER)}/report?tab=preview`
// What is drawn is the affair of the chart's own tests.
vi.mock('../../../src/renderer/components/chart/echarts.ts', () => ({
  init: () => ({ setOption: () => {}, resize: () => {}, dispose: () => {} }),
}))
let open: VueWrapper | null = null

const SMALL_REPORT: ReportModel = {
  title: '',
  subject: '',
  createdAt: '',
  footer: '',
  currency: null,
  sheets: [{ name: 'S', widths: [], onePage: true, blocks: [{ kind: 'title', text: 'Summary' }] }],
}

async function openReport(options: MountOptions = {}): Promise<Mounted> {
  const mounted = await mountWith(RouterView, { at: AT, ...options })
  open = mounted.wrapper
  await useSessionStore().start()
  await until(() => expect(mounted.wrapper.find('h1').text()).toBe('報告書'))
  return mounted
}

async function clickButton({ wrapper }: Mounted, name: string): Promise<void> {
  await until(() => {
    const found = wrapper.findAll('button').find((each) => each.text() === name)
    if (found === undefined) throw new Error(`no button "${name}"`)
    ;(found.element as HTMLButtonElement).click()
  })
}

afterEach(() => {
  open?.unmount()
  open = null
  document.body.innerHTML = ''
  vi.restoreAllMocks()
})

test('shows the sheets as the workbook will have them', async () => {
  const { wrapper } = await openReport()
  await until(() => expect(wrapper.find('.sheet').exists()).toBe(true))
  const sheets = wrapper.findAll('.report-sheets [role=tab]')
  expect(sheets.map((tab) => tab.text())).toEqual(['要約', '測定条件'])
  const rows = wrapper.findAll('.sheet tr').map((row) => row.findAll('th, td').map((cell) => cell.text()))
  expect(rows[0]).toEqual(['項目', 'ベースライン', '候補', '差', '由来'])
  expect(rows.at(-1)).toEqual(['最大常駐メモリ', '432,013,312', 'n/a', 'n/a', 'n/a'])
  await sheets[1]?.trigger('click')
  await until(() => expect(wrapper.text()).toContain('Intel Core i7-13700'))
})

test('another language than the page is asked for and marked', async () => {
  const asked: string[] = []
  const mounted = await openReport({
    handlers: {
      'report.preview': ({ locale }) => {
        asked.push(locale)
        return SMALL_REPORT
      },
    },
  })
  await until(() => expect(asked).toEqual(['ja']))
  await clickButton(mounted, 'English')
  await until(() => expect(mounted.wrapper.find('.sheet').attributes('lang')).toBe('en'))
  expect(asked).toEqual(['ja', 'en'])
})

test('a chart of the report speaks the report’s language, its numbers included', async () => {
  const mounted = await openReport()
  await until(() => expect(mounted.wrapper.find('.sheet figure').exists()).toBe(true))
  await clickButton(mounted, 'English')
  await until(() => expect(mounted.wrapper.find('.sheet[lang=en] figure').exists()).toBe(true))
  await clickButton(mounted, 'Show as table')
  const amounts = (): string[] => mounted.wrapper.findAll('.sheet figure td').map((cell) => cell.text())
  await until(() => expect(amounts()[0]).toMatch(/^−?¥[\d,]+$/))
  expect(mounted.wrapper.find('.sheet figure .provenance-mark').text()).toBe('estimated')
  expect(mounted.wrapper.get('h1').text()).toBe('報告書')
})

/** Fails at first, and answers when it is asked again. */
function brokenAtFirst<Answer>(answer: Answer): () => Answer {
  let isBroken = true
  return () => {
    if (!isBroken) return answer
    isBroken = false
    throw new AppError('runs/unknown', { run: FINISHED_RUN })
  }
}

test.each([
  {
    tab: 'assumptions',
    shown: '.assumptions-panel details',
    handlers: {
      'roi.defaults': brokenAtFirst({ assumptions: defaultAssumptions('JPY', FINISHED_RUN), devices: [] }),
    },
  },
  { tab: 'preview', shown: '.sheet', handlers: { 'report.preview': brokenAtFirst(SMALL_REPORT) } },
])('what could not be shown under "$tab" is asked for again', async ({ tab, shown, handlers }) => {
  const mounted = await openReport({ at: AT.replace('preview', tab), handlers })
  await until(() => expect(mounted.wrapper.find('.error-notice').exists()).toBe(true))
  await clickButton(mounted, 'もう一度試す')
  await until(() => expect(mounted.wrapper.find(shown).exists()).toBe(true))
  expect(mounted.wrapper.find('.error-notice').exists()).toBe(false)
})

test('a long table draws only the rows that are seen, and says how many there are', async () => {
  const rows = Array.from({ length: 5000 }, (_, index) => [
    { kind: 'text', text: `row ${index}` } as const,
    { kind: 'number', value: index, format: 'integer' } as const,
  ])
  const columns = [
    { header: 'Document', align: 'left' } as const,
    { header: 'Tokens', align: 'right' } as const,
  ]
  const { wrapper } = await openReport({
    handlers: {
      'report.preview': () => ({
        title: '',
        subject: '',
        createdAt: '',
        footer: '',
        currency: null,
        sheets: [
          { name: 'Raw', widths: [30, 10], onePage: false, blocks: [{ kind: 'table', columns, rows }] },
        ],
      }),
    },
  })
  await until(() => expect(wrapper.find('.windowed-table').exists()).toBe(true))
  expect(wrapper.find('.windowed-table').attributes('aria-rowcount')).toBe('5001')
  expect(wrapper.findAll('.windowed-table tr[aria-rowindex]').length).toBeLessThan(200)
})

test('on the desktop the workbook goes where the dialog says', async () => {
  const world = new FakeWorld()
  world.chosenPath = '/home/me/報告書.xlsx'
  const mounted = await openReport({ world })
  await clickButton(mounted, 'Excel に書き出す')
  await until(() => expect(mounted.wrapper.find('.export-notice').text()).toContain('/home/me/報告書.xlsx'))
  await clickButton(mounted, 'フォルダーで開く')
  await until(() => expect(world.revealed).toEqual(['/home/me/報告書.xlsx']))
})

test('in a browser it is downloaded', async () => {
  const links: { href: string; download: string }[] = []
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    links.push({ href: this.href, download: this.download })
  })
  const mounted = await openReport({ door: 'browser' })
  await clickButton(mounted, 'Excel に書き出す')
  await until(() => expect(links).toHaveLength(1))
  expect(links[0]?.download).toBe(`soroban-${FINISHED_RUN}.xlsx`)
  expect(links[0]?.href).toMatch(/^blob:/)
  await until(() =>
    expect(mounted.wrapper.find('.export-notice').text()).toContain(`soroban-${FINISHED_RUN}.xlsx`),
  )
})

test('without a finished run, the way to the runs is shown', async () => {
  const world = new FakeWorld()
  world.runs = []
  const { wrapper } = await openReport({ world })
  await until(() => expect(wrapper.find('.empty-state').text()).toContain('まだ報告書を作れません'))
  expect(wrapper.find('.empty-state a').attributes('href')).toContain('/runs')
})
