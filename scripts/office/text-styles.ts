import { escapeXml, FONT_FACES } from './xml.ts'

export interface TextLayout {
  readonly title: string
  readonly language: 'ja' | 'en'
  readonly font: 'sans' | 'serif'
  /** On every page; none where it is left out. */
  readonly header?: string
  /** Stands before the page number. */
  readonly footer?: string
  readonly vertical?: boolean
  readonly columns?: 2
  readonly landscape?: boolean
  /** In points. */
  readonly size?: number
}

const FAMILIES = {
  ja: { sans: 'Noto Sans CJK JP', serif: 'Noto Serif CJK JP' },
  en: { sans: 'Liberation Sans', serif: 'Liberation Serif' },
} as const

/** Fonts, styles, page layout and master page, in the order that a flat file wants them. */
export function textStyles(layout: TextLayout, columnStyles: string): string {
  return [
    FONT_FACES,
    `<office:styles>${defaultStyle(layout)}${headings(layout)}${paragraphs(layout)}${FOOTNOTES}</office:styles>`,
    `<office:automatic-styles>${AUTOMATIC}${columnStyles}${pageLayout(layout)}</office:automatic-styles>`,
    `<office:master-styles>${masterPage(layout)}</office:master-styles>`,
  ].join('\n')
}

function defaultStyle({ language, font, size = 10.5 }: TextLayout): string {
  const family = FAMILIES[language][font]
  const asian = FAMILIES.ja[font]
  const hyphenation =
    language === 'en'
      ? ' fo:hyphenate="true" fo:hyphenation-remain-char-count="2" fo:hyphenation-push-char-count="2"'
      : ''
  return (
    `<style:default-style style:family="paragraph"><style:paragraph-properties style:tab-stop-distance="0.8cm"/>` +
    `<style:text-properties style:font-name="${family}" style:font-name-asian="${asian}" fo:font-size="${size}pt" ` +
    `style:font-size-asian="${size}pt" fo:language="en" fo:country="US" style:language-asian="ja" ` +
    `style:country-asian="JP"${hyphenation}/></style:default-style>`
  )
}

function headings({ language, size = 10.5, columns }: TextLayout): string {
  const family = FAMILIES[language].sans
  const sizes = [size * (columns ? 1.4 : 1.7), size * 1.25, size * 1.08]
  return sizes
    .map((points, at) => {
      const level = at + 1
      const name = `Heading_20_${level}`
      const align = level === 1 ? ' fo:text-align="center"' : ''
      const border = level === 2 ? ' fo:border-bottom="0.5pt solid #7f8fa6" fo:padding-bottom="0.05cm"' : ''
      const properties = (extra: string): string =>
        `<style:paragraph-properties fo:margin-top="${level === 1 ? 0 : 0.45}cm" fo:margin-bottom="0.2cm" ` +
        `fo:keep-with-next="always"${align}${border}${extra}/><style:text-properties style:font-name="${family}" ` +
        `style:font-name-asian="${FAMILIES.ja.sans}" fo:font-size="${points.toFixed(1)}pt" ` +
        `style:font-size-asian="${points.toFixed(1)}pt" fo:font-weight="bold" style:font-weight-asian="bold" fo:color="#1f3354" fo:hyphenate="false"/>`
      return (
        `<style:style style:name="${name}" style:display-name="Heading ${level}" style:family="paragraph" ` +
        `style:default-outline-level="${level}">${properties('')}</style:style>` +
        `<style:style style:name="${name}_break" style:family="paragraph" ` +
        `style:parent-style-name="${name}">${properties(' fo:break-before="page"')}</style:style>`
      )
    })
    .join('')
}

function paragraphs({ language, size = 10.5, columns }: TextLayout): string {
  const justify = language === 'en' ? 'justify' : 'start'
  const styles: Readonly<Record<string, readonly [paragraph: string, text?: string]>> = {
    P_body: [
      `fo:text-align="${columns ? 'justify' : justify}" fo:margin-bottom="0.15cm" fo:line-height="135%"`,
    ],
    P_right: ['fo:text-align="end" fo:margin-bottom="0.15cm"'],
    P_quotation: ['fo:margin-left="0.8cm" fo:margin-bottom="0.1cm"', 'fo:color="#44546a"'],
    P_aligned: [
      'fo:margin-bottom="0cm"',
      `style:font-name="Noto Sans Mono CJK JP" style:font-name-asian="Noto Sans Mono CJK JP" fo:font-size="${size - 2}pt" style:font-size-asian="${size - 2}pt"`,
    ],
    P_item0: [
      'fo:margin-left="0.8cm" fo:text-indent="-0.8cm" fo:margin-bottom="0.1cm" fo:line-height="130%"',
    ],
    P_item1: [
      'fo:margin-left="1.6cm" fo:text-indent="-0.8cm" fo:margin-bottom="0.1cm" fo:line-height="130%"',
    ],
    P_item2: [
      'fo:margin-left="2.4cm" fo:text-indent="-0.8cm" fo:margin-bottom="0.1cm" fo:line-height="130%"',
    ],
    P_clause: ['fo:margin-bottom="0.15cm" fo:line-height="135%"'],
    P_box: ['fo:margin-bottom="0cm"'],
    P_gap: [
      'fo:margin-bottom="0cm" fo:line-height="0.3cm"',
      'fo:font-size="4pt" style:font-size-asian="4pt"',
    ],
    P_head: [
      'fo:text-align="center"',
      `fo:font-weight="bold" style:font-weight-asian="bold" ${cellSize(size)}`,
    ],
    P_cell: ['fo:text-align="start"', cellSize(size)],
    P_number: ['fo:text-align="end"', cellSize(size)],
    P_running: ['fo:text-align="end"', 'fo:font-size="8pt" style:font-size-asian="8pt" fo:color="#5a6573"'],
    P_footnote: ['fo:margin-left="0.4cm"', 'fo:font-size="8.5pt" style:font-size-asian="8.5pt"'],
  }
  return Object.entries(styles)
    .flatMap(([name, [paragraph, text = '']]) =>
      ['', '_break'].map(
        (ending) =>
          `<style:style style:name="${name}${ending}" style:family="paragraph"><style:paragraph-properties ${paragraph}` +
          `${ending && ' fo:break-before="page"'}/><style:text-properties ${text}/></style:style>`,
      ),
    )
    .join('')
}

