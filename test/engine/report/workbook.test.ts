import { describe, expect, it } from 'vitest'

import {
  at,
  between,
  type Block,
  type Cell,
  empty,
  formula,
  number,
  text,
} from '../../../src/engine/report/sheet-model.ts'
import { writeWorkbook } from '../../../src/engine/report/workbook.ts'
import { demoModel, modelOf } from './demo-model.ts'
import { cellXml, partOf, partsOf } from './package-parts.ts'
import { unescapedXml, valuesIn } from './spreadsheet.ts'

const table = (rows: readonly (readonly Cell[])[], headers = ['A', 'B']) => ({
  kind: 'table' as const,
  columns: headers.map((header) => ({ header, align: 'left' as const })),
  rows,
})
const sheetXml = (workbook: Uint8Array, sheet = 1): string =>
  partOf(workbook, `xl/worksheets/sheet${sheet}.xml`)

/** Number formats that every spreadsheet has. */
const BUILT_IN: Readonly<Record<string, string>> = { 0: 'General', 49: '@' }

/** How a cell looks, as the workbook's styles describe it. */
function styleOf(workbook: Uint8Array, address: string): { font: string; fill: string; format: string } {
  const styles = partOf(workbook, 'xl/styles.xml')
  const listed = (list: string, item: string, index: string | undefined): string => {
    const inside = new RegExp(`<${list} .*?</${list}>`, 's').exec(styles)?.[0] ?? ''
    const items = inside.match(new RegExp(`<${item}(?: [^>]*)?(?:/>|(?<!/)>.*?</${item}>)`, 'gs'))
    return items?.[Number(index)] ?? ''
  }
  const xf = listed('cellXfs', 'xf', new RegExp(`<c r="${address}" s="(\\d+)"`).exec(sheetXml(workbook))?.[1])
  const pick = (attribute: string): string => new RegExp(`${attribute}="(\\d+)"`).exec(xf)?.[1] ?? '0'
  const code = new RegExp(`<numFmt numFmtId="${pick('numFmtId')}" formatCode="([^"]*)"`).exec(styles)?.[1]
  return {
    font: listed('fonts', 'font', pick('fontId')),
    fill: listed('fills', 'fill', pick('fillId')),
    format: code === undefined ? (BUILT_IN[pick('numFmtId')] ?? '') : unescapedXml(code),
  }
}

