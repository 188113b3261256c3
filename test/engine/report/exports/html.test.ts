import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { exportReport } from '../../../../src/engine/report/exports/index.ts'
import { writeHtml } from '../../../../src/engine/report/exports/html/write-html.ts'
import { roiInputs } from '../../../../src/engine/roi/index.ts'
import { launchChromium } from '../../../journeys/chromium.ts'
import { assumptionSet, GQA, MHA, runResults } from '../../roi/fixtures.ts'
import { cost, everything, HOSTILE, scatter, tornado, waterfall } from './models.ts'

describe('report.html as text', () => {
  const html = writeHtml(everything, 'ja')

  it('is the same for the same model', () => {
    expect(writeHtml(structuredClone(everything), 'ja')).toBe(html)
  })

  it('allows its own stylesheet and nothing else', () => {
    const style = /<style>([\s\S]*?)<\/style>/.exec(html)?.[1] ?? ''
    const hash = createHash('sha256').update(style).digest('base64')
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1]
    expect(policy).toBe(
      `default-src &#39;none&#39;; style-src &#39;sha256-${hash}&#39;; base-uri &#39;none&#39;; form-action &#39;none&#39;`,
    )
    expect(style).not.toMatch(/url\(|@import/)
    expect(html).not.toMatch(/ style=|<script|<img|<link|<iframe|<object|(?:src|href)="(?!#)/i)
  })

  it('holds no character that documents may not hold, and writes out what turns text around', () => {
    // eslint-disable-next-line no-control-regex -- the very characters that must not be there
    expect(html).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u202a-\u202e\u2066-\u2069\ufffe\uffff]/)
    expect(html.isWellFormed()).toBe(true)
    expect(html).toContain('invoice[U+202E]txt.exe')
  })
})

