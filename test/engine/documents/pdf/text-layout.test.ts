import Encoding from 'encoding-japanese'
import { describe, expect, it } from 'vitest'

import { DEFAULT_LIMITS } from '../../../../src/engine/documents/document.ts'
import { readPdf } from '../../../../src/engine/documents/pdf/read-pdf.ts'
import { UnpackBudget } from '../../../../src/engine/documents/unpack-budget.ts'
import { hex, line, rawPdf, type RawPage } from './raw-pdf.ts'

/** Courier, whose glyphs are all 0.6 em wide, instead of the usual fonts. */
const MONOSPACED =
  '/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >> >> >>'
const SIZE = 10
const ADVANCE = 0.6 * SIZE

/** The text and the steps of a file. */
async function read(pages: readonly RawPage[]) {
  const budget = new UnpackBudget(DEFAULT_LIMITS.unpackedBytes)
  const bytes = rawPdf(pages)
  return await readPdf({ bytes, name: 'test.pdf', limits: DEFAULT_LIMITS, budget, ocr: false })
}

async function textOf(...contents: readonly string[]) {
  return (await read(contents.map((content) => ({ content })))).text
}

async function monospacedText(...contents: readonly string[]) {
  return (await read(contents.map((content) => ({ content, resources: MONOSPACED })))).text
}

/** A line of Japanese text, every glyph of which is an em wide. */
function japanese(text: string, x: number, y: number, size = SIZE): string {
  const bytes = Encoding.convert(Encoding.stringToCode(text), { from: 'UNICODE', to: 'SJIS' })
  return `BT /F2 ${size} Tf 1 0 0 1 ${x} ${y} Tm ${hex(bytes)} Tj ET\n`
}

/** A line of Courier whose spaces are stretched until it is as long as so many glyphs. */
function justified(text: string, x: number, y: number, glyphs: number): string {
  const stretch = ((glyphs - text.length) * ADVANCE) / (text.split(' ').length - 1)
  return `BT /F1 ${SIZE} Tf ${stretch} Tw 1 0 0 1 ${x} ${y} Tm (${text}) Tj 0 Tw ET\n`
}

function plain(text: string, x: number, y: number): string {
  return line(text, x, y, SIZE)
}

describe('justified lines', () => {
  it('have no cells, even where their words begin one below the other', async () => {
    const content =
      justified('every engineer shall', 60, 700, 21) +
      justified('review these', 60, 688, 21) +
      justified('nonconformities and', 60, 676, 21) +
      plain('send them back.', 60, 664)
    expect(await monospacedText(content)).toBe(
      'every engineer shall review these nonconformities and send them back.',
    )
  })

  it('do not take the first line of the next column for a cell', async () => {
    const left =
      plain('The temperature of moulds', 60, 700) +
      plain('changes how parts shrink,', 60, 688) +
      justified('which is why the', 60, 676, 25)
    const right =
      plain('manufacturing department', 330, 700) +
      plain('records the temperatures.', 330, 688) +
      plain('It does so every day.', 330, 676)
    expect(await monospacedText(left + right)).toBe(
      'The temperature of moulds changes how parts shrink, which is why the manufacturing department ' +
        'records the temperatures. It does so every day.',
    )
  })

  it('are not rows of a table whose columns stand under each other', async () => {
    const content =
      justified('Number Weight Height', 60, 700, 60) +
      justified('A-1001 12.345 10.000', 60, 688, 60) +
      justified('A-1002 67.890 20.000', 60, 676, 60)
    expect(await monospacedText(content)).toBe(
      'Number\tWeight\tHeight\nA-1001\t12.345\t10.000\nA-1002\t67.890\t20.000',
    )
  })
})