describe('cells', () => {
  const cells: Cell[] = [
    { ...number(2, 'decimal2'), id: 'two', name: 'two' },
    { kind: 'formula', id: 'four', formula: formula`${at('two')}*2`, result: 4, format: 'integer' },
    { kind: 'formula', formula: formula`"a"&${at('four')}`, result: 'a4', format: 'text' },
    { kind: 'formula', formula: formula`NA()`, result: null, format: 'money' },
    { kind: 'formula', formula: formula`SUM(${between('two', 'four')})`, result: 6, format: 'integer' },
    { kind: 'missing' },
    empty,
  ]
  const headers = cells.map((_, index) => `h${index}`)

  it('writes formulas with absolute references and their results', async () => {
    const workbook = await writeWorkbook(modelOf([table([cells], headers)]))
    expect(cellXml(workbook, 'A2')).toBe('<c r="A2"><v>2</v></c>')
    expect(cellXml(workbook, 'B2')).toBe('<c r="B2"><f>$A$2*2</f><v>4</v></c>')
    expect(cellXml(workbook, 'C2')).toBe('<c r="C2" t="str"><f>"a"&amp;$B$2</f><v>a4</v></c>')
    expect(cellXml(workbook, 'D2')).toBe('<c r="D2" t="e"><f>NA()</f><v>#N/A</v></c>')
    expect(cellXml(workbook, 'E2')).toBe('<c r="E2"><f>SUM($A$2:$B$2)</f><v>6</v></c>')
    expect(valuesIn(workbook).get('Sheet')?.get('F2')).toBe('n/a')
    expect(cellXml(workbook, 'G2')).toBe('<c r="G2"/>')
    expect(styleOf(workbook, 'C2').format).toBe('General')
    expect(partOf(workbook, 'xl/workbook.xml')).toContain('fullCalcOnLoad="1"')
  })

  it('names the other sheet in a reference, in quotes', async () => {
    const workbook = await writeWorkbook({
      ...modelOf([]),
      sheets: [
        {
          name: '要約',
          widths: [20],
          onePage: false,
          blocks: [
            {
              kind: 'live-paragraph',
              cell: { kind: 'formula', formula: formula`${at('b')}&"円"`, result: '3円', format: 'text' },
            },
          ],
        },
        {
          name: "性能・資源 and Co's",
          widths: [20],
          onePage: false,
          blocks: [table([[{ ...number(3, 'integer'), id: 'b', name: 'm.rate.0' }]], ['x'])],
        },
      ],
    })
    expect(cellXml(workbook, 'A1')).toBe(
      '<c r="A1" t="str"><f>\'性能・資源 and Co s\'!$A$2&amp;"円"</f><v>3円</v></c>',
    )
    expect(partOf(workbook, 'xl/workbook.xml')).toContain(
      `<definedName name="m.rate.0">'性能・資源 and Co s'!$A$2</definedName>`,
    )
  })

  it('refuses references to nowhere and ids or names given twice', async () => {
    const cell = (id: string, name: string): Cell => ({ ...number(1, 'integer'), id, name })
    const refused = (rows: Cell[][]): Promise<unknown> => writeWorkbook(modelOf([table(rows)]))
    await expect(
      refused([[{ kind: 'formula', formula: formula`${at('x')}`, result: 1, format: 'integer' }]]),
    ).rejects.toThrow('no cell is called x')
    await expect(refused([[cell('x', 'n'), cell('x', 'o')]])).rejects.toThrow('two cells are called x')
    await expect(refused([[cell('x', 'n'), cell('y', 'n')]])).rejects.toThrow('two cells are named n')
    const diagonal = formula`SUM(${between('x', 'z')})`
    await expect(
      refused([
        [cell('x', 'x'), { kind: 'formula', formula: diagonal, result: 1, format: 'integer' }],
        [text(''), cell('z', 'z')],
      ]),
    ).rejects.toThrow('not in one row or column')
  })

  it('colours inputs and checks what is entered, exclusive limits included', async () => {
    const input = (allowed: Extract<Cell, { kind: 'input' }>['allowed'], value: number | string): Cell => ({
      kind: 'input',
      value,
      format: typeof value === 'string' ? 'text' : 'percent1',
      allowed,
      refusal: `"Not" <that> ${'!'.repeat(300)}`,
    })
    const unlimited = { least: null, above: null, most: null, below: null }
    const workbook = await writeWorkbook(
      modelOf([
        table(
          [
            [input({ kind: 'number', isInteger: false, ...unlimited, above: 0, most: 1 }, 0.5)],
            [input({ kind: 'number', isInteger: true, ...unlimited, least: 1, below: 10 }, 2)],
            [input({ kind: 'choice', among: ['A, "quoted"', '=1+1'] }, '=1+1')],
            [input({ kind: 'any' }, 'free')],
          ],
          ['Value'],
        ),
      ]),
    )
    const checks = [...sheetXml(workbook).matchAll(/<dataValidation (.*?)<\/dataValidation>/g)].map(
      ([, inside = '']) => ({
        type: /type="(\w+)"/.exec(inside)?.[1],
        cell: /sqref="(\w+)"/.exec(inside)?.[1],
        formula: /<formula1>(.*)<\/formula1>/.exec(inside)?.[1],
      }),
    )
    expect(checks).toEqual([
      { type: 'custom', cell: 'A2', formula: 'AND(ISNUMBER($A$2),$A$2&gt;0,$A$2&lt;=1)' },
      { type: 'custom', cell: 'A3', formula: 'AND(ISNUMBER($A$3),$A$3=INT($A$3),$A$3&gt;=1,$A$3&lt;10)' },
      { type: 'list', cell: 'A4', formula: '$F$4:$G$4' },
    ])
    expect(sheetXml(workbook)).toContain('error="&quot;Not&quot; &lt;that&gt; ')
    const values = valuesIn(workbook).get('Sheet')
    expect([values?.get('F4'), values?.get('G4')]).toEqual(['A, "quoted"', '=1+1'])
    expect(sheetXml(workbook)).toMatch(/<col min="6"[^>]* hidden="1".*<col min="7"[^>]* hidden="1"/)
    expect(styleOf(workbook, 'A2').fill).toContain('FFFFF6D5')
    expect(styleOf(workbook, 'A4').format).toBe('@')
  })

  it('shows amounts in the currency of the report', async () => {
    const model = modelOf([table([[number(1234.5, 'money'), number(-1234.5, 'signedMoney')]])])
    const formatIn = async (currency: 'JPY' | 'USD' | null): Promise<(string | undefined)[]> => {
      const workbook = await writeWorkbook({ ...model, currency })
      return [styleOf(workbook, 'A2').format, styleOf(workbook, 'B2').format]
    }
    expect(await formatIn('JPY')).toEqual([
      '[>=0.5]"¥"#,##0;[<=-0.5]-"¥"#,##0;"¥"#,##0',
      '[>=0.5]+"¥"#,##0;[Red][<=-0.5]-"¥"#,##0;"¥"#,##0',
    ])
    expect((await formatIn('USD'))[0]).toBe('[>=0.5]"$"#,##0;[<=-0.5]-"$"#,##0;"$"#,##0')
    expect((await formatIn(null))[0]).toBe('[>=0.5]#,##0;[<=-0.5]-#,##0;#,##0')
  })
})