describe('report.html in a browser', () => {
  let browser: Browser
  let folder: string
  let page: Page
  const requests: string[] = []
  const messages: string[] = []

  beforeAll(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'soroban-html-'))
    const file = path.join(folder, 'report.html')
    await writeFile(file, writeHtml(everything, 'ja'))
    browser = await launchChromium()
    page = await browser.newPage({ viewport: { width: 1240, height: 900 } })
    page.on('request', (request) => requests.push(request.url()))
    page.on('console', (message) => messages.push(message.text()))
    page.on('pageerror', (error) => messages.push(error.message))
    await page.addInitScript(`
      globalThis.violations = []
      document.addEventListener('securitypolicyviolation', (event) => violations.push(event.violatedDirective))
    `)
    await page.goto(pathToFileURL(file).href)
  }, 60_000)

  afterAll(async () => {
    await browser.close()
    await rm(folder, { recursive: true })
  })

  it('asks for nothing, runs nothing and breaks no rule of its policy', async () => {
    expect(requests).toEqual([pathToFileURL(path.join(folder, 'report.html')).href])
    expect(messages).toEqual([])
    expect(await page.evaluate('violations')).toEqual([])
    expect(await page.locator('script').count()).toBe(0)
    expect(await page.title()).toBe(everything.title)
    expect(await page.locator('[onmouseover]').count()).toBe(0)
  })

  it('says every text as it is', async () => {
    expect(await page.getAttribute('html', 'lang')).toBe('ja')
    expect(await page.locator('h1').allTextContents()).toEqual([`GQA 置き換え評価 ${HOSTILE.script}`])
    expect(await page.locator('dd').first().textContent()).toBe(HOSTILE.script)
    expect(await page.locator('p.bad').textContent()).toBe('a\ufffdb\ufffdc\ufffdd')
  })

  it('has every cell of a table in its format', async () => {
    const cells = await page.locator('#sheet-2 > .wide td').allTextContents()
    expect(cells).toEqual([HOSTILE.long, '−¥1,235', HOSTILE.script, 'n/a', '', '+5.71%'])
    expect(await page.locator('#sheet-1 .amount').allTextContents()).toEqual([
      '¥12,345,678',
      '1.6',
      'n/a',
      '条件付き',
    ])
  })

  it('leads from sheet to sheet', async () => {
    const links = page.locator('nav a')
    expect(await links.allTextContents()).toEqual(everything.sheets.map(({ name }) => name))
    for (const link of await links.all()) {
      const target = await link.getAttribute('href')
      expect(await page.locator(target ?? '').count()).toBe(1)
    }
  })

  it('draws every chart with a name, a description and its values beneath', async () => {
    const charts = page.locator('figure.chart')
    expect(await charts.locator('> figcaption').allTextContents()).toEqual([
      '累計費用（実測ではない）',
      '5 年間の総費用の内訳（実測ではない）',
      'トークン間時間',
      'KVキャッシュ',
      '正味現在価値への影響（実測ではない）',
    ])
    for (const svg of await page.locator('figure.chart > svg').all()) {
      const ids = (await svg.getAttribute('aria-labelledby'))?.split(' ') ?? []
      expect(ids).toHaveLength(2)
      for (const id of ids) expect(await page.locator(`[id="${id}"]`).textContent()).not.toBe('')
    }
    const rows = (index: number) =>
      charts
        .nth(index)
        .locator('tr')
        .evaluateAll((all) => all.map((row) => [...row.children].map((cell) => cell.textContent)))
    expect(await rows(2)).toEqual([
      [scatter.x.title, 'baseline', HOSTILE.script, '推計（実測ではない）'],
      ['256', '10.0', '9.0', 'n/a'],
      ['1,024', 'n/a', '11.0', 'n/a'],
      ['4,096', '31.0', '14.0', '14.0'],
      ['16,384', 'n/a', '26.0', '26.0'],
    ])
    expect((await rows(0)).map(([year]) => year)).toEqual(['年', '0', '1', '2', '3', '4', '5'])
    expect((await rows(4)).at(1)).toEqual(['1 か月の要求数', '−¥18,200,000', '+¥22,000,000'])
  })

  it('keeps letters of charts inside them and tables inside the page', async () => {
    await page.setViewportSize({ width: 1240, height: 900 })
    const outside =
      await page.evaluate(`[...document.querySelectorAll('figure.chart > svg')].flatMap((svg) => {
      const frame = svg.getBoundingClientRect()
      return [...svg.querySelectorAll('text')].flatMap((text) => {
        const { left, right, top, bottom } = text.getBoundingClientRect()
        const isAcross = left < frame.left - 1 || right > frame.right + 1
        return isAcross || top < frame.top - 2 || bottom > frame.bottom + 2 ? [text.textContent] : []
      })
    })`)
    expect(outside).toEqual([])
    expect(await page.evaluate('document.documentElement.scrollWidth <= window.innerWidth')).toBe(true)
  })

  it('follows the colours of the system on a screen and is light on paper', async () => {
    const ground = () => page.evaluate(`getComputedStyle(document.querySelector('section')).backgroundColor`)
    await page.emulateMedia({ colorScheme: 'light', media: 'screen' })
    expect(await ground()).toBe('rgb(255, 255, 255)')
    await page.emulateMedia({ colorScheme: 'dark', media: 'screen' })
    expect(await ground()).toBe('rgb(27, 33, 43)')
    await page.emulateMedia({ colorScheme: 'dark', media: 'print' })
    expect(await ground()).toBe('rgb(255, 255, 255)')
    await page.emulateMedia({ colorScheme: null, media: null })
  })

  it.each(['ja', 'en'] as const)('fits on paper, the summary on its first page (%s)', async (locale) => {
    const roi = roiInputs(runResults([MHA, GQA]), assumptionSet())
    const file = path.join(folder, `whole-${locale}.html`)
    await writeFile(file, exportReport(runResults([MHA, GQA]), locale, roi, 'html'))
    // What A4 landscape has within the margins: 275 mm by 188 mm at 96 px an inch.
    const other = await browser.newPage({ viewport: { width: 1039, height: 710 } })
    await other.goto(pathToFileURL(file).href)
    await other.emulateMedia({ media: 'print' })
    expect(await other.evaluate('document.documentElement.scrollWidth')).toBe(1039)
    const summary = await other.locator('section').first().boundingBox()
    expect(summary?.height).toBeLessThanOrEqual(710)
    await other.close()
  })

  it('prints on A4 landscape, a page at least for each sheet', async () => {
    const short = structuredClone(everything)
    const [summary] = short.sheets
    const file = path.join(folder, 'short.html')
    await writeFile(file, writeHtml({ ...short, sheets: [summary!, { ...summary!, name: 'b' }] }, 'en'))
    const other = await browser.newPage()
    await other.goto(pathToFileURL(file).href)
    const pdf = (await other.pdf({ preferCSSPageSize: true })).toString('latin1')
    await other.close()
    const boxes = [...pdf.matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)].map(([, width, height]) => [
      Math.round(Number(width)),
      Math.round(Number(height)),
    ])
    expect(boxes).toEqual([
      [842, 595],
      [842, 595],
    ])
  })
})