describe('numbered paragraphs', () => {
  it('are no rows of a table', async () => {
    const content =
      japanese('第　１　条　この規程は、設備を安全に維持するために必要な事項を', 60, 700) +
      japanese('定めるものとする。', 90, 685) +
      japanese('２', 60, 660) +
      japanese('この規程において重要設備とは、停止した場合に出荷へ影響する', 90, 660) +
      japanese('設備をいう。', 90, 645) +
      japanese('３', 60, 620) +
      japanese('前項の設備は、別に定める。', 90, 620)
    expect(await textOf(content)).toBe(
      '第　１　条　この規程は、設備を安全に維持するために必要な事項を定めるものとする。\n' +
        '２ この規程において重要設備とは、停止した場合に出荷へ影響する設備をいう。\n' +
        '３ 前項の設備は、別に定める。',
    )
  })

  it('are told from the numbered rows of a table', async () => {
    const content =
      japanese('番号', 60, 700) +
      japanese('処置', 100, 700) +
      japanese('１', 60, 680) +
      japanese('電源を切り、札を掛ける。', 100, 680) +
      japanese('２', 60, 660) +
      japanese('残圧がないことを確かめる。', 100, 660)
    expect(await textOf(content)).toBe(
      '番号\t処置\n１\t電源を切り、札を掛ける。\n２\t残圧がないことを確かめる。',
    )
  })
})

describe('cells of several lines', () => {
  const rest =
    plain('Below 55 points, or a breach', 150, 676) +
    plain('that reached a customer', 150, 665) +
    plain('No', 330, 676) +
    plain('Until the other source', 420, 676) +
    plain('is ready', 420, 665)

  it('keep what is above them and further away out of their row', async () => {
    const content =
      plain('Status', 60, 715) +
      plain('Meaning', 150, 715) +
      plain('New', 330, 715) +
      plain('Repeated', 420, 715) +
      plain('l', 60, 694) +
      plain('D: on', 60, 676) +
      plain('exit', 60, 665) +
      rest
    expect(await textOf(content)).toBe(
      'Status\tMeaning\tNew\tRepeated\nl\n' +
        'D: on exit\tBelow 55 points, or a breach that reached a customer\tNo\tUntil the other source is ready',
    )
  })

  it('keep their lines together in Japanese', async () => {
    const content =
      japanese('部品', 60, 700) +
      japanese('用途', 160, 700) +
      japanese('備考', 330, 700) +
      japanese('電磁弁', 60, 680) +
      japanese('油の流れる向きを切り換', 160, 680) +
      japanese('える。', 160, 668) +
      japanese('予備を一台', 330, 680) +
      japanese('置く。', 330, 668) +
      japanese('油温計', 60, 648) +
      japanese('油の温度を測る。', 160, 648) +
      japanese('なし', 330, 648)
    expect(await textOf(content)).toBe(
      '部品\t用途\t備考\n電磁弁\t油の流れる向きを切り換える。\t予備を一台置く。\n油温計\t油の温度を測る。\tなし',
    )
  })
})

describe('glyphs drawn after their line', () => {
  it('go back into the gap that was left for them', async () => {
    const content =
      line('All parts with', 60, 700, 10) +
      line('and boards', 134, 700, 10) +
      japanese('◆', 122, 700) +
      line('Level 3', 330, 700, 10)
    expect(await textOf(content)).toBe('All parts with ◆ and boards\tLevel 3')
  })

  it('do so between kanji', async () => {
    const content =
      japanese('担当は、', 60, 700) + japanese('崎班長とする。', 110, 700) + japanese('高', 100, 700)
    expect(await textOf(content)).toBe('担当は、高崎班長とする。')
  })
})

describe('readings of the size of their base', () => {
  it('are left out where a line goes up for them', async () => {
    const { text, steps } = await read([
      {
        content:
          japanese('機械の', 60, 700) +
          japanese('けがき', 90, 711.5) +
          japanese('罫書', 90, 700) +
          japanese('作業では、', 120, 700) +
          japanese('みる', 170, 711.5) +
          japanese('見る者が終える。', 170, 700),
      },
    ])
    expect(text).toBe('機械の罫書作業では、見る者が終える。')
    expect(steps).toContain('ruby-readings')
  })

  it('are not taken for those where kana stand in a tight line above kanji', async () => {
    const content =
      japanese('あいうえお', 60, 700) +
      japanese('かきくけこ', 60, 688) +
      japanese('文書管理', 60, 676) +
      japanese('規程集', 60, 664)
    expect(await textOf(content)).toBe('あいうえお\nかきくけこ\n文書管理\n規程集')
  })
})

