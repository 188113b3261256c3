/** Puts charts into a finished workbook package: the writer's library knows none. */
import { strFromU8, strToU8 } from 'fflate'

import { chartText } from './safe-text.ts'
import { escapeXml } from './xml.ts'

const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const DRAWING_TYPE = 'application/vnd.openxmlformats-officedocument.drawing+xml'
const CHART_TYPE = 'application/vnd.openxmlformats-officedocument.drawingml.chart+xml'
const DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const EMPTY_RELATIONSHIPS = `${DECLARATION}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>`

/** Corner of a chart: columns and rows from 0, and EMU beyond the column's left edge. */
export interface Corner {
  readonly column: number
  readonly offset: number
  readonly row: number
}

export interface Drawn {
  readonly xml: string
  /** The chart in a sentence, for who does not see it. */
  readonly alt: string
  readonly from: Corner
  readonly to: Corner
}

/** The parts of a package by path. */
export type Parts = Record<string, Uint8Array>

/**
 * Adds charts to sheets.
 *
 * @param bySheet charts of each sheet, in the order of the workbook's sheets
 */
export function addCharts(parts: Parts, bySheet: readonly (readonly Drawn[])[]): void {
  let charts = 0
  let drawings = 0
  for (const [index, drawn] of bySheet.entries()) {
    if (drawn.length === 0) continue
    const drawing = `xl/drawings/drawing${++drawings}.xml`
    const anchors = drawn.map((chart, place) => {
      const part = `xl/charts/chart${++charts}.xml`
      parts[part] = strToU8(chart.xml)
      declare(parts, part, CHART_TYPE)
      return anchor(chart, place + 2, relate(parts, drawing, 'chart', `../charts/chart${charts}.xml`))
    })
    parts[drawing] = strToU8(
      `${DECLARATION}<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" ` +
        `xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">${anchors.join('')}</xdr:wsDr>`,
    )
    declare(parts, drawing, DRAWING_TYPE)
    const sheet = `xl/worksheets/sheet${index + 1}.xml`
    const id = relate(parts, sheet, 'drawing', `../drawings/drawing${drawings}.xml`)
    // The library writes nothing that has to follow a drawing: no comments, pictures, tables or extensions.
    edit(parts, sheet, (xml) => xml.replace('</worksheet>', `<drawing r:id="${id}"/></worksheet>`))
  }
}

function edit(parts: Parts, path: string, change: (xml: string) => string): void {
  const part = parts[path]
  if (part === undefined) throw new Error(`the workbook has no ${path}`)
  parts[path] = strToU8(change(strFromU8(part)))
}

function declare(parts: Parts, part: string, type: string): void {
  edit(parts, '[Content_Types].xml', (xml) =>
    xml.replace('</Types>', `<Override PartName="/${part}" ContentType="${type}"/></Types>`),
  )
}

/** Adds a relationship and returns its id. */
function relate(parts: Parts, from: string, kind: 'chart' | 'drawing', target: string): string {
  const path = from.replace(/([^/]+)$/, '_rels/$1.rels')
  parts[path] ??= strToU8(EMPTY_RELATIONSHIPS)
  let id = ''
  edit(parts, path, (xml) => {
    id = `rId${[...xml.matchAll(/<Relationship /g)].length + 1}`
    const added = `<Relationship Id="${id}" Type="${OFFICE}/${kind}" Target="${target}"/>`
    return xml.replace('</Relationships>', `${added}</Relationships>`)
  })
  return id
}

const corner = (tag: 'from' | 'to', { column, offset, row }: Corner): string =>
  `<xdr:${tag}><xdr:col>${column}</xdr:col><xdr:colOff>${offset}</xdr:colOff><xdr:row>${row}</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:${tag}>`

const anchor = ({ alt, from, to }: Drawn, id: number, relationship: string): string =>
  `<xdr:twoCellAnchor editAs="oneCell">${corner('from', from)}${corner('to', to)}` +
  `<xdr:graphicFrame macro=""><xdr:nvGraphicFramePr><xdr:cNvPr id="${id}" name="Chart ${id - 1}" descr="${escapeXml(chartText(alt))}"/>` +
  '<xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr><xdr:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/></xdr:xfrm>' +
  '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">' +
  `<c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:r="${OFFICE}" r:id="${relationship}"/>` +
  '</a:graphicData></a:graphic></xdr:graphicFrame><xdr:clientData/></xdr:twoCellAnchor>'
