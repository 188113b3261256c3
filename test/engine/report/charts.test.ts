import { beforeAll, describe, expect, it } from 'vitest'

import { at, between, type Cell, type Chart, number, text } from '../../../src/engine/report/sheet-model.ts'
import { writeWorkbook } from '../../../src/engine/report/workbook.ts'
import { demoModel, modelOf } from './demo-model.ts'
import { partOf, partsOf } from './package-parts.ts'

let demo: Uint8Array
beforeAll(async () => {
  demo = await writeWorkbook(demoModel)
})

/** In the order of the demo: cash, memory, waterfall, tornado, columns. */
const chart = (place: number): string => partOf(demo, `xl/charts/chart${place}.xml`)
const anchors = (drawing: string) =>
  [...drawing.matchAll(/<xdr:twoCellAnchor.*?<\/xdr:twoCellAnchor>/gs)].map(([xml]) => ({
    from: [/<xdr:from><xdr:col>(\d+)/.exec(xml)?.[1], /<xdr:from>.*?<xdr:row>(\d+)/s.exec(xml)?.[1]].map(
      Number,
    ),
    to: [/<xdr:to><xdr:col>(\d+)/.exec(xml)?.[1], /<xdr:to>.*?<xdr:row>(\d+)/s.exec(xml)?.[1]].map(Number),
  }))

const ROWS: readonly Cell[][] = [1, 2, 3].map((value) => [
  { ...number(value, 'integer'), id: `x.${value}` },
  { ...number(value * 10, 'integer'), id: `y.${value}` },
])
const SAMPLE: Chart = {
  kind: 'chart',
  chart: 'scatter',
  title: 'T <1>',
  alt: 'A "chart" & more',
  x: { title: '', format: 'decimal1' },
  y: { title: 'y', format: 'decimal1' },
  width: 0.5,
  height: 10,
  series: [
    {
      name: 'S & <s>',
      color: 2,
      isMeasured: true,
      x: [1, 2, 3],
      y: [10, null, Number.NaN],
      reference: { name: at('name'), x: between('x.1', 'x.3'), y: between('y.1', 'y.3') },
    },
  ],
}
const write = (charts: readonly Chart[]): Promise<Uint8Array> =>
  writeWorkbook(
    modelOf(
      [
        { kind: 'title', text: 'title' },
        ...charts,
        { kind: 'paragraph', text: 'below' },
        {
          kind: 'table',
          columns: ['a', 'b'].map((header) => ({ header, align: 'left' as const })),
          rows: [[{ ...text('S & <s>'), id: 'name' }], ...ROWS],
        },
      ],
      { name: '感度 分析' },
    ),
  )