describe('lines that are full', () => {
  it('are told from lines of one font size, although Latin words in them are larger', async () => {
    const first =
      japanese('営業部は', 60, 700) +
      line('2025', 100, 700, 12) +
      japanese('年の受注について報告した', 127, 700)
    const second = japanese('国内向けは前年並みであったが海外向け', 60, 684)
    const third = japanese('は大きく減った', 60, 668)
    expect(await textOf(first + second + third)).toBe(
      '営業部は2025年の受注について報告した国内向けは前年並みであったが海外向けは大きく減った',
    )
  })

  it('are not told from one short line', async () => {
    const content =
      japanese('検査成績書', 60, 740, 24) +
      japanese('判定は合格', 60, 700) +
      japanese('株式会社そろばん製作所', 60, 676) +
      japanese('品質保証部', 60, 652)
    expect(await textOf(content)).toBe('検査成績書\n判定は合格\n株式会社そろばん製作所\n品質保証部')
  })

  it('are told from one long line', async () => {
    const content =
      japanese('設備の点検は、毎月一回、保全部の担当者が別表に従って行い、そ', 60, 700) +
      japanese('の記録を残す。', 60, 686)
    expect(await textOf(content)).toBe(
      '設備の点検は、毎月一回、保全部の担当者が別表に従って行い、その記録を残す。',
    )
  })

  it('are told from lines of other pages that begin at the same place', async () => {
    const full = (words: string, y: number): string => justified(words, 60, y, 60)
    const first =
      full('The tool reads a document as a person does it and puts all', 700) +
      full('lines together where one of them ends where the edge of the', 688) +
      full('column is, whatever stands below it or above it on a page', 676) +
      plain('of the document.', 60, 664)
    const second =
      full('Short lines that happen to end at one place make no edge if', 700) +
      plain('others do:', 60, 688) +
      plain('copy examples/alpha.txt', 60, 664) +
      plain('copy examples/gamma.txt', 60, 652) +
      plain('copy examples/delta.txt', 60, 640)
    expect(await monospacedText(first, second)).toBe(
      'The tool reads a document as a person does it and puts all lines together where one of them ends where ' +
        'the edge of the column is, whatever stands below it or above it on a page of the document.\f' +
        'Short lines that happen to end at one place make no edge if others do:\n' +
        'copy examples/alpha.txt\ncopy examples/gamma.txt\ncopy examples/delta.txt',
    )
  })

  it('are not told from lines that say the same', async () => {
    const content = [700, 688, 676, 664].map((y) => japanese('処理速度から必要な台数', 60, y)).join('')
    expect(await textOf(content)).toBe(Array(4).fill('処理速度から必要な台数').join('\n'))
  })

  it('are not told where a document has an edge further out', async () => {
    const body = [
      'The tool reads a document as a person does it and puts all',
      'lines together where one of them ends where the edge of the',
    ]
    const prose = [700, 660, 620].map(
      (y) =>
        body.map((words, row) => justified(words, 60, y - 12 * row, 60)).join('') +
        plain('column is.', 60, y - 24),
    )
    const code = plain('fetch https://example.org/alpha-1.0.tar.gz', 90, 540) + plain('unpack alpha', 90, 528)
    const whole = `${body.join(' ')} column is.`
    expect(await monospacedText(prose.join('') + code)).toBe(
      [whole, whole, whole, 'fetch https://example.org/alpha-1.0.tar.gz', 'unpack alpha'].join('\n'),
    )
  })

  it('are not told from lines far beyond the edge', async () => {
    const narrow = [640, 628, 616]
      .map((y) => japanese('幅の狭い段にある文章は、段の端で折り返す。', 60, y))
      .join('')
    const content =
      japanese('段の幅に収まらない一行だけの見出しが二段の上に置かれている', 60, 690) +
      japanese('二段の本文', 60, 675) +
      narrow
    const text = await textOf(content)
    expect(text?.split('\n').slice(0, 2)).toEqual([
      '段の幅に収まらない一行だけの見出しが二段の上に置かれている',
      '二段の本文',
    ])
  })

  it('are not told where lines are centred', async () => {
    const content =
      japanese('小径ドリルの摩耗と穴位置精度の関係について', 120, 700) +
      japanese('生産技術研究所　早川　亮太、佐藤　美咲、大塚　健', 105, 682)
    expect(await textOf(content)).toBe(
      '小径ドリルの摩耗と穴位置精度の関係について\n生産技術研究所　早川　亮太、佐藤　美咲、大塚　健',
    )
  })
})

