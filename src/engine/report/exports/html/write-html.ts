import { createHash } from 'node:crypto'

import type { Locale } from '../../../../shared/messages/index.ts'
import type { ReportModel } from '../../../../shared/report-model.ts'
import { sheetBlocks } from './blocks.ts'
import { element, escapeHtml } from './escape.ts'
import { pageFor } from './page.ts'
import { STYLESHEET } from './stylesheet.ts'

/** Nothing is loaded, sent or run; the one stylesheet is allowed by its hash. */
const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLESHEET).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ')

/**
 * The report as one HTML file that needs nothing else: no scripts, no references, printable on A4 landscape with a
 * page for each sheet. Equal models give equal text.
 */
export function writeHtml(model: ReportModel, locale: Locale): string {
  const page = pageFor(locale, model)
  const idOf = (index: number): string => `sheet-${index + 1}`
  const links = model.sheets.map(({ name }, index) =>
    element('li', {}, element('a', { href: `#${idOf(index)}` }, escapeHtml(name))),
  )
  const head = [
    element('meta', { charset: 'utf-8' }, null),
    element('meta', { 'http-equiv': 'Content-Security-Policy', content: POLICY }, null),
    element('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }, null),
    element('meta', { name: 'color-scheme', content: 'light dark' }, null),
    element('meta', { name: 'referrer', content: 'no-referrer' }, null),
    element('meta', { name: 'generator', content: 'Soroban' }, null),
    element('meta', { name: 'description', content: model.subject }, null),
    element('title', {}, escapeHtml(model.title)),
    element('style', {}, STYLESHEET),
  ]
  const sections = model.sheets.map((sheet, index) =>
    element(
      'section',
      { id: idOf(index), 'aria-label': sheet.name, class: sheet.onePage ? 'one-page' : undefined },
      `\n${sheetBlocks(sheet, idOf(index), index === 0 ? 1 : 2, page)}\n`,
    ),
  )
  return `${[
    '<!doctype html>',
    `<html lang="${locale}">`,
    element('head', {}, `\n${head.join('\n')}\n`),
    '<body>',
    element('nav', { 'aria-label': page.words('sheets') }, element('ul', {}, links.join(''))),
    element('main', {}, `\n${sections.join('\n')}\n`),
    '</body>',
    '</html>',
  ].join('\n')}\n`
}
