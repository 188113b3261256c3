import { describe, expect, it } from 'vitest'

import { readDocx } from '../../../../src/engine/documents/docx/read-docx.ts'
import type { Extracted } from '../../../../src/engine/documents/format-reader.ts'
import { readerInput } from '../zip/reader-input.ts'
import { docxBytes, paragraph, run } from './docx-bytes.ts'

const level = (index: number, format: string, text: string, rest = ''): string =>
  `<w:lvl w:ilvl="${index}"><w:start w:val="1"/><w:numFmt w:val="${format}"/>${rest}<w:lvlText w:val="${text}"/></w:lvl>`
const list = (id: number, inner: string): string =>
  `<w:abstractNum w:abstractNumId="${id}">${inner}</w:abstractNum>`
const instance = (id: number, abstract: number, rest = ''): string =>
  `<w:num w:numId="${id}"><w:abstractNumId w:val="${abstract}"/>${rest}</w:num>`
const numbered = (words: string, numId: number, ilvl?: number): string =>
  paragraph(
    run(words),
    `<w:numPr>${ilvl === undefined ? '' : `<w:ilvl w:val="${ilvl}"/>`}<w:numId w:val="${numId}"/></w:numPr>`,
  )
const styled = (words: string, style: string): string => paragraph(run(words), `<w:pStyle w:val="${style}"/>`)

function lines(body: string, numbering: string, styles = ''): readonly string[] {
  const extracted = readDocx(readerInput(docxBytes(body, { numbering, styles }))) as Extracted
  return (extracted.text ?? '').split('\n')
}

describe('numbers of lists', () => {
  it('count on over the levels and start again below', () => {
    const rules =
      list(
        0,
        level(0, 'decimal', '第%1条') +
          level(1, 'decimal', '%1.%2', '<w:suff w:val="space"/>') +
          level(2, 'aiueoFullWidth', '（%3）', '<w:suff w:val="nothing"/>'),
      ) + instance(1, 0)
    const body =
      numbered('a', 1) +
      numbered('b', 1, 1) +
      numbered('c', 1, 2) +
      numbered('d', 1, 2) +
      numbered('e', 1, 1) +
      numbered('f', 1, 2) +
      numbered('g', 1, 0) +
      numbered('h', 1, 1) +
      numbered('i', 0)
    expect(lines(body, rules)).toEqual([
      '第1条 a',
      '1.1 b',
      '（ア）c',
      '（イ）d',
      '1.2 e',
      '（ア）f',
      '第2条 g',
      '2.1 h',
      'i',
    ])
  })

  it('come from the styles of paragraphs and what those are based on', () => {
    const rules =
      list(
        7,
        level(0, 'japaneseCounting', '%1、', '<w:pStyle w:val="head"/>') +
          level(1, 'upperRoman', '%2', '<w:pStyle w:val="sub"/>'),
      ) + instance(3, 7)
    const styles =
      '<w:style w:type="paragraph" w:styleId="head"><w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:style>' +
      '<w:style w:type="paragraph" w:styleId="sub"><w:basedOn w:val="head"/><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="3"/></w:numPr></w:pPr></w:style>' +
      '<w:style w:type="paragraph" w:styleId="like"><w:basedOn w:val="head"/></w:style>'
    const body =
      styled('a', 'head') +
      styled('b', 'sub') +
      styled('c', 'like') +
      paragraph(run('d'), '<w:pStyle w:val="head"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    expect(lines(body, rules, styles)).toEqual(['一、 a', 'I b', '二、 c', 'd'])
  })

  it('start where an instance overrides them, and count on in instances that do not', () => {
    const rules =
      list(0, level(0, 'decimal', '%1.') + level(1, 'lowerLetter', '%2)')) +
      instance(1, 0) +
      instance(2, 0) +
      instance(3, 0, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>') +
      instance(4, 0, `<w:lvlOverride w:ilvl="0">${level(0, 'upperLetter', '[%1]')}</w:lvlOverride>`)
    const body =
      numbered('a', 1) +
      numbered('b', 2) +
      numbered('c', 3) +
      numbered('d', 3) +
      numbered('e', 3, 1) +
      numbered('f', 4)
    expect(lines(body, rules)).toEqual(['1. a', '2. b', '5. c', '6. d', 'a) e', '[G] f'])
  })

  it('restart only after the level that they name', () => {
    const rules =
      list(
        0,
        level(0, 'decimal', '%1') +
          level(1, 'decimal', '%2', '<w:lvlRestart w:val="0"/>') +
          level(2, 'decimal', '%3', '<w:lvlRestart w:val="1"/>'),
      ) + instance(1, 0)
    const body =
      numbered('a', 1, 0) +
      numbered('b', 1, 1) +
      numbered('c', 1, 2) +
      numbered('d', 1, 1) +
      numbered('e', 1, 2) +
      numbered('f', 1, 0) +
      numbered('g', 1, 1) +
      numbered('h', 1, 2)
    expect(lines(body, rules)).toEqual(['1 a', '1 b', '1 c', '2 d', '2 e', '2 f', '3 g', '1 h'])
  })

  it('are decimal in legal levels, and follow a format of its own', () => {
    const rules =
      list(0, level(0, 'upperRoman', '%1') + level(1, 'decimal', '%1-%2', '<w:isLgl/>')) +
      list(
        1,
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="custom" w:format="001, 002, 003, ..."/><w:lvlText w:val="No.%1"/></w:lvl>',
      ) +
      instance(1, 0) +
      instance(2, 1)
    expect(lines(numbered('a', 1) + numbered('b', 1, 1) + numbered('c', 2), rules)).toEqual([
      'I a',
      '1-1 b',
      'No.001 c',
    ])
  })

  it('are the signs of bullets, whatever their font', () => {
    const bullet = (font: string, sign: string): string =>
      level(0, 'bullet', sign, `<w:rPr><w:rFonts w:ascii="${font}" w:hAnsi="${font}"/></w:rPr>`)
    const rules =
      list(0, bullet('Symbol', '\uf0b7')) +
      list(1, bullet('Wingdings', '\uf0fc')) +
      list(2, bullet('Wingdings', '\uf02b')) +
      list(3, bullet('ＭＳ 明朝', '※')) +
      [0, 1, 2, 3].map((id) => instance(id + 1, id)).join('')
    const body = [1, 2, 3, 4].map((id) => numbered('a', id)).join('')
    expect(lines(body, rules)).toEqual(['• a', '✓ a', '• a', '※ a'])
  })

  it('come by a numbering style', () => {
    const rules =
      list(0, '<w:numStyleLink w:val="ns"/>') +
      list(1, `<w:styleLink w:val="ns"/>${level(0, 'decimalEnclosedCircle', '%1')}`) +
      instance(1, 0) +
      instance(2, 1)
    const styles =
      '<w:style w:type="numbering" w:styleId="ns"><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>'
    expect(lines(numbered('a', 1) + numbered('b', 2), rules, styles)).toEqual(['① a', '② b'])
  })

  it('do not count paragraphs whose end is deleted', () => {
    const rules = list(0, level(0, 'decimal', '%1.')) + instance(1, 0)
    const properties = '<w:numPr><w:numId w:val="1"/></w:numPr>'
    const gone = paragraph(
      '<w:del><w:r><w:delText>x</w:delText></w:r></w:del>',
      `${properties}<w:rPr><w:del/></w:rPr>`,
    )
    expect(lines(numbered('a', 1) + gone + numbered('b', 1), rules)).toEqual(['1. a', '2. b'])
  })
})