describe('blocks', () => {
  it('sets figures side by side over groups of columns', async () => {
    const figure = (label: string, cell: Cell) => ({ label, cell, note: `${label}!` })
    const workbook = await writeWorkbook(
      modelOf(
        [
          {
            kind: 'figures',
            figures: [
              figure('NPV', {
                kind: 'formula',
                formula: formula`1+1`,
                result: 2,
                format: 'money',
                tone: 'good',
              }),
              figure('Years', number(2.5, 'years1')),
              figure('CO2', { kind: 'missing' }),
            ],
          },
        ],
        { widths: [10, 10, 10, 30, 30] },
      ),
    )
    const merged = [...sheetXml(workbook).matchAll(/<mergeCell ref="([^"]+)"/g)].map(([, ref]) => ref)
    expect(merged).toEqual(['A2:C2', 'A3:C3', 'A4:C4'])
    expect(cellXml(workbook, 'A3')).toBe('<c r="A3"><f>1+1</f><v>2</v></c>')
    const values = valuesIn(workbook).get('Sheet')
    expect(['A2', 'D2', 'E2', 'D3', 'E3', 'E4'].map((address) => values?.get(address))).toEqual([
      'NPV',
      'Years',
      'CO2',
      2.5,
      'n/a',
      'CO2!',
    ])
    expect(styleOf(workbook, 'A3').font).toContain('<sz val="20"/>')
  })

  it('colours a table by what its cells show', async () => {
    const workbook = await writeWorkbook(
      modelOf([
        {
          ...table([[text('kept'), text('"odd"')]]),
          toneRules: [
            { text: 'kept', tone: 'good' },
            { text: '"odd"', tone: 'bad' },
          ],
        },
      ]),
    )
    const rules = /<conditionalFormatting sqref="A2:B2">(.*)<\/conditionalFormatting>/.exec(
      sheetXml(workbook),
    )?.[1]
    expect(rules?.replace(/ dxfId="\d+"/g, '')).toBe(
      '<cfRule type="cellIs" priority="1" operator="equal"><formula>"kept"</formula></cfRule>' +
        '<cfRule type="cellIs" priority="2" operator="equal"><formula>"""odd"""</formula></cfRule>',
    )
    expect(partOf(workbook, 'xl/styles.xml')).toMatch(
      /<dxfs count="2"><dxf><font>.*FF0B5D2A.*FFDDF2E3.*FF8C1414/s,
    )
  })

  it('colours figures in the same way', async () => {
    const workbook = await writeWorkbook(
      modelOf([
        {
          kind: 'figures',
          figures: [{ label: 'Payback', cell: text('never'), note: '' }],
          toneRules: [{ text: 'never', tone: 'bad' }],
        },
      ]),
    )
    // Its label stands below a gap.
    expect(sheetXml(workbook)).toMatch(
      /<conditionalFormatting sqref="A3:D3"><cfRule [^>]*operator="equal"><formula>"never"<\/formula>/,
    )
  })

  it('gives wrapped text the height of its lines', async () => {
    const workbook = await writeWorkbook(
      modelOf(
        [
          { kind: 'paragraph', text: '日本語'.repeat(60) },
          { kind: 'paragraph', text: 'x'.repeat(40_000) },
        ],
        {
          widths: [40, 40],
        },
      ),
    )
    const heights = [...sheetXml(workbook).matchAll(/<row r="\d+"[^>]* ht="([\d.]+)"/g)].map(([, height]) =>
      Number(height),
    )
    // 180 wide characters on lines of 80 half-width ones: five lines of 15 points.
    expect(heights).toEqual([78, 409])
  })
})