describe('a chart', () => {
  it('refers to cells and caches what they hold, gaps included', async () => {
    const xml = partOf(await write([SAMPLE]), 'xl/charts/chart1.xml')
    expect(/<c:tx><c:strRef>.*?<\/c:tx>/s.exec(xml)?.[0]).toBe(
      '<c:tx><c:strRef><c:f>\'感度 分析\'!$A$15</c:f><c:strCache><c:ptCount val="1"/>' +
        '<c:pt idx="0"><c:v>S &amp; &lt;s&gt;</c:v></c:pt></c:strCache></c:strRef></c:tx>',
    )
    expect(/<c:xVal>.*?<\/c:xVal>/s.exec(xml)?.[0].replace(/<c:formatCode>.*?<\/c:formatCode>/, '')).toBe(
      '<c:xVal><c:numRef><c:f>\'感度 分析\'!$A$16:$A$18</c:f><c:numCache><c:ptCount val="3"/>' +
        '<c:pt idx="0"><c:v>1</c:v></c:pt><c:pt idx="1"><c:v>2</c:v></c:pt><c:pt idx="2"><c:v>3</c:v></c:pt>' +
        '</c:numCache></c:numRef></c:xVal>',
    )
    expect(/<c:yVal>.*?<\/c:yVal>/s.exec(xml)?.[0]).toContain(
      '<c:ptCount val="3"/><c:pt idx="0"><c:v>10</c:v></c:pt></c:numCache>',
    )
    expect(xml).toContain('<a:t>T &lt;1&gt;</a:t>')
    expect(xml).toContain('<c:dispBlanksAs val="gap"/>')
    expect(xml).not.toContain('<c:legend>')
  })

  it('is refused when it has not one value for each cell', async () => {
    const [series] = SAMPLE.series
    await expect(write([{ ...SAMPLE, series: [{ ...series!, x: [1, 2] }] }])).rejects.toThrow(
      '2 values for 3 cells',
    )
  })

  it('is described for who does not see it', async () => {
    expect(partOf(await write([SAMPLE]), 'xl/drawings/drawing1.xml')).toContain(
      'name="Chart 1" descr="A &quot;chart&quot; &amp; more"',
    )
  })

  it('joins points by straight lines, dashed and hollow where nothing was measured', () => {
    const [cumulative, cash] = chart(1).split('</c:ser>')
    expect(cumulative).toContain(
      '<a:srgbClr val="C0481C"></a:srgbClr></a:solidFill><a:prstDash val="dash"/><a:round/>',
    )
    expect(cumulative).toContain('<c:size val="5"/><c:spPr><a:solidFill><a:srgbClr val="FFFFFF">')
    expect(cash).toContain('<a:srgbClr val="4A648C"></a:srgbClr></a:solidFill><a:round/>')
    expect(cash).toContain('<c:smooth val="0"/>')
    expect(chart(1)).toContain('<c:majorUnit val="1"/>')
  })

  it('doubles context lengths and counts memory in tens on logarithmic axes', () => {
    const [along, up] = chart(2).match(/<c:scaling>.*?<\/c:scaling>/g) ?? []
    expect(along).toBe(
      '<c:scaling><c:logBase val="2"/><c:orientation val="minMax"/><c:max val="8601.6"/><c:min val="512"/></c:scaling>',
    )
    expect(up).toBe('<c:scaling><c:logBase val="10"/><c:orientation val="minMax"/></c:scaling>')
  })

  it('reaches just beyond its values where its axis is fitted', async () => {
    const [series] = SAMPLE.series
    const fitted = {
      ...SAMPLE,
      y: { ...SAMPLE.y, isFitted: true },
      series: [{ ...series!, y: [6.02, 6.31, null] }],
    }
    const xml = partOf(await write([fitted]), 'xl/charts/chart1.xml')
    expect(xml).toContain('<c:max val="6.35"/><c:min val="6"/>')
    expect(partOf(await write([SAMPLE]), 'xl/charts/chart1.xml')).not.toContain('<c:min ')
  })

  it('writes amounts on the steps of a waterfall, none on one of 0', () => {
    const [base, ...steps] = chart(3).split('</c:ser>').slice(0, -1)
    expect(base).not.toContain('<c:dLbls>')
    for (const step of steps)
      expect(step).toContain(
        '<c:dLbls><c:numFmt formatCode="[&gt;=0.5]&quot;¥&quot;#,##0;;" sourceLinked="0"/>',
      )
    expect(chart(1)).not.toContain('<c:dLbls>')
  })

  it('stacks a waterfall on what has no ink and no legend', () => {
    const xml = chart(3)
    expect(xml).toContain('<c:barDir val="col"/><c:grouping val="stacked"/>')
    expect(xml).toContain('<c:overlap val="100"/>')
    expect(xml).toContain('<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr><c:invertIfNegative val="0"/>')
    expect(xml).toContain('<c:legendEntry><c:idx val="0"/><c:delete val="1"/></c:legendEntry><c:overlay')
    expect(xml).toContain('<a:srgbClr val="4A648C"><a:alpha val="60000"/></a:srgbClr>')
    expect(xml).toMatch(/<c:cat><c:strRef>.*現状の総費用/s)
  })

  it('lays a tornado on its side, the first name on top, its values below', () => {
    const xml = chart(4)
    expect(xml).toContain('<c:barDir val="bar"/><c:grouping val="clustered"/>')
    expect(xml).toContain('<c:overlap val="100"/>')
    const [names, values] = xml.match(/<c:(?:cat|val)Ax>.*?<\/c:(?:cat|val)Ax>/gs) ?? []
    expect(names).toContain('<c:orientation val="maxMin"/>')
    expect(names).toContain('<c:tickLblPos val="low"/>')
    expect(values).toContain('<c:crosses val="max"/>')
    expect(values).toContain('formatCode="[&gt;=0.5]+&quot;¥&quot;#,##0;')
  })

  it('sets columns side by side', () => {
    expect(chart(5)).toContain('<c:barDir val="col"/><c:grouping val="clustered"/>')
    expect(chart(5)).toContain('<c:overlap val="0"/>')
  })
})

describe('the place of charts', () => {
  it('is side by side as far as the width goes, with the rows below kept free', async () => {
    const workbook = await write([SAMPLE, SAMPLE, { ...SAMPLE, width: 1, height: 5 }])
    expect(anchors(partOf(workbook, 'xl/drawings/drawing1.xml'))).toEqual([
      { from: [0, 1], to: [1, 11] },
      { from: [2, 1], to: [3, 11] },
      { from: [0, 11], to: [3, 16] },
    ])
    // Title, 10 + 5 rows of charts, a gap: the paragraph is in row 18.
    expect(partOf(workbook, 'xl/worksheets/sheet1.xml')).toMatch(/<row r="17"[^>]* ht="8".*<c r="A18"/s)
  })

  it('is known to the package', () => {
    const parts = partsOf(demo)
    const types = parts['[Content_Types].xml'] ?? ''
    for (const path of Object.keys(parts).filter((each) => /^xl\/(charts|drawings)\/[^/]*$/.test(each)))
      expect(types).toContain(`PartName="/${path}"`)
    expect(Object.keys(parts).filter((path) => /^xl\/drawings\/[^/]*$/.test(path))).toHaveLength(2)
    expect(parts['xl/worksheets/sheet1.xml']).toMatch(/<\/headerFooter><drawing r:id="rId1"\/><\/worksheet>$/)
    expect(parts['xl/worksheets/sheet2.xml']).not.toContain('<drawing')
  })
})
