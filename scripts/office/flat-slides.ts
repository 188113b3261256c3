/** Slides as a flat OpenDocument presentation. */
import { displayWidth } from './display-width.ts'
import { escapeXml, FONT_FACES, flatOdf } from './xml.ts'

export interface Slide {
  readonly title: string
  readonly points?: readonly string[]
  /** The first row is the header. */
  readonly table?: readonly (readonly string[])[]
  readonly notes?: string
  readonly hidden?: boolean
}

/** What a person reads: title, points, table, then the speaker's notes, slide by slide. */
export function readableSlides(slides: readonly Slide[]): string {
  return slides
    .filter((slide) => slide.hidden !== true)
    .map(({ title, points = [], table = [], notes }) =>
      [title, ...points, ...table.map((row) => row.join('\t')), ...(notes === undefined ? [] : [notes])].join(
        '\n',
      ),
    )
    .join('\n\f')
    .concat('\n')
}

export function flatSlides(slides: readonly Slide[]): string {
  return flatOdf('presentation', [
    FONT_FACES,
    `<office:automatic-styles>${STYLES}</office:automatic-styles>`,
    `<office:master-styles><draw:layer-set><draw:layer draw:name="layout"/></draw:layer-set>` +
      `<style:master-page style:name="Company" style:page-layout-name="Page" draw:style-name="Back"/></office:master-styles>`,
    `<office:body><office:presentation>${slides.map(slideXml).join('\n')}</office:presentation></office:body>`,
  ])
}

function slideXml({ title, points = [], table, notes, hidden }: Slide, at: number): string {
  // Of 17 points, in a box of 25 cm.
  const lines = points.reduce((sum, point) => sum + Math.ceil(displayWidth(point) / 80), 0)
  const height = lines * 0.85 + points.length * 0.25
  const top = points.length === 0 ? 3.2 : 3.4 + height
  return (
    `<draw:page draw:name="slide${at + 1}" draw:master-page-name="Company" draw:style-name="${hidden ? 'Hidden' : 'Back'}">` +
    frame(
      'Title',
      'title',
      [1.5, 1, 25, 1.8],
      `<draw:text-box><text:p text:style-name="P_title">${escapeXml(title)}</text:p></draw:text-box>`,
    ) +
    (points.length === 0
      ? ''
      : frame(
          'Body',
          'outline',
          [1.5, 3.1, 25, height],
          `<draw:text-box>${points.map((point) => `<text:p text:style-name="P_point">${escapeXml(point)}</text:p>`).join('')}</draw:text-box>`,
        )) +
    (table ? frame('Plain', undefined, [1.5, top, 25, table.length * 1.1], tableXml(table)) : '') +
    (notes === undefined
      ? ''
      : `<presentation:notes draw:style-name="Back">` +
        `<draw:page-thumbnail presentation:class="page" svg:x="3cm" svg:y="2cm" svg:width="15cm" svg:height="8.4cm" draw:page-number="${at + 1}"/>` +
        frame(
          'Plain',
          'notes',
          [2, 12, 17, 14],
          `<draw:text-box>${notes
            .split('\n')
            .map((line) => `<text:p>${escapeXml(line)}</text:p>`)
            .join('')}</draw:text-box>`,
        ) +
        `</presentation:notes>`) +
    `</draw:page>`
  )
}

function frame(
  style: string,
  role: string | undefined,
  [x, y, width, height]: readonly [number, number, number, number],
  content: string,
): string {
  const presentation =
    role === undefined
      ? `draw:style-name="${style}"`
      : `presentation:style-name="${style}" presentation:class="${role}"`
  return (
    `<draw:frame ${presentation} draw:layer="layout" svg:x="${x}cm" svg:y="${y}cm" svg:width="${width}cm" ` +
    `svg:height="${height.toFixed(2)}cm">${content}</draw:frame>`
  )
}

function tableXml(rows: readonly (readonly string[])[]): string {
  const columns = '<table:table-column/>'.repeat(rows[0]?.length ?? 0)
  const written = rows.map((cells, row) => {
    const style = row === 0 ? 'Head' : 'Cell'
    const cell = (text: string): string =>
      `<table:table-cell table:style-name="${style}"><text:p text:style-name="P_${style}">${escapeXml(text)}</text:p></table:table-cell>`
    return `<table:table-row>${cells.map(cell).join('')}</table:table-row>`
  })
  return `<table:table>${columns}${written.join('')}</table:table>`
}

const font = (points: number, more = ''): string =>
  `<style:text-properties style:font-name="Noto Sans CJK JP" style:font-name-asian="Noto Sans CJK JP" ` +
  `fo:font-size="${points}pt" style:font-size-asian="${points}pt" fo:language="en" fo:country="US" style:language-asian="ja" style:country-asian="JP" ${more}/>`
const BOLD = 'fo:font-weight="bold" style:font-weight-asian="bold"'
const frameStyle = (name: string, family: string): string =>
  `<style:style style:name="${name}" style:family="${family}"><style:graphic-properties draw:stroke="none" draw:fill="none" ` +
  `draw:auto-grow-height="false" draw:textarea-vertical-align="top"/>${font(18)}</style:style>`
const STYLES =
  '<style:page-layout style:name="Page"><style:page-layout-properties fo:page-width="28cm" fo:page-height="15.75cm" ' +
  'style:print-orientation="landscape" fo:margin="0cm"/></style:page-layout>' +
  '<style:style style:name="Back" style:family="drawing-page"><style:drawing-page-properties ' +
  'presentation:background-visible="true" presentation:background-objects-visible="true"/></style:style>' +
  '<style:style style:name="Hidden" style:family="drawing-page"><style:drawing-page-properties presentation:visibility="hidden"/></style:style>' +
  frameStyle('Title', 'presentation') +
  frameStyle('Body', 'presentation') +
  frameStyle('Plain', 'graphic') +
  `<style:style style:name="P_title" style:family="paragraph"><style:paragraph-properties fo:text-align="start"/>${font(26, `${BOLD} fo:color="#1f3354"`)}</style:style>` +
  `<style:style style:name="P_point" style:family="paragraph"><style:paragraph-properties fo:margin-bottom="0.15cm"/>${font(17)}</style:style>` +
  `<style:style style:name="P_Head" style:family="paragraph">${font(13, BOLD)}</style:style>` +
  `<style:style style:name="P_Cell" style:family="paragraph">${font(13)}</style:style>` +
  ['Head:#dfe6f0', 'Cell:#ffffff']
    .map((pair) => {
      const [name, colour] = pair.split(':')
      return (
        `<style:style style:name="${name}" style:family="table-cell"><style:graphic-properties draw:fill="solid" ` +
        `draw:fill-color="${colour}" draw:textarea-vertical-align="middle"/><style:paragraph-properties fo:border="0.5pt solid #7f8fa6"/></style:style>`
      )
    })
    .join('')