describe('pages', () => {
  const long = table(
    Array.from({ length: 40 }, (_, row) => [text(`row ${row}`)]),
    ['Name'],
  )

  it('are A4 landscape, as wide as the sheet, numbered, with titles above', async () => {
    const workbook = await writeWorkbook({ ...modelOf([{ kind: 'title', text: 'x' }]), title: '2026 R&D' })
    const xml = sheetXml(workbook)
    expect(xml).toMatch(/<pageSetup [^>]*paperSize="9"[^>]*orientation="landscape"/)
    expect(xml).toMatch(/<pageSetup [^>]*fitToWidth="1" fitToHeight="0"/)
    expect(xml).toContain('<oddHeader>&amp;L&amp;9 2026 R&amp;&amp;D&amp;R&amp;9Sheet</oddHeader>')
    expect(xml).toContain('<oddFooter>&amp;C&amp;9&amp;P / &amp;N</oddFooter>')
    expect(partOf(workbook, 'xl/workbook.xml')).toContain(
      `<definedName name="_xlnm.Print_Area" localSheetId="0">'Sheet'!$A$1:$D$1</definedName>`,
    )
  })

  it('repeat the header of a long table, which also stays in view', async () => {
    const workbook = await writeWorkbook(modelOf([{ kind: 'title', text: 'x' }, long]))
    expect(partOf(workbook, 'xl/workbook.xml')).toContain(
      `<definedName name="_xlnm.Print_Titles" localSheetId="0">'Sheet'!$2:$2</definedName>`,
    )
    expect(sheetXml(workbook)).toContain(
      '<pane ySplit="2" topLeftCell="A3" activePane="bottomLeft" state="frozen"/>',
    )
    const wide = await writeWorkbook(
      modelOf([long], { isWorkings: true, widths: Array(60).fill(12) as number[], printedColumns: 7 }),
    )
    expect(sheetXml(wide)).toMatch(/orientation="portrait".* fitToWidth="1" fitToHeight="0"/)
    expect(partOf(wide, 'xl/workbook.xml')).toContain("'Sheet'!$A$1:$G$41</definedName>")
    expect(sheetXml(wide)).toContain('<pane xSplit="1" ySplit="1" topLeftCell="B2"')
    expect(partOf(wide, 'xl/workbook.xml')).toContain("'Sheet'!$A:$A,'Sheet'!$1:$1</definedName>")
    const short = await writeWorkbook(modelOf([table([[text('a')]], ['Name'])]))
    expect(sheetXml(short)).not.toContain('<pane')
    expect(partOf(short, 'xl/workbook.xml')).not.toContain('Print_Titles')
  })

  it('repeat the header of a torn table at the end of its sheet, where none begins it', async () => {
    const short = table([[text('a')]], ['Name'])
    const titlesOf = async (...blocks: readonly Block[]): Promise<string | undefined> =>
      /Print_Titles"[^>]*>'Sheet'!([^<]*)</.exec(
        partOf(await writeWorkbook(modelOf(blocks)), 'xl/workbook.xml'),
      )?.[1]
    expect(await titlesOf(short, { kind: 'title', text: 'x' }, long)).toBe('$4:$4')
    // Its header would stand above what is another table's.
    expect(await titlesOf(short, long, short)).toBeUndefined()
    expect(await titlesOf(long, short)).toBe('$1:$1')
  })

  it('begin where charts and short tables would be torn apart, with their heading', async () => {
    const rows = (count: number): Cell[][] => Array.from({ length: count }, (_, row) => [text(`row ${row}`)])
    const workbook = await writeWorkbook(
      modelOf([
        table(rows(20), ['Long']),
        { kind: 'heading', text: 'Short' },
        { kind: 'paragraph', text: 'of it' },
        table(rows(10), ['Short']),
        { kind: 'heading', text: 'Next' },
        table(rows(5), ['Next']),
      ]),
    )
    // A page takes 26 rows of 18 points. The heading of the second table is in row 23, below 21 rows and a gap.
    expect([...sheetXml(workbook).matchAll(/<brk id="(\d+)"/g)].map(([, id]) => Number(id))).toEqual([22])
  })

  it('tell sheets apart by the colours of their tabs', async () => {
    const workbook = await writeWorkbook(demoModel)
    const colors = [1, 2, 3, 4].map((sheet) => /<tabColor rgb="(\w+)"/.exec(sheetXml(workbook, sheet))?.[1])
    expect(colors).toEqual(['FF14506E', 'FFC9A227', 'FF14506E', 'FF8A94A3'])
  })
})

