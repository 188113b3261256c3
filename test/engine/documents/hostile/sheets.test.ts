import { CFB, utils, write } from 'xlsx'
import { describe, expect, it } from 'vitest'

import { surveyHostile } from './hostile-survey.ts'
import { frameOf, packageBytes } from './packages.ts'

const cell = (reference: string, text: string): string =>
  `<c r="${reference}" t="inlineStr"><is><t>${text}</t></is></c>`
const xlsx = (content: string): Uint8Array =>
  packageBytes(
    'xlsx',
    `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">${content}</worksheet>`,
  )

function ods(rows: string): Uint8Array {
  const { before, after } = frameOf('ods')
  const [start = '', end = ''] = [
    before.replace('<table:table-row>', ''),
    after.replace('</table:table-row>', ''),
  ]
  return packageBytes('ods', `${start}${rows}${end}`)
}

describe('sheets that are much larger than what they hold', () => {
  it('cost what their cells cost', async () => {
    const validation =
      '<dataValidations><dataValidation type="list" sqref="A1:XFD1048576"/></dataValidations>'
    const merges = Array.from({ length: 1000 }, (_, index) => `<mergeCell ref="A${index + 2}:XFD1048576"/>`)
    const outcomes = await surveyHostile({
      'validation.xlsx': xlsx(
        `<cols><col min="1" max="16384" hidden="0"/></cols><sheetData><row r="1">${cell('A1', 'x')}</row></sheetData>${validation}`,
      ),
      'merged.xlsx': xlsx(
        `<sheetData><row r="1">${cell('A1', 'x')}</row></sheetData><mergeCells>${merges.join('')}</mergeCells>`,
      ),
      'whole.xlsx': xlsx(
        `<sheetData><row r="1">${cell('A1', 'x')}${cell('B1', 'covered')}</row></sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>`,
      ),
      'far.xlsx': xlsx(`<sheetData><row r="1048576">${cell('XFD1048576', 'x')}</row></sheetData>`),
      'beyond.xlsx': xlsx(
        `<sheetData><row r="4000000000">${cell('ZZZZZZ4000000000', 'x')}</row></sheetData>`,
      ),
      'far.ods': ods(
        '<table:table-row table:number-rows-repeated="1048575"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>' +
          '<table:table-row><table:table-cell table:number-columns-repeated="16383"/><table:table-cell><text:p>x</text:p></table:table-cell></table:table-row>',
      ),
    })
    for (const [name, outcome] of Object.entries(outcomes)) {
      if ('code' in outcome) throw new Error(`${name}: ${outcome.code}`)
      if (name === 'beyond.xlsx') expect(outcome.text.length).toBeLessThan(10)
      else expect(outcome.text.replaceAll(/\s+/g, ' ')).toBe('S x')
    }
    expect(Object.keys(outcomes)).toHaveLength(6)
  })

  it('are refused when their text is repeated without end', async () => {
    const repeated = (rows: number): Uint8Array =>
      ods(
        `<table:table-row table:number-rows-repeated="${rows}"><table:table-cell table:number-columns-repeated="16384"><text:p>x</text:p></table:table-cell></table:table-row>`,
      )
    const outcomes = await surveyHostile({
      'sheet.ods': repeated(1_048_576),
      'more.ods': repeated(4_000_000_000),
    })
    for (const outcome of Object.values(outcomes))
      expect(outcome).toMatchObject({ code: 'documents/too-long' })
    expect(Object.keys(outcomes)).toHaveLength(2)
  })

  it('are read through a million empty rows', async () => {
    const { before, text, after } = frameOf('xlsx')
    const rows = Array.from({ length: 1_000_000 }, (_, index) => `<row r="${index + 2}"/>`).join('')
    const xml = `${before}${text('x')}${after.replace('</row>', `</row>${rows}`)}`
    expect(await surveyHostile({ 'rows.xlsx': packageBytes('xlsx', xml) })).toEqual({
      'rows.xlsx': { text: 'S\nx' },
    })
  })
})

/** A binary workbook, written by SheetJS. */
function xls(): Buffer {
  const workbook = utils.book_new()
  utils.book_append_sheet(workbook, utils.aoa_to_sheet([['x']]), 'S')
  return write(workbook, { type: 'buffer', bookType: 'biff8' }) as Buffer
}

/** A compound file with some streams, written by SheetJS. */
function compound(streams: readonly string[]): Buffer {
  const container = CFB.utils.cfb_new()
  for (const name of streams) CFB.utils.cfb_add(container, `/${name}`, Buffer.alloc(20_000, 1))
  return Buffer.from(CFB.write(container, { type: 'buffer' }) as Uint8Array)
}

/** Makes every chain of sectors end where it began: a sector's successor is itself. */
function cyclic(file: Buffer): Buffer {
  const changed = Buffer.from(file)
  const sectorBytes = 2 ** changed.readUInt16LE(30)
  const table = (changed.readUInt32LE(76) + 1) * sectorBytes
  for (let entry = 0; entry < sectorBytes / 4; entry++) {
    const next = changed.readUInt32LE(table + 4 * entry)
    if (next < 0xffff_fff0) changed.writeUInt32LE(entry, table + 4 * entry)
  }
  return changed
}

describe('compound files that run in circles', () => {
  it('are refused at the first sector that comes again', async () => {
    const damaged = (type: string): unknown => ({
      code: 'documents/damaged',
      params: { type, part: expect.stringMatching(/sector|entry|directory/) as string },
    })
    const outcomes = await surveyHostile({
      'cyclic.doc': cyclic(compound(['WordDocument', '1Table'])),
      'cyclic.xls': cyclic(xls()),
      'cyclic.msg': cyclic(compound(['__properties_version1.0'])),
    })
    expect(outcomes).toEqual({
      'cyclic.doc': damaged('DOC'),
      'cyclic.xls': damaged('XLS'),
      'cyclic.msg': damaged('MSG'),
    })
  })
})