function cellSize(size: number): string {
  return `fo:font-size="${size - 1}pt" style:font-size-asian="${size - 1}pt" fo:hyphenate="false"`
}

const FOOTNOTES =
  '<text:notes-configuration text:note-class="footnote" style:num-format="1" text:start-value="0" ' +
  'text:footnotes-position="page" text:start-numbering-at="document"/>'

const BORDER = 'fo:border="0.5pt solid #7f8fa6" fo:padding="0.1cm"'
const AUTOMATIC =
  '<style:style style:name="T_bold" style:family="text"><style:text-properties fo:font-weight="bold" ' +
  'style:font-weight-asian="bold"/></style:style>' +
  '<style:style style:name="Ruby" style:family="ruby"><style:ruby-properties style:ruby-position="above" ' +
  'style:ruby-align="distribute-space"/></style:style>' +
  '<style:style style:name="Table" style:family="table"><style:table-properties style:rel-width="100%" ' +
  'table:align="margins" fo:margin-top="0.1cm"/></style:style>' +
  '<style:style style:name="Row" style:family="table-row"><style:table-row-properties ' +
  'fo:keep-together="auto"/></style:style>' +
  `<style:style style:name="Cell" style:family="table-cell"><style:table-cell-properties ${BORDER}/></style:style>` +
  '<style:style style:name="Head" style:family="table-cell"><style:table-cell-properties ' +
  `${BORDER} fo:background-color="#e6ebf2"/></style:style>` +
  `<style:style style:name="Box" style:family="graphic"><style:graphic-properties ${BORDER} ` +
  'draw:fill="solid" draw:fill-color="#fff8e1" fo:background-color="#fff8e1" style:vertical-pos="middle" style:vertical-rel="line"/></style:style>' +
  '<style:style style:name="TwoColumns" style:family="section"><style:section-properties ' +
  'text:dont-balance-text-columns="false"><style:columns fo:column-count="2" fo:column-gap="0.8cm">' +
  '<style:column style:rel-width="1*" fo:start-indent="0cm" fo:end-indent="0.4cm"/>' +
  '<style:column style:rel-width="1*" fo:start-indent="0.4cm" fo:end-indent="0cm"/>' +
  '</style:columns></style:section-properties></style:style>' +
  '<text:list-style style:name="Clauses"><text:list-level-style-number text:level="1" style:num-format="1" ' +
  'loext:num-list-format="第%1%条" style:num-prefix="第" style:num-suffix="条"><style:list-level-properties text:list-level-position-and-space-mode="label-alignment">' +
  '<style:list-level-label-alignment text:label-followed-by="space"/></style:list-level-properties>' +
  '</text:list-level-style-number></text:list-style>'

function pageLayout({ landscape = false, vertical = false }: TextLayout): string {
  const [width, height] = landscape ? [29.7, 21] : [21, 29.7]
  const mode = vertical ? ' style:writing-mode="tb-rl"' : ''
  const band = (kind: string, side: string): string =>
    `<style:${kind}-style><style:header-footer-properties fo:min-height="0.6cm" fo:margin-${side}="0.4cm"/></style:${kind}-style>`
  return (
    `<style:page-layout style:name="Page"><style:page-layout-properties fo:page-width="${width}cm" ` +
    `fo:page-height="${height}cm" style:print-orientation="${landscape ? 'landscape' : 'portrait'}" ` +
    `fo:margin-top="1.8cm" fo:margin-bottom="1.6cm" fo:margin-left="2.3cm" fo:margin-right="2.3cm"${mode}/>` +
    `${band('header', 'bottom')}${band('footer', 'top')}</style:page-layout>`
  )
}

function masterPage({ header, footer }: TextLayout): string {
  const running = (kind: string, content: string): string =>
    `<style:${kind}><text:p text:style-name="P_running">${content}</text:p></style:${kind}>`
  return (
    '<style:master-page style:name="Standard" style:page-layout-name="Page">' +
    (header === undefined ? '' : running('header', escapeXml(header))) +
    (footer === undefined
      ? ''
      : running(
          'footer',
          `${escapeXml(footer)} <text:page-number text:select-page="current">1</text:page-number>`,
        )) +
    '</style:master-page>'
  )
}