describe('what comes from documents and users', () => {
  const hostile = [
    '=HYPERLINK("http://example.com","x")',
    '+1+1',
    '@SUM(1)',
    '\ufffe_x0041_\u0000',
    `${'長'.repeat(39_999)}\ud800`,
    '<&">',
  ]

  it('is text and nothing else', async () => {
    const workbook = await writeWorkbook(
      modelOf([
        table(
          [...hostile, ...hostile.map((value) => `${value}2`)].map((value) => [text(value)]),
          ['=A1'],
        ),
        { kind: 'facts', rows: [['=1', '=2']] },
        { kind: 'paragraph', text: '=cmd|x' },
      ]),
    )
    expect(sheetXml(workbook)).not.toMatch(/<f[ >]|<hyperlink/)
    const values = valuesIn(workbook).get('Sheet')
    expect(values?.get('A1')).toBe('=A1')
    expect(values?.get('A2')).toBe(hostile[0])
    expect(values?.get('A5')).toBe('\ufffd_x0041_\ufffd')
    expect(String(values?.get('A6'))).toHaveLength(32_767)
    expect(values?.get('A7')).toBe('<&">')
    expect(styleOf(workbook, 'A2').format).toBe('@')
  })

  it('harms neither names of sheets nor titles nor numbers', async () => {
    const sheet = { widths: [20], onePage: false, blocks: [] }
    const workbook = await writeWorkbook({
      ...modelOf([]),
      title: `${'&'.repeat(300)}`,
      sheets: [
        { ...sheet, name: 'a/b:c*?[d]\\' },
        { ...sheet, name: '性能・資源'.repeat(20) },
        { ...sheet, name: '性能・資源'.repeat(21) },
        {
          ...sheet,
          name: '',
          blocks: [table([[number(Number.NaN, 'integer')], [number(-1e-9, 'signedPercent2')]], ['n'])],
        },
      ],
    })
    const names = [...valuesIn(workbook).keys()]
    expect(names[0]).toBe('a b c   d')
    expect(names.every((name) => name.length > 0 && name.length <= 31)).toBe(true)
    expect(new Set(names).size).toBe(4)
    expect(
      Object.keys(partsOf(workbook)).filter((path) => path.startsWith('xl/worksheets/sheet')),
    ).toHaveLength(4)
    const values = valuesIn(workbook).get('-')
    expect([values?.get('A2'), values?.get('A3')]).toEqual(['n/a', 0])
    const header = /<oddHeader>(.*?)<\/oddHeader>/.exec(sheetXml(workbook))?.[1] ?? ''
    expect(header.replaceAll('&amp;', '&').length).toBeLessThanOrEqual(255)
  })
})

describe('the bytes', () => {
  it('are the same for the same model, in any time zone', async () => {
    const first = await writeWorkbook(demoModel)
    const zone = process.env['TZ']
    process.env['TZ'] = 'America/New_York'
    const second = await writeWorkbook(demoModel)
    if (zone === undefined) delete process.env['TZ']
    else process.env['TZ'] = zone
    expect(Buffer.compare(first, second)).toBe(0)
  })

  it('tell who wrote them, about what, and when the run was', async () => {
    const core = partOf(await writeWorkbook(demoModel), 'docProps/core.xml')
    expect(core).toContain('<dc:title>評価報告書 R&amp;D</dc:title>')
    expect(core).toContain('<dc:creator>Soroban</dc:creator>')
    expect(core).toContain('>2026-04-01T09:30:00Z</dcterms:created>')
  })
})
