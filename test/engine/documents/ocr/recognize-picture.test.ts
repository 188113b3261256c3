import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'

import { createCanvas, loadImage } from '@napi-rs/canvas'
import { describe, expect, it } from 'vitest'

import { recognizePicture } from '../../../../src/engine/documents/ocr/recognize-picture.ts'

const ROOT = join(import.meta.dirname, '..', '..', '..', '..')
const FIXTURES = join(ROOT, 'test', 'fixtures', 'documents', 'picture')

/** Characters that differ (Levenshtein), as a share of those of the truth. White space does not count. */
function errorRate(truth: string, text: string): number {
  const wanted = [...truth.normalize('NFKC').replaceAll(/\s/g, '')]
  const found = [...text.normalize('NFKC').replaceAll(/\s/g, '')]
  let row = Array.from({ length: found.length + 1 }, (_, index) => index)
  for (const [index, character] of wanted.entries()) {
    const next = [index + 1]
    for (const [column, other] of found.entries()) {
      const replaced = row[column]! + (character === other ? 0 : 1)
      next.push(Math.min(replaced, row[column + 1]! + 1, next[column]! + 1))
    }
    row = next
  }
  return row.at(-1)! / wanted.length
}

describe('recognizePicture', () => {
  it.each([
    ['travel-ja.png', 'travel-ja.txt'],
    ['travel-en.jpg', 'travel-en.txt'],
  ])('reads %s at 200 dpi', async (picture, source) => {
    const advanced: true[] = []
    const found = await recognizePicture(await readFile(join(FIXTURES, picture)), {
      name: picture,
      advance: () => advanced.push(true),
    })
    const truth = await readFile(join(FIXTURES, source), 'utf8')
    expect(errorRate(truth, found.text)).toBeLessThan(0.02)
    expect(found.confidence).toBeGreaterThan(0.8)
    expect(found.confidence).toBeLessThanOrEqual(1)
    expect(advanced).toEqual([true])
    // No spaces between full-width characters.
    expect(found.text).not.toMatch(/[ぁ-んァ-ヶ一-龠、。] +[ぁ-んァ-ヶ一-龠、。]/)
  })

  it('reads a page that lies on its side or upside down', async () => {
    const page = await loadImage(await readFile(join(FIXTURES, 'travel-ja.png')))
    // Its first lines, so that it takes less time: even numbers, so that no pixel falls between two others.
    const [width, height] = [page.width - (page.width % 2), 2 * Math.floor(page.height / 6)]
    const turned = async (quarters: number): Promise<string> => {
      const canvas = quarters % 2 === 0 ? createCanvas(width, height) : createCanvas(height, width)
      const context = canvas.getContext('2d')
      context.translate(canvas.width / 2, canvas.height / 2)
      context.rotate((quarters * Math.PI) / 2)
      context.drawImage(page, 0, 0, width, height, -width / 2, -height / 2, width, height)
      return (await recognizePicture(await canvas.encode('png'), { name: 'a.png' })).text
    }
    const upright = await turned(0)
    expect(upright.length).toBeGreaterThan(50)
    for (const quarters of [1, 2, 3]) {
      expect(errorRate(upright, await turned(quarters)), `${quarters} quarters`).toBeLessThan(0.02)
    }
  })

  it('finds nothing in an empty picture', async () => {
    const canvas = createCanvas(400, 300)
    canvas.getContext('2d').fillRect(0, 0, 200, 300)
    expect(await recognizePicture(await canvas.encode('png'), { name: 'a.png' })).toEqual({
      text: '',
      steps: [],
      confidence: 0,
    })
  })

  it('refuses what is no picture, and reads the next one', async () => {
    await expect(recognizePicture(Uint8Array.of(1, 2, 3, 4), { name: 'a.png' })).rejects.toMatchObject({
      code: 'documents/damaged',
      params: { name: 'a.png', type: 'OCR' },
    })
    const canvas = createCanvas(600, 120)
    const context = canvas.getContext('2d')
    context.fillStyle = 'white'
    context.fillRect(0, 0, 600, 120)
    context.fillStyle = 'black'
    context.font = '48px Liberation Sans, DejaVu Sans, sans-serif'
    context.fillText('Total 1250', 40, 80)
    const found = await recognizePicture(await canvas.encode('png'), { name: 'b.png' })
    expect(found.text).toBe('Total 1250')
  })

  it('works in a process of its own without asking the network', async () => {
    const module = (path: string): string => JSON.stringify(pathToFileURL(join(ROOT, 'src', path)).href)
    const program = `
      import { readFileSync } from 'node:fs'
      import { installNetworkGuard } from ${module('engine/kernel/network-guard.ts')}
      import { recognizePicture } from ${module('engine/documents/ocr/recognize-picture.ts')}
      const asked = []
      installNetworkGuard((target) => asked.push(target))
      globalThis.fetch = (url) => { asked.push(String(url)); throw new Error('fetch') }
      const picture = readFileSync(${JSON.stringify(join(FIXTURES, 'travel-en.jpg'))})
      const { text } = await recognizePicture(picture, { name: 'travel-en.jpg' })
      console.log(JSON.stringify({ asked, text }))`
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [
      '--input-type=module',
      '--eval',
      program,
    ])
    expect(stderr).toBe('')
    const { asked, text } = JSON.parse(stdout) as { asked: string[]; text: string }
    expect(asked).toEqual([])
    expect(text).toContain('Travel Expense Policy')
  })
}, 60_000)
