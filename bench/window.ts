/**
 * The window at the browser door, in a real Chromium: how soon it can be used, how smoothly it runs for ten minutes
 * beside a run in progress, what heap it takes, and how smoothly a table of 5,000 documents scrolls. The limit of frame
 * rates is an empty page of the same browser, measured just before under the same load.
 */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

import type { Page } from 'playwright-core'

import { openSampleProject } from '../src/engine/index.ts'
import { quietContext } from '../src/engine/kernel/run-context.ts'
import { serveDoor } from '../test/journeys/doors/serve.ts'
import { type App, openApp } from '../test/journeys/open-app.ts'
import { CompanyProject, emptyProject } from '../test/journeys/project.ts'
import { benchOptions } from './support/options.ts'
import { markdownTable, printResult } from './support/result.ts'

const START_GOAL_MS = 2000
const FRAME_GOAL = 0.95
const HEAP_GOAL_BYTES = 300e6
const MEBIBYTE = 2 ** 20

const rate = (gaps: readonly number[]): number =>
  (1000 * gaps.length) / gaps.reduce((sum, gap) => sum + gap, 0)
const median = (values: readonly number[]): number => quantile(values, 0.5)
const quantile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(share * values.length))] ??
  Number.NaN
const mebibytes = (bytes: number): string => `${(bytes / MEBIBYTE).toFixed(0)} MiB`

const { quick, rounds, goal } = await benchOptions(5)
const runSeconds = quick ? 10 : 600
const scrollSeconds = quick ? 2 : 10
const documents = quick ? 500 : 5000

await using app = await openApp(serveDoor)
const { page } = app
await measureStart(app)
await measureTable(app)
await measureRun(app)

/** From asking for the page, with the engine up and the files in the browser's cache, to a button that answers. */
async function measureStart({ page: window }: App): Promise<void> {
  const times: number[] = []
  for (let round = 0; round <= rounds; round++) {
    const start = performance.now()
    await window.reload({ waitUntil: 'commit' })
    await window.getByRole('button', { name: '作成する' }).waitFor()
    await window.getByText('エンジン: 準備完了').waitFor()
    times.push(performance.now() - start)
  }
  const warm = median(times.slice(1))
  console.log(`start to interactive: ${warm.toFixed(0)} ms (median of ${rounds})`)
  printResult({
    name: 'window/start',
    value: warm,
    unit: 'ms',
    ratio: warm / START_GOAL_MS,
    goal: goal('at-most', 1),
  })
}

async function measureTable(opened: App): Promise<void> {
  const { folder } = await emptyProject(opened.home, 'many')
  const project = new CompanyProject(folder)
  await writeMany(join(folder, 'documents'))
  await opened.visit(project.at('documents'))
  await page.getByLabel('文書フォルダー', { exact: true }).fill(join(folder, 'documents'))
  await page.keyboard.press('Enter')
  const grid = page.getByRole('grid')
  await grid.getByRole('row').nth(5).waitFor({ timeout: 120_000 })
  const limit = await frames(page, scrollSeconds)
  const scroller = await grid.evaluateHandle((element) => {
    let node: Element | null = element
    while (node !== null && node.scrollHeight <= node.clientHeight + 1) node = node.parentElement
    return node ?? element
  })
  const moving = scroller.evaluate(async (element, seconds) => {
    const end = performance.now() + seconds * 1000
    while (performance.now() < end) {
      element.scrollBy(0, 60)
      await new Promise(requestAnimationFrame)
    }
    return element.scrollTop
  }, scrollSeconds)
  const scrolling = await frames(page, scrollSeconds)
  console.log(`table of ${documents} documents, scrolled by ${Math.round(await moving)} px`)
  report('window/table', scrolling, limit)
}

async function measureRun(opened: App): Promise<void> {
  const { folder } = await openSampleProject(opened.home, quietContext())
  await opened.visit(new CompanyProject(folder).at('runs'))
  const start = page.getByRole('button', { name: '実行を開始' })
  await start.click()
  const job = page.getByRole('region', { name: '現在の実行' })
  await job.getByRole('status').filter({ hasText: '実行中' }).waitFor()
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Performance.enable')
  const heap = async (): Promise<number> => {
    const { metrics } = await devtools.send('Performance.getMetrics')
    return metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? 0
  }
  const empty = await page.context().newPage()
  const limit = await frames(empty, scrollSeconds)
  await empty.close()
  await page.bringToFront()
  const heaps: number[] = []
  const measured: number[] = []
  const end = performance.now() + runSeconds * 1000
  let runs = 1
  while (performance.now() < end) {
    measured.push(...(await frames(page, Math.min(10, runSeconds))))
    heaps.push(await heap())
    if (await start.isEnabled()) {
      runs++
      await start.click()
      await delay(1000)
    }
  }
  console.log(`${runSeconds} s beside ${runs} runs, one after the other`)
  report('window/run', measured, limit)
  const peak = Math.max(...heaps)
  console.log(
    `heap: first ${mebibytes(heaps[0] ?? 0)}, last ${mebibytes(heaps.at(-1) ?? 0)}, peak ${mebibytes(peak)}`,
  )
  printResult({
    name: 'window/heap',
    value: peak / MEBIBYTE,
    unit: 'MiB',
    ratio: peak / HEAP_GOAL_BYTES,
    goal: goal('at-most', 1),
  })
}

/** Milliseconds between frames for so many seconds. */
function frames(window: Page, seconds: number): Promise<number[]> {
  return window.evaluate(async (duration) => {
    const gaps: number[] = []
    let last = await new Promise(requestAnimationFrame)
    const until = last + duration * 1000
    while (last < until) {
      const now = await new Promise(requestAnimationFrame)
      gaps.push(now - last)
      last = now
    }
    return gaps
  }, seconds)
}

function report(name: string, measured: readonly number[], limit: readonly number[]): void {
  const row = (what: string, gaps: readonly number[]): string[] => [
    what,
    rate(gaps).toFixed(1),
    median(gaps).toFixed(1),
    quantile(gaps, 0.99).toFixed(1),
    Math.max(...gaps).toFixed(0),
  ]
  const head = ['page', 'frames/s', 'median gap, ms', '99th percentile, ms', 'longest, ms']
  console.log(markdownTable(head, [row('window', measured), row('limit', limit)]))
  const ratio = rate(measured) / rate(limit)
  printResult({ name, value: rate(measured), unit: 'frames/s', ratio, goal: goal('at-least', FRAME_GOAL) })
}

async function writeMany(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  for (let index = 0; index < documents; index++) {
    const text = `点検記録 ${index}\n油圧と温度を確認した。異常はなかった。\n`.repeat(1 + (index % 7))
    await writeFile(join(folder, `記録-${String(index).padStart(5, '0')}.txt`), `${text}${index}`)
  }
}
