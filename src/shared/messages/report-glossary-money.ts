import type { Message } from './define.ts'
import type { GlossaryEntry } from './report-glossary-entry.ts'

const CURRENCY: Message = { ja: '通貨', en: 'currency' }
const YEARS: Message = { ja: '年', en: 'years' }
const NONE = '–'

export const sizingGlossary: readonly GlossaryEntry[] = [
  {
    term: { ja: '同時処理数 B', en: 'Batch B' },
    formula: {
      ja: 'min(上限, ⌊(メモリ·(1−予備) − W) ÷ (KVバイト/トークン·(入力+出力))⌋, 応答目標を満たす最大)',
      en: 'min(limit, ⌊(memory·(1−reserve) − W) ÷ (KV bytes/token·(input+output))⌋, most that meet the latency target)',
    },
    unit: { ja: '系列', en: 'sequences' },
    meaning: {
      ja: '1 台で同時に処理する系列の数です。KVキャッシュが小さいほど多く入ります。W は重みのバイト数です。',
      en: 'Sequences that one device handles together; the smaller the KV cache, the more fit. W: bytes of weights.',
    },
  },
  {
    term: { ja: '装置時間', en: 'Device seconds' },
    formula: 'TTFT + TPOT·(out−1)·(W+B·K) ÷ ((W+K)·B)',
    unit: { ja: '秒/リクエスト', en: 's/request' },
    meaning: {
      ja: '1 リクエストが占める装置の時間です（推計）。K は 1 系列の KVキャッシュです。',
      en: 'Time of a device that one request takes (estimated). K: KV cache of one sequence.',
    },
  },
  {
    term: { ja: '応答時間', en: 'Response time' },
    formula: 'TTFT + TPOT·(out−1)·(W+B·K) ÷ (W+K)',
    unit: { ja: '秒', en: 's' },
    meaning: {
      ja: '最繁時に、リクエストから最後のトークンまでにかかる時間です（推計）。',
      en: 'From a request to its last token at peak (estimated).',
    },
  },
  {
    term: { ja: '必要台数', en: 'Devices needed' },
    formula: {
      ja: '⌈max(最繁時の件数/秒·装置時間 ÷ 稼働率, 最繁時の件数/秒·応答時間 ÷ メモリに入る系列数)⌉',
      en: '⌈max(peak rate·device seconds ÷ utilisation, peak rate·response ÷ sequences that fit in memory)⌉',
    },
    unit: { ja: '台', en: 'devices' },
    meaning: {
      ja: '処理量から見た台数とメモリから見た台数の、多いほうです（リトルの法則）。',
      en: 'The larger of the number by throughput and the number by memory (Little’s law).',
    },
  },
  {
    term: { ja: 'ルーフライン比', en: 'Roofline ratio' },
    formula: {
      ja: 'TTFT ÷ (導入装置の演算性能 ÷ 測定装置の演算性能)、TPOT ÷ (導入装置の帯域 ÷ 測定装置の帯域)',
      en: 'TTFT ÷ (target compute ÷ measured compute), TPOT ÷ (target bandwidth ÷ measured bandwidth)',
    },
    unit: NONE,
    meaning: {
      ja: '測定装置の時間を導入装置へ換算する規則です。結果は推計です。',
      en: 'Carries times from the measured device over to the target device; the result is estimated.',
    },
  },
]

