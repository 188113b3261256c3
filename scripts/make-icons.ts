/** Draws the program's icons from their two drawings, in a Chromium: node scripts/make-icons.ts [chromium] */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { chromium, type Page } from 'playwright-core'

const ROOT = join(import.meta.dirname, '..')
const FOLDER = join(ROOT, 'resources', 'icons')

/** The window's mark is drawn for a few pixels, the program's icon for many. */
const SMALL_DRAWING = join(ROOT, 'src', 'renderer', 'theme', 'icon.svg')
const LARGE_DRAWING = join(FOLDER, 'icon.svg')
const LARGEST_SMALL = 32

/** Linux takes each of them, macOS the largest. */
const PNG_SIZES = [16, 32, 48, 64, 128, 256, 512, 1024]
const ICO_SIZES = [16, 24, 32, 48, 64, 128, 256]

const [executablePath = '/usr/bin/chromium'] = process.argv.slice(2)
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
const page = await browser.newPage()
const images = new Map<number, Buffer>()
for (const size of new Set([...PNG_SIZES, ...ICO_SIZES])) images.set(size, await draw(page, size))
await browser.close()

for (const size of PNG_SIZES) await writeFile(join(FOLDER, `${size}x${size}.png`), imageOf(size))
await writeFile(join(FOLDER, 'icon.ico'), icoFile(ICO_SIZES))

async function draw(page: Page, size: number): Promise<Buffer> {
  const drawing = await readFile(size <= LARGEST_SMALL ? SMALL_DRAWING : LARGE_DRAWING, 'utf8')
  await page.setViewportSize({ width: size, height: size })
  await page.setContent(
    `<style>body { margin: 0 } svg { display: block; width: ${size}px }</style>${drawing}`,
  )
  return await page.screenshot({ omitBackground: true })
}

function imageOf(size: number): Buffer {
  const image = images.get(size)
  if (image === undefined) throw new Error(`${size} was not drawn`)
  return image
}

/** Windows' icon file: a directory of PNG images, little-endian; a side of 256 is written as 0. */
function icoFile(sizes: readonly number[]): Buffer {
  const header = Buffer.alloc(6 + 16 * sizes.length)
  header.writeUInt16LE(1, 2)
  header.writeUInt16LE(sizes.length, 4)
  let offset = header.length
  for (const [index, size] of sizes.entries()) {
    const entry = 6 + 16 * index
    const { length } = imageOf(size)
    header.writeUInt8(size % 256, entry)
    header.writeUInt8(size % 256, entry + 1)
    header.writeUInt16LE(1, entry + 4)
    header.writeUInt16LE(32, entry + 6)
    header.writeUInt32LE(length, entry + 8)
    header.writeUInt32LE(offset, entry + 12)
    offset += length
  }
  return Buffer.concat([header, ...sizes.map(imageOf)])
}