describe('lines at the right margin', () => {
  const head =
    japanese('見積番号　Ｑ－二〇二四－〇三一七', 340, 720) + japanese('二〇二四年三月十七日', 400, 705)

  it('do not go on at the left one', async () => {
    expect(await textOf(head + japanese('株式会社みなと商事　御中', 60, 680))).toBe(
      '見積番号　Ｑ－二〇二四－〇三一七\n二〇二四年三月十七日\n株式会社みなと商事　御中',
    )
  })

  it('have no cells where spaces were typed', async () => {
    const content =
      line('430-0901', 330, 720, SIZE) +
      japanese('\u3000浜松市中央区曳馬町一の二', 372, 720) +
      japanese('担当：村松営業課長', 402, 705)
    expect(await textOf(content)).toBe('430-0901\u3000浜松市中央区曳馬町一の二\n担当：村松営業課長')
  })
})

describe('items', () => {
  it('may have kanji numbers', async () => {
    const content =
      japanese('一　情報機器とは、会社の業務に用いるものをい', 60, 700) +
      japanese('う。', 80, 685) +
      japanese('二　利用者とは、会社の役員及び従業員をいう。', 60, 670)
    expect(await textOf(content)).toBe(
      '一　情報機器とは、会社の業務に用いるものをいう。\n二　利用者とは、会社の役員及び従業員をいう。',
    )
  })

  it('may have numbers of several parts, and items of their own', async () => {
    const content =
      plain('2.1', 60, 700) +
      justified('Where a fault cannot be remedied within five days,', 85, 700, 60) +
      plain('the Supplier shall:', 85, 688) +
      plain('\\(a\\)', 85, 670) +
      plain('provide other equipment until then; or', 112, 670)
    expect(await monospacedText(content)).toBe(
      '2.1 Where a fault cannot be remedied within five days, the Supplier shall:\n' +
        '(a) provide other equipment until then; or',
    )
  })
})

describe('cells close to one another', () => {
  it('are told from words where these are spaced with space characters', async () => {
    const row = (cells: readonly [string, string, string], y: number): string =>
      plain(cells[0], 60, y) + plain(cells[1], 260 - ADVANCE * cells[1].length, y) + plain(cells[2], 266, y)
    const content =
      plain('All prices are without taxes.', 60, 730) +
      row(['Ball bearing 6204', '4,950', '2 days'], 700) +
      row(['Linear guide grease', '15,600', '5 days'], 685)
    expect(await monospacedText(content)).toBe(
      'All prices are without taxes.\nBall bearing 6204\t4,950\t2 days\nLinear guide grease\t15,600\t5 days',
    )
  })

  it('are told by rows further away', async () => {
    const content =
      japanese('単価', 200, 730) +
      japanese('納期', 300, 730) +
      japanese('備考', 336, 730) +
      japanese('百円', 200, 715) +
      japanese('即日', 300, 715) +
      japanese('千円', 200, 700) +
      japanese('即', 300, 700) +
      japanese('九月で販売を終了', 336, 700)
    expect(await textOf(content)).toBe('単価\t納期\t備考\n百円\t即日\n千円\t即\t九月で販売を終了')
  })
})

describe('numbers at line ends', () => {
  it('are broken after their point in Japanese text', async () => {
    const content =
      japanese('試験片には、多数の穴を等間隔であけ、その間隔は', 60, 700) +
      line('0.', 290, 700, SIZE) +
      line('5', 60, 685, SIZE) +
      japanese('ミリとした。', 65, 685)
    expect(await textOf(content)).toBe('試験片には、多数の穴を等間隔であけ、その間隔は0.5ミリとした。')
  })
})