describe('charts', () => {
  const svgOf = (block: typeof cost): string => {
    const sheet = { name: 's', widths: [], onePage: false, blocks: [block] }
    const html = writeHtml({ ...everything, sheets: [sheet] }, 'en')
    return /<svg viewBox[\s\S]*?<\/svg>(?=<details)/.exec(html)?.[0] ?? ''
  }
  const numbers = (svg: string, pattern: RegExp): number[] =>
    [...svg.matchAll(pattern)].map(([, value]) => Number(value))

  it('places points of a logarithmic axis at equal ratios', () => {
    const svg = svgOf(scatter)
    // Markers of the second series are squares, 7 px wide around their point.
    const x = numbers(svg, /<rect class="point arm1" x="([\d.]+)"/g)
    expect(x).toHaveLength(4)
    const steps = x.slice(1).map((value, index) => value - x[index]!)
    for (const step of steps) expect(step).toBeCloseTo(steps[0]!, 1)
  })

  it('breaks a line where a value is missing and dashes what was not measured', () => {
    const svg = svgOf(scatter)
    expect(numbers(svg, /<polyline class="line arm(0)"/g)).toEqual([])
    expect(svg.match(/<polyline class="line arm1 unmeasured"/g)).toHaveLength(1)
    expect(svg.match(/<polyline class="line arm1"/g)).toHaveLength(1)
  })

  it('stacks the steps of a waterfall on a base without ink', () => {
    const svg = svgOf(waterfall)
    const bars = [
      ...svg.matchAll(/<rect class="bar [^"]+" x="[\d.]+" y="([\d.]+)" width="[\d.]+" height="([\d.]+)"/g),
    ].map(([, y, height]) => ({ top: Number(y), bottom: Number(y) + Number(height) }))
    const [first, purchases, power, upkeep, last] = bars
    expect(bars).toHaveLength(5)
    expect(purchases?.top).toBeCloseTo(first!.top, 1)
    expect(power?.top).toBeCloseTo(purchases!.bottom, 1)
    expect(upkeep?.top).toBeCloseTo(power!.bottom, 1)
    expect(upkeep?.bottom).toBeCloseTo(last!.top, 1)
  })

  it('lets the bars of a tornado begin at 0, to either side', () => {
    const svg = svgOf(tornado)
    const zero = numbers(svg, /<line class="zero" x1="([\d.]+)"/g)
    expect(zero).toHaveLength(1)
    const bad = [
      ...svg.matchAll(/<rect class="bar bad unmeasured" x="([\d.]+)" y="[\d.]+" width="([\d.]+)"/g),
    ]
    const ends = bad.map(([, x, width]) => [Number(x), Number(x) + Number(width)])
    expect(ends[0]?.[1]).toBeCloseTo(zero[0]!, 1)
    expect(ends[5]?.[0]).toBeCloseTo(zero[0]!, 1)
  })

  it('marks money on an axis shortly, in the language of the reader', () => {
    const ticks = (locale: 'ja' | 'en'): string[] => {
      const sheet = { name: 's', widths: [], onePage: false, blocks: [cost] }
      const html = writeHtml({ ...everything, sheets: [sheet] }, locale)
      return [...html.matchAll(/<text class="tick"[^>]*text-anchor="end">([^<]*)/g)].map(([, text]) => text!)
    }
    expect(ticks('ja')).toEqual(['¥0', '¥2,000万', '¥4,000万', '¥6,000万', '¥8,000万'])
    expect(ticks('en')).toEqual(['¥0', '¥20M', '¥40M', '¥60M', '¥80M'])
  })
})