export const moneyGlossary: readonly GlossaryEntry[] = [
  {
    term: { ja: '正味現在価値（NPV）', en: 'Net present value (NPV)' },
    formula: 'Σ flow_t ÷ (1 + r)^t',
    unit: CURRENCY,
    meaning: {
      ja: 'ベースラインを続ける場合との差額を、割引率 r で現在の価値に直した合計です。正なら得をします。',
      en: 'Differences from keeping the baseline, discounted at rate r to the decision and summed. Positive: it pays.',
    },
  },
  {
    term: { ja: '内部収益率（IRR）', en: 'Internal rate of return (IRR)' },
    formula: 'Σ flow_t ÷ (1 + IRR)^t = 0',
    unit: '%',
    meaning: {
      ja: 'NPV が 0 になる割引率です。収支の符号がちょうど 1 回変わるときだけ示します。',
      en: 'Discount rate at which the NPV is 0; given only where the flows change their sign exactly once.',
    },
  },
  {
    term: { ja: '総保有コスト（TCO）', en: 'Total cost of ownership (TCO)' },
    formula: {
      ja: 'Σ (購入 + 電力 + 保守 + 運用 + 一時費用)',
      en: 'Σ (purchases + power + maintenance + operation + one-off)',
    },
    unit: CURRENCY,
    meaning: {
      ja: '評価期間に支払う費用の合計です。',
      en: 'Everything that is paid within the horizon.',
    },
  },
  {
    term: { ja: '削減額（効果）', en: 'Savings (effect)' },
    formula: { ja: 'ベースラインの TCO − 候補の TCO', en: 'TCO of the baseline − TCO of the candidate' },
    unit: CURRENCY,
    meaning: { ja: '割引前の費用の差です。', en: 'Difference of costs before discounting.' },
  },
  {
    term: { ja: '追加投資額', en: 'Investment' },
    formula: {
      ja: '候補の 0 年目の費用 − ベースラインの 0 年目の費用',
      en: 'candidate’s cost of year 0 − baseline’s',
    },
    unit: CURRENCY,
    meaning: {
      ja: '決定の時点で、ベースラインより多く支払う額です。負なら、初めから少なく済みます。',
      en: 'Paid at the decision beyond the baseline; negative where less is paid from the beginning.',
    },
  },
  {
    term: { ja: '投資利益率（ROI）', en: 'Return on investment (ROI)' },
    formula: { ja: '削減額 ÷ 追加投資額', en: 'savings ÷ investment' },
    unit: '%',
    meaning: {
      ja: '追加で投資した額に対する削減額の割合です。',
      en: 'Savings as a share of what is invested additionally.',
    },
  },
  {
    term: { ja: '回収期間', en: 'Payback period' },
    formula: { ja: '累計の収支が負から 0 に戻る時点', en: 'when the cumulated flows come back to 0' },
    unit: YEARS,
    meaning: {
      ja: '追加の投資を取り戻すまでの年数です。割引回収期間は、割り引いた収支で数えます。',
      en: 'Years until the investment has come back; discounted payback counts discounted flows.',
    },
  },
  {
    term: { ja: '割引率', en: 'Discount rate' },
    formula: 'r',
    unit: { ja: '%/年', en: '%/year' },
    meaning: {
      ja: '将来の金額を現在の価値に直す年率です。資金の調達費用や要求利回りに当たります。',
      en: 'Yearly rate at which later amounts lose value: cost of capital or required return.',
    },
  },
  {
    term: { ja: '評価期間', en: 'Horizon' },
    formula: NONE,
    unit: YEARS,
    meaning: { ja: '費用と効果を数える年数です。', en: 'Years in which costs and effects count.' },
  },
  {
    term: { ja: '現状維持', en: 'Do nothing' },
    formula: NONE,
    unit: NONE,
    meaning: {
      ja: '何も購入せず、保有する装置を寿命まで使い、応えられる分だけ応える場合です。',
      en: 'Nothing is bought; devices at hand go on to the end of their life and answer what they can.',
    },
  },
  {
    term: { ja: 'シナリオ（悲観・標準・楽観）', en: 'Scenarios (pessimistic, standard, optimistic)' },
    formula: NONE,
    unit: NONE,
    meaning: {
      ja: 'すべての前提条件を、悪い側・標準・良い側の値にそろえた場合です。',
      en: 'All assumptions at their bad, usual or good values.',
    },
  },
  {
    term: { ja: 'トルネード図', en: 'Tornado chart' },
    formula: '|NPV_optimistic − NPV_pessimistic|',
    unit: CURRENCY,
    meaning: {
      ja: '前提条件を 1 つずつ動かし、NPV への影響が大きい順に並べた図です。',
      en: 'Assumptions varied one at a time, the ones that move the NPV most on top.',
    },
  },
  {
    term: { ja: '損益分岐の件数', en: 'Break-even volume' },
    formula: { ja: 'NPV が 0 になる月間リクエスト数', en: 'requests a month at which the NPV is 0' },
    unit: { ja: '件/月', en: 'requests/month' },
    meaning: {
      ja: 'これより多ければ採算が合う、月間の件数です。',
      en: 'With more requests a month than this, it pays.',
    },
  },
  {
    term: { ja: '電力使用効率（PUE）', en: 'Power usage effectiveness (PUE)' },
    formula: { ja: '設備全体の電力 ÷ 装置の電力', en: 'power of the facility ÷ power of the devices' },
    unit: NONE,
    meaning: {
      ja: '空調などに使う電力を含めるための倍率です。',
      en: 'Factor that includes the power for cooling and the like.',
    },
  },
  {
    term: { ja: 'CO₂ 排出係数', en: 'CO₂ factor' },
    formula: { ja: '電力量 × 係数', en: 'energy × factor' },
    unit: 'kg/kWh',
    meaning: {
      ja: '電力 1 kWh 当たりの排出量です。金額には換算しません。',
      en: 'Emitted for one kWh; not turned into money.',
    },
  },
  {
    term: { ja: '削減時間', en: 'Hours saved' },
    formula: { ja: 'リクエスト数 × 1 件当たりの削減時間', en: 'requests × time saved by one' },
    unit: { ja: '時間', en: 'hours' },
    meaning: {
      ja: '利用者が節約する時間です。現金の効果には含めません。',
      en: 'Working time saved for users; never counted as cash.',
    },
  },
]
