import type { Message } from './define.ts'
import type { GlossaryEntry } from './report-glossary-entry.ts'
import { moneyGlossary, sizingGlossary } from './report-glossary-money.ts'

const NONE = '–'

export const glossaryGroups = {
  quality: { ja: '品質', en: 'Quality' },
  resources: { ja: '速度・資源', en: 'Speed and resources' },
  models: { ja: 'モデル', en: 'Models' },
  sizing: { ja: '容量計画', en: 'Capacity' },
  money: { ja: '投資対効果', en: 'Return on investment' },
  origin: { ja: '区分', en: 'Origin of figures' },
} as const satisfies Record<string, Message>
export type GlossaryGroup = keyof typeof glossaryGroups

export const glossary: Readonly<Record<GlossaryGroup, readonly GlossaryEntry[]>> = {
  quality: [
    {
      term: { ja: '負の対数尤度（nll）', en: 'Negative log-likelihood (nll)' },
      formula: 'nll = −(1/n) Σ ln p(token)',
      unit: 'nats/token',
      meaning: {
        ja: '評価用の文書の実際のトークンを、モデルがどれだけ予測できなかったかの平均です。小さいほど良い値です。',
        en: 'How badly a model predicts the actual tokens of the held-out documents, on average. Lower is better.',
      },
    },
    {
      term: { ja: 'ビット/バイト', en: 'Bits per byte' },
      formula: { ja: 'Σ nll ÷ ln 2 ÷ UTF-8 のバイト数', en: 'Σ nll ÷ ln 2 ÷ bytes in UTF-8' },
      unit: 'bits/byte',
      meaning: {
        ja: 'トークナイザーが異なるモデル同士でも比べられる予測の悪さです。小さいほど良い値です。',
        en: 'The same, comparable also between models with different tokenizers. Lower is better.',
      },
    },
    {
      term: { ja: 'パープレキシティ', en: 'Perplexity' },
      formula: 'exp(nll)',
      unit: NONE,
      meaning: {
        ja: '次のトークンを平均して何通りの中から選んでいるかに当たります。小さいほど良い値です。',
        en: 'Among how many equally likely tokens a model chooses, on average. Lower is better.',
      },
    },
    {
      term: { ja: '位置別の nll', en: 'Nll by position' },
      formula: { ja: '位置を 2 のべき乗で区切った nll', en: 'nll in buckets of log₂(position)' },
      unit: 'nats/token',
      meaning: {
        ja: '候補が長い文脈をベースラインと同じように生かせているかを示します。',
        en: 'Whether a candidate uses long context as well as the baseline.',
      },
    },
    {
      term: { ja: 'KL（ベースライン‖候補）', en: 'KL(baseline‖candidate)' },
      formula: 'Σ p_base · ln(p_base ÷ p_cand)',
      unit: 'nats',
      meaning: {
        ja: '両モデルの次トークンの確率分布の隔たりです。0 なら同じです。',
        en: 'Distance between the two distributions of the next token; 0 when they are the same.',
      },
    },
    {
      term: { ja: '最上位トークンの一致率', en: 'Same top-1 rate' },
      formula: {
        ja: '最上位が一致したトークン ÷ 全トークン',
        en: 'tokens with the same top choice ÷ tokens',
      },
      unit: '%',
      meaning: {
        ja: '両モデルが最も確からしいとするトークンが同じである割合です。',
        en: 'How often both models hold the same token for the most likely.',
      },
    },
    {
      term: { ja: '正解確率の差', en: 'RMS difference of p(correct)' },
      formula: '√(mean (p_cand − p_base)²)',
      unit: NONE,
      meaning: {
        ja: '実際のトークンに与えた確率の差の二乗平均平方根です。',
        en: 'Root mean square difference of the probabilities given to the actual token.',
      },
    },
    {
      term: { ja: '95 % 区間', en: '95 % interval' },
      formula: {
        ja: '品質: 文書単位のブートストラップ。時間: Student の t 分布',
        en: 'quality: bootstrap over documents; times: Student’s t',
      },
      unit: { ja: '指標と同じ', en: 'as the metric' },
      meaning: {
        ja: '測定し直したときの値が収まると期待できる範囲です。狭いほど確かです。',
        en: 'Range in which the true value is to be expected; the narrower, the surer.',
      },
    },
    {
      term: { ja: '非劣性・許容差', en: 'Non-inferiority, margin' },
      formula: {
        ja: '維持: 上限 ≤ 許容差。低下: 下限 ＞ 許容差。ほかは判定できず',
        en: 'kept: high ≤ margin; worse: low > margin; else undecided',
      },
      unit: '%',
      meaning: {
        ja: '実行の前に決めた許容差より悪くないことを、区間全体で確かめる判定です。「差が見えない」と「データ不足」を区別します。',
        en: 'Shows by the whole interval that a candidate is no worse than a margin set before the run. Tells "no difference" from "too little data".',
      },
    },
    {
      term: { ja: '自己検査', en: 'Self-check' },
      formula: { ja: '|ベースライン − ベースライン|', en: '|baseline − baseline|' },
      unit: 'nats',
      meaning: {
        ja: 'ベースライン同士を比べた差です。0 でなければ測定系を疑います。',
        en: 'The baseline against itself: anything but 0 points to a fault of the measurement.',
      },
    },
  ],
  resources: [
    {
      term: { ja: '初回トークン時間（TTFT）', en: 'Time to first token (TTFT)' },
      formula: {
        ja: '最初のトークンの時刻 − 入力を渡した時刻',
        en: 'time of first token − time of handing over the input',
      },
      unit: 'ms',
      meaning: {
        ja: '入力を渡してから最初のトークンが出るまでの時間です。プリフィルの時間に当たります。',
        en: 'From handing over the input to the first new token: the time of prefill.',
      },
    },
    {
      term: { ja: 'トークン間時間（TPOT）', en: 'Time per output token (TPOT)' },
      formula: {
        ja: '(終了 − 最初のトークン) ÷ (生成トークン − 1)',
        en: '(end − first token) ÷ (new tokens − 1)',
      },
      unit: 'ms',
      meaning: {
        ja: '2 番目以降のトークン 1 つにかかる時間です。デコードの速さを表します。',
        en: 'Time for each token after the first: the pace of decoding.',
      },
    },
    {
      term: { ja: 'プリフィル速度・デコード速度', en: 'Prefill rate, decode rate' },
      formula: { ja: '入力トークン ÷ TTFT、1 ÷ TPOT', en: 'input tokens ÷ TTFT, 1 ÷ TPOT' },
      unit: 'tokens/s',
      meaning: {
        ja: '入力を読む速さと、答えを書く速さです。',
        en: 'How fast input is read, and how fast an answer is written.',
      },
    },
    {
      term: { ja: 'KVキャッシュ', en: 'KV cache' },
      formula: 'q · 2 · T · L · d_h · n_kv',
      unit: 'bytes',
      meaning: {
        ja: '生成のあいだ保持する、過去のトークンの K と V です。T は文脈長、L は層数、q は 1 要素のバイト数です。GQA は n_kv を減らしてこれを小さくします。',
        en: 'K and V of all earlier tokens, kept while generating. T context length, L layers, q bytes per element. GQA makes it smaller by fewer KV heads n_kv.',
      },
    },
    {
      term: { ja: '文脈長', en: 'Context length' },
      formula: 'T',
      unit: { ja: 'トークン', en: 'tokens' },
      meaning: {
        ja: 'モデルが一度に見る入力と出力の長さです。',
        en: 'Length of input and output that the model sees at once.',
      },
    },
    {
      term: { ja: '最大常駐メモリ', en: 'Peak resident memory' },
      formula: NONE,
      unit: 'MiB',
      meaning: {
        ja: '測定中に処理が使った主記憶の最大値です。',
        en: 'Most main memory that the process held during the measurement.',
      },
    },
    {
      term: { ja: '不安定', en: 'Unstable' },
      formula: {
        ja: '変動係数 ＝ 標準偏差 ÷ 平均 ＞ 20 %',
        en: 'coefficient of variation = SD ÷ mean > 20 %',
      },
      unit: '%',
      meaning: {
        ja: '繰り返しのばらつきが大きいか、準備運転が落ち着かなかった測定です。',
        en: 'Repetitions vary much, or warm-up did not settle.',
      },
    },
    {
      term: { ja: '消費電力量', en: 'Energy' },
      formula: { ja: '∫ 電力 dt', en: '∫ power dt' },
      unit: 'J/token',
      meaning: {
        ja: '1 トークン当たりの電力量です。測れないときは n/a です。',
        en: 'Energy for one token; n/a where it was not measured.',
      },
    },
  ],
  models: [
    {
      term: { ja: 'MHA・GQA', en: 'MHA, GQA' },
      formula: 'MHA: n_kv = n_h ／ GQA: n_kv < n_h',
      unit: NONE,
      meaning: {
        ja: 'MHA ではクエリヘッドごとに KVヘッドがあり、GQA では複数のクエリヘッドが 1 つの KVヘッドを共有します。',
        en: 'In multi-head attention every query head has its KV head; in grouped-query attention several query heads share one.',
      },
    },
    {
      term: { ja: 'クエリヘッド・KVヘッド', en: 'Query heads, KV heads' },
      formula: 'n_h, n_kv',
      unit: { ja: '個', en: 'count' },
      meaning: {
        ja: '注意機構の問い合わせ側と、記憶側の数です。',
        en: 'How many heads ask, and how many hold keys and values.',
      },
    },
    {
      term: { ja: 'ベースライン・候補・系列', en: 'Baseline, candidate, arm' },
      formula: NONE,
      unit: NONE,
      meaning: {
        ja: 'いまのモデル、置き換えを検討するモデル、比較に参加するモデルの総称です。',
        en: 'The model of today, a model that might replace it, and either of them in the comparison.',
      },
    },
    {
      term: { ja: 'プリフィル・デコード', en: 'Prefill, decode' },
      formula: NONE,
      unit: NONE,
      meaning: {
        ja: '入力をまとめて読む段階と、答えを 1 トークンずつ書く段階です。',
        en: 'Reading the input at once, and writing the answer token by token.',
      },
    },
  ],
  sizing: sizingGlossary,
  money: moneyGlossary,
  origin: [
    {
      term: { ja: '実測', en: 'Measured' },
      formula: NONE,
      unit: NONE,
      meaning: { ja: 'この実行で、この装置で測った値です。', en: 'Measured in this run on this device.' },
    },
    {
      term: { ja: '推計', en: 'Estimated' },
      formula: NONE,
      unit: NONE,
      meaning: {
        ja: '実測値と前提条件から、式で求めた値です。',
        en: 'Computed by a formula from measurements and assumptions.',
      },
    },
    {
      term: { ja: '仮定', en: 'Assumed' },
      formula: NONE,
      unit: NONE,
      meaning: { ja: '入力された前提、またはその既定値です。', en: 'An input, or its default.' },
    },
    {
      term: { ja: '外挿', en: 'Extrapolated' },
      formula: NONE,
      unit: NONE,
      meaning: {
        ja: '測定した範囲の外へ延長した値です。',
        en: 'Continued beyond the range that was measured.',
      },
    },
    {
      term: { ja: 'n/a', en: 'n/a' },
      formula: NONE,
      unit: NONE,
      meaning: {
        ja: '測れなかった、または計算できない値です。0 ではありません。',
        en: 'Could not be measured or computed. Not 0.',
      },
    },
  ],
}
