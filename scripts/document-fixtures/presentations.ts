/** What a presentation program writes: the same slides as PPTX and ODP, and printed as PDF. */
import { flatSlides, readableSlides, type Slide } from '../office/flat-slides.ts'
import { MAX_CER, type OfficeSource } from './fixture.ts'

const REVIEW: readonly Slide[] = [
  {
    title: 'KV-700E 量産移行審査（DR4）',
    points: ['設計部 開発二課　吉良 奈緒', '2025年9月18日　本社工場 技術棟3階'],
    notes: 'はじめに、DR3からの変更点を一言で説明する。\n質問は最後にまとめて受ける。',
  },
  {
    title: '結論：条件付き合格を提案する',
    points: [
      '量産試作20台のうち、零点の温度変動で2台が目標を超えた',
      '原因は接着剤の塗布量。定量吐出機で1か所0.12gに管理する',
      '低温時の応答時間は92msから61msへ短縮（目標70ms以下）',
    ],
    notes: '2台の製造番号は70E-P08とP15。どちらも手作業で塗布した。',
  },
  {
    title: '試作20台の評価結果',
    table: [
      ['項目', '目標', '平均', '判定'],
      ['定格流量', '毎分650L以上', '672L', '合格'],
      ['ステップ応答', '40ms以下', '33ms', '合格'],
      ['零点の温度変動', '1.0%以下', '0.82%', '不合格2台'],
    ],
    notes: '不合格の2台は、塗布をやり直して0.6%台になったことを口頭で補う。',
  },
  { title: '予備：原価の内訳（説明しない）', points: ['社内限り'], hidden: true },
  {
    title: '量産までの日程',
    points: [
      '10月17日　10台の温度試験を終える',
      '10月31日　作業手順書14件を発行する',
      '12月1日　量産を始める（月120台）',
    ],
  },
]

const TRAINING: readonly Slide[] = [
  {
    title: 'Lockout and tagout',
    points: ['Kitamigawa Thai Co., Ltd.', 'Training for new operators, 2025'],
    notes: 'Ask who has worked with hydraulic power units before.',
  },
  {
    title: 'Why we lock the switch',
    points: [
      'Voltage remains at the terminals while the switch is off',
      'A load held by a cylinder can fall without warning',
      'In 2024 two near misses were reported, none in 2025',
    ],
    notes: 'Tell the story of the boom that sank by 42 mm in an hour.\nLet them guess the cause.',
  },
  {
    title: 'The five steps',
    table: [
      ['Step', 'What you do', 'Who checks'],
      ['1', 'Tell everybody at the machine', 'Operator'],
      ['2', 'Switch off and lock', 'Operator'],
      ['3', 'Release the pressure', 'Operator'],
      ['4', 'Support the load', 'Team leader'],
      ['5', 'Try to start', 'Team leader'],
    ],
  },
]

export function presentations(): OfficeSource[] {
  const decks = [
    { stem: 'design-review', language: 'ja', slides: REVIEW, features: ['notes', 'table', 'hidden slide'] },
    { stem: 'lockout-training', language: 'en', slides: TRAINING, features: ['notes', 'table'] },
  ] as const
  return decks.map(({ stem, language, slides, features }) => {
    const shared = { language, maxCer: MAX_CER.usual }
    const withoutNotes = slides.map(({ notes: _, ...slide }) => slide)
    return {
      stem,
      flat: flatSlides(slides),
      flatEnding: 'fodp',
      fixtures: [
        { ...shared, format: 'pptx', features, text: readableSlides(slides) },
        { ...shared, format: 'odp', features, text: readableSlides(slides) },
        { ...shared, format: 'pdf', features: ['slides', 'table'], text: readableSlides(withoutNotes) },
      ],
    }
  })
}
