import { describe, expect, it } from 'vitest'

import { SeededRandom } from '../../../src/engine/kernel/random.ts'
import { normalizeText } from '../../../src/engine/text/index.ts'

const textOf = (original: string): string => normalizeText(original).text

describe('normalizeText', () => {
  it('records each step that changed something', () => {
    const cases = [
      ['a\u0000b\ud800', 'ab\ufffd', ['control-characters']],
      ['\ufeffa\ufeffb', 'ab', ['byte-order-marks']],
      ['a\r\nb\rc\fd\u2028e', 'a\nb\nc\nd\ne', ['line-ends']],
      ['か\u3099き', 'がき', ['composed-characters']],
      ['㈱ｶﾞｽ', '㈱ガス', ['compatibility-characters']],
      ['　字下げ \t　\nb ', '　字下げ\nb', ['trailing-spaces']],
      ['\n\na\n\n\nb\n', 'a\n\n\nb', ['surrounding-blank-lines']],
      ['\ufeff \r\na', 'a', ['byte-order-marks', 'line-ends', 'trailing-spaces', 'surrounding-blank-lines']],
      ['経費精算 規程\tA', '経費精算 規程\tA', []],
    ] as const
    for (const [original, text, steps] of cases) {
      expect(normalizeText(original)).toEqual({ text, steps, pageStarts: [] })
    }
  })

  it('puts letters and their marks together', () => {
    for (const text of [
      'ガギグゲゴ ぱぴぷぺぽ ゔヴ ゞ',
      'Größe élève Čeština',
      'Ελληνική',
      'Йорк',
      'tiếng Việt',
    ]) {
      expect(textOf(text.normalize('NFD'))).toBe(text)
    }
    // A mark that makes no letter of its own stays beside it.
    expect(textOf('か\u309a')).toBe('か\u309a')
  })

  it('gives ideographs in place of the radicals of PDF fonts', () => {
    const kangxi = Array.from({ length: 0xd6 }, (_, index) => String.fromCodePoint(0x2f00 + index))
    for (const radical of kangxi) expect(textOf(radical)).toBe(radical.normalize('NFKC'))
    expect(textOf('⽇本⼈の⼿⾜、⺠間の⻑、⻄と⻘、⻝品、⻩⾊')).toBe(
      '日本人の手足、民間の長、西と青、食品、黄色',
    )
    // These are written where the radical itself is meant.
    expect(textOf('⺅⺾⻌')).toBe('⺅⺾⻌')
  })

  it('takes ligatures, half-width katakana and vertical forms for what they stand for', () => {
    expect(textOf('ﬁnal oﬃce ﬂow aﬀair baﬄe')).toBe('final office flow affair baffle')
    expect(textOf('ｶﾌﾞｼｷｶﾞｲｼｬ ﾊﾟｰﾄ｡｢ｱ･ｲ､ｳ｣ｯｬ')).toBe('カブシキガイシャ パート。「ア・イ、ウ」ッャ')
    expect(textOf('カﾞ ｱﾞ ﾟ')).toBe('ガ ア゛ ゜')
    expect(textOf('﹁経費﹂︑﹃規程﹄︒︵注︶︙〔︖〕')).toBe('「経費」、『規程』。（注）…〔？〕')
  })

  it('leaves what the writer chose', () => {
    // Compatibility ideographs of persons' names, which canonical composition would replace.
    expect(textOf('神田 﨑山 塚本 羽生')).toBe('神田 﨑山 塚本 羽生')
    const kept = '①⑩ ㈱㈲ ㎡㎏ m² CO₂ ½ ™ Ⅳ ＡＢＣ１２３ （全角）　空白 …‥ ～〜 ―— ゛ ㌔ ℡ \u00a0 Å'
    expect(textOf(kept)).toBe(kept)
  })

  it('tells where pages begin', () => {
    expect(normalizeText('\n\n一 頁 \f\f三頁\r\n続き\n\f', { hasPages: true })).toEqual({
      text: '一 頁\n\n三頁\n続き',
      steps: ['line-ends', 'trailing-spaces', 'surrounding-blank-lines'],
      pageStarts: [0, 4, 5, 10],
    })
    expect(normalizeText('a', { hasPages: true })).toEqual({ text: 'a', steps: [], pageStarts: [0] })
    expect(normalizeText('\f \f', { hasPages: true }).pageStarts).toEqual([0, 0, 0])
  })

  it('gives the same text whether form feeds are pages or line ends, each page being found at its start', () => {
    const random = new SeededRandom(11)
    for (let round = 0; round < 1000; round++) {
      const pages = Array.from({ length: 1 + random.integer(4) }, (_, page) =>
        Array.from(
          { length: random.integer(5) },
          () => [' ', '\n', `字${page}`, 'ｶﾞ', '\r'][random.integer(5)],
        ).join(''),
      )
      const { text, pageStarts } = normalizeText(pages.join('\f'), { hasPages: true })
      expect(text).toBe(textOf(pages.join('\f')))
      expect(pageStarts).toHaveLength(pages.length)
      expect(pageStarts).toEqual(pageStarts.toSorted((a, b) => a - b))
      for (const [page, start] of pageStarts.entries()) {
        const own = text.slice(start, pageStarts[page + 1] ?? text.length)
        expect(own.match(/字\d/g) ?? []).toEqual(pages[page]!.match(/字\d/g) ?? [])
      }
    }
  })

  it('changes nothing the second time', () => {
    const random = new SeededRandom(3)
    const characters = Array.from(
      'a e か カ ｶ ﾞ ﾟ ｡ ー \u3099 \u309a \u0301 \u0323 \u0345 ﬁ ﬅ ⼀ ⺠ ⺅ ︒ ﹁ 神 ㈱ \t \r \n \f \0 \u0085 \u009f \ufeff \ufffe \u2029 \ud842 \udfb7 ゝ ヿ K Å'.split(
        ' ',
      ),
    ).concat(' ', '　')
    for (let round = 0; round < 5000; round++) {
      const text = Array.from(
        { length: random.integer(12) },
        () => characters[random.integer(characters.length)]!,
      ).join('')
      expect(normalizeText(textOf(text)).steps).toEqual([])
    }
  })

  it('takes linear time on long runs', () => {
    const run = 400_000
    const spaces = `a${' '.repeat(run)}b${'\n'.repeat(run)}c`
    expect(textOf(spaces)).toBe(spaces)
    // Sorting so many marks by class would take squared time.
    const marks = `a${'\u0301\u0323'.repeat(run)}`
    expect(textOf(marks)).toBe(marks)
    expect(textOf('ﾞ'.repeat(run))).toBe('゛'.repeat(run))
  })
})
