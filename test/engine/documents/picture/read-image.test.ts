import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

import { type Canvas, createCanvas } from '@napi-rs/canvas'
import { describe, expect, it } from 'vitest'

import { measurePicture } from '../../../../src/engine/documents/picture/measure-picture.ts'
import { readImage } from '../../../../src/engine/documents/picture/read-image.ts'
import { readerInput } from '../plain/reader-input.ts'

const FIXTURES = join(import.meta.dirname, '..', '..', '..', 'fixtures', 'documents', 'picture')

const read = async (name: string, bytes: Uint8Array) =>
  await readImage(readerInput(name, bytes, { ocr: true }))

function drawn(text: string): Canvas {
  const canvas = createCanvas(600, 120)
  const context = canvas.getContext('2d')
  context.fillStyle = 'black'
  context.font = '48px Liberation Sans, DejaVu Sans, sans-serif'
  context.fillText(text, 40, 80)
  return canvas
}

/** A bitmap of 24 bits a pixel, its rows from the bottom (BITMAPINFOHEADER). */
function bitmap(canvas: Canvas): Uint8Array {
  const { width, height } = canvas
  const { data } = canvas.getContext('2d').getImageData(0, 0, width, height)
  const file = Buffer.alloc(54 + width * height * 3)
  file.write('BM')
  file.writeUInt32LE(file.length, 2)
  file.writeUInt32LE(54, 10)
  file.writeUInt32LE(40, 14)
  file.writeInt32LE(width, 18)
  file.writeInt32LE(height, 22)
  file.writeUInt16LE(1, 26)
  file.writeUInt16LE(24, 28)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      // Transparent is white.
      const shade = 255 - data[(y * width + x) * 4 + 3]!
      file.fill(shade, 54 + ((height - 1 - y) * width + x) * 3, 54 + ((height - 1 - y) * width + x) * 3 + 3)
    }
  }
  return file
}

describe('readImage', () => {
  it('does not recognise unless asked to', async () => {
    await expect(async () => await readImage(readerInput('a.png', Uint8Array.of(1)))).rejects.toMatchObject({
      code: 'documents/scan',
      params: { name: 'a.png', pages: 1 },
    })
  })

  it('labels what it recognised', async () => {
    const found = await read('travel.jpg', await readFile(join(FIXTURES, 'travel-en.jpg')))
    expect(found).toMatchObject({ steps: ['line-joins', 'ocr'], health: { ocr: { pages: 1 } } })
    expect(found.text).toMatch(/^Travel Expense Policy\n/)
    expect(found.health?.ocr?.confidence).toBeGreaterThan(0.8)
  })

  it('reads a whole page, though a picture drawn anew tells no resolution', async () => {
    const page = join(FIXTURES, '..', 'set', 'scan-quality-meeting.png')
    const { text } = await read('page.png', await readFile(page))
    for (const part of ['月次品質会議', '製造部長', '品質実績', '決定事項']) expect(text).toContain(part)
  })

  it('reads every kind of picture, transparent ones on white', async () => {
    const canvas = drawn('Total 1250')
    const files = {
      png: await canvas.encode('png'),
      webp: await canvas.encode('webp'),
      bmp: bitmap(canvas),
      gif: await canvas.encode('gif'),
    }
    const texts: Record<string, string | null> = {}
    for (const [type, bytes] of Object.entries(files)) texts[type] = (await read(`a.${type}`, bytes)).text
    expect(texts).toEqual({ png: 'Total 1250', webp: 'Total 1250', bmp: 'Total 1250', gif: 'Total 1250' })
  })

  it('says so when there is nothing to recognise', async () => {
    await expect(read('a.png', await createCanvas(300, 300).encode('png'))).rejects.toMatchObject({
      code: 'documents/nothing-recognized',
      params: { name: 'a.png' },
    })
  })

  it('refuses a picture that declares more than may be unpacked, before decoding it', async () => {
    const bomb = await createCanvas(10, 10).encode('png')
    bomb.writeUInt32BE(60_000, 16)
    bomb.writeUInt32BE(60_000, 20)
    await expect(read('bomb.png', bomb)).rejects.toMatchObject({
      code: 'documents/unpacked-too-large',
      params: { name: 'bomb.png', limit: 512 * 2 ** 20 },
    })
  })

  it('refuses truncated and damaged pictures, and TIFF', async () => {
    const canvas = drawn('Total 1250')
    const png = await canvas.encode('png')
    const whole = {
      PNG: png,
      JPEG: await canvas.encode('jpeg'),
      WebP: await canvas.encode('webp'),
      GIF: await canvas.encode('gif'),
      BMP: bitmap(canvas),
    }
    const cut: Record<string, unknown> = {}
    for (const [type, bytes] of Object.entries(whole)) {
      cut[type] = measurePicture(bytes.subarray(0, bytes.length - 20))?.isWhole ?? null
    }
    // The blocks of a GIF say how long they are; one that goes beyond the end is no header any more.
    expect(cut).toEqual({ PNG: false, JPEG: false, WebP: false, GIF: null, BMP: false })
    await expect(read('a.png', png.subarray(0, png.length - 20))).rejects.toMatchObject({
      code: 'documents/damaged',
      params: { name: 'a.png', type: 'PNG', part: 'end of file' },
    })
    await expect(read('a', png.subarray(0, 20))).rejects.toMatchObject({ code: 'documents/damaged' })
    await expect(read('a.tif', Buffer.from('II*\0\0\0\0\0', 'latin1'))).rejects.toMatchObject({
      code: 'documents/unsupported-type',
      params: { name: 'a.tif', type: 'TIFF' },
    })
  })
}, 60_000)

describe('measurePicture', () => {
  it('tells the size from the header', async () => {
    const canvas = createCanvas(321, 123)
    canvas.getContext('2d').fillRect(0, 0, 100, 100)
    const opaque = createCanvas(321, 123)
    opaque.getContext('2d').fillRect(0, 0, 321, 123)
    const sizes = {
      png: measurePicture(await canvas.encode('png')),
      jpeg: measurePicture(await opaque.encode('jpeg')),
      gif: measurePicture(await canvas.encode('gif')),
      lossy: measurePicture(await opaque.encode('webp', 50)),
      transparent: measurePicture(await canvas.encode('webp', 50)),
      lossless: measurePicture(await opaque.encode('webp', 100)),
      bmp: measurePicture(bitmap(opaque)),
    }
    const size = { width: 321, height: 123, isWhole: true }
    expect(sizes).toEqual({
      png: { type: 'PNG', ...size },
      jpeg: { type: 'JPEG', ...size },
      gif: { type: 'GIF', ...size },
      lossy: { type: 'WebP', ...size },
      transparent: { type: 'WebP', ...size },
      lossless: { type: 'WebP', ...size },
      bmp: { type: 'BMP', ...size },
    })
  })

  it('gives nothing for other bytes', () => {
    expect(measurePicture(Buffer.from('II*\0'))).toBeNull()
    expect(measurePicture(Buffer.from('\x89PNG', 'latin1'))).toBeNull()
    expect(measurePicture(Buffer.from('\xff\xd8\xff\xe0\xff\xff', 'latin1'))).toBeNull()
  })
})
