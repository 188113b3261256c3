import { parseXml, type XmlAttributes } from '../xml/parse-xml.ts'
import type { PartContext } from '../zip/damaged.ts'
import type { ZipArchive } from '../zip/zip-archive.ts'

/**
 * The text of a chart (ISO/IEC 29500-1 §21.2) as far as it is words: titles of the chart and its axes, a line each,
 * then the names of the series and the categories, apart by tabs.
 */
export function chartLines(archive: ZipArchive, part: string, context: PartContext): readonly string[] {
  const titles: string[] = []
  const series: string[] = []
  const categories = new Set<string>()
  const path: string[] = []
  let drawn = ''
  let value = ''
  const open = (name: string, _: XmlAttributes): void => {
    path.push(name)
    if (name === 'c:v') value = ''
    else if (name === 'c:title') drawn = ''
    else if (name === 'a:p' && drawn !== '') drawn += ' '
  }
  const text = (piece: string): void => {
    if (path.at(-1) === 'c:v') value += piece
    else if (path.at(-1) === 'a:t' && path.includes('c:title')) drawn += piece
  }
  const close = (name: string): void => {
    path.pop()
    if (name === 'c:title' && drawn.trim() !== '') titles.push(drawn.trim())
    else if (name !== 'c:v' || !path.includes('c:ser')) return
    else if (path.includes('c:tx')) series.push(value)
    else if (path.includes('c:cat') && path.includes('c:strCache')) categories.add(value)
  }
  parseXml(archive, part, { open, close, text }, context)
  return [...titles, series.join('\t'), [...categories].join('\t')].filter((line) => line !== '')
}
