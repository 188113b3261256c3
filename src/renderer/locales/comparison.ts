import { defineMessages } from '../../shared/messages/define.ts'

/** Words of the comparison view; those that the workbook has, too, come from the report's. */
export const comparisonMessages = defineMessages({
  'comparison.title': { ja: '比較', en: 'Comparison' },
  'comparison.lead': {
    ja: 'ベースラインと候補を、同じ文書・同じ条件で比べた結果です。',
    en: 'Baseline and candidates, on the same documents under the same conditions.',
  },
  'comparison.tabs': { ja: '比較の内容', en: 'What to compare' },
  'comparison.tab.results': { ja: '測定結果', en: 'Results' },
  'comparison.tab.generation': { ja: '生成の見比べ', en: 'Side-by-side generation' },
  'comparison.run': { ja: '実行', en: 'Run' },
  'comparison.openReport': { ja: '報告書を開く', en: 'Open the report' },
  'comparison.empty.title': { ja: 'まだ結果がありません', en: 'No results yet' },
  'comparison.empty.advice': {
    ja: '実行が最後まで終わると、ここで品質・速度・メモリを比べられます。生成の見比べは、モデルを選べばすぐに使えます。',
    en: 'Quality, speed and memory are compared here once a run has finished. Side-by-side generation needs only the models.',
  },
  'comparison.empty.openRuns': { ja: '実行画面へ', en: 'Go to Runs' },
  'comparison.unknownRun': {
    ja: '指定された実行 {run} は、終わった実行の中にありません。別の実行を選んでください。',
    en: 'Run {run} is not among the finished runs. Choose another.',
  },

  'comparison.verdict.section': { ja: '判定', en: 'Verdicts' },
  'comparison.verdict.corrected': {
    ja: '{metric} の差は {relative}（95 % 区間 {low} ~ {high}）。この候補だけなら判定できますが、候補が複数あるための補正（Holm 法）をすると、維持とも低下とも言えません。文書を増やしてください。',
    en: '{metric} differs by {relative} (95 % interval {low} to {high}). Taken alone this would decide, but corrected for several candidates (Holm’s method) neither "kept" nor "worse" is shown. Add documents.',
  },
  'comparison.verdict.noMargin': {
    ja: 'この候補には判定がありません。',
    en: 'There is no verdict for this candidate.',
  },

  'comparison.plot.label': {
    ja: '相対差の区間図。推定値 {relative}、{interval}、許容差 +{margin}。{place}',
    en: 'Interval plot of the relative difference. Estimate {relative}, {interval}, margin +{margin}. {place}',
  },
  'comparison.plot.interval': { ja: '95 % 区間 {low} ~ {high}', en: '95 % interval {low} to {high}' },
  'comparison.plot.noInterval': { ja: '区間なし（データ不足）', en: 'no interval (too little data)' },
  'comparison.plot.inside': {
    ja: '区間全体が許容差の内側にあります。',
    en: 'The whole interval lies inside the margin.',
  },
  'comparison.plot.beyond': {
    ja: '区間全体が許容差を超えています。',
    en: 'The whole interval lies beyond the margin.',
  },
  'comparison.plot.straddles': {
    ja: '区間が許容差をまたいでいます。',
    en: 'The interval straddles the margin.',
  },
  'comparison.plot.better': { ja: '← 候補が良い', en: '← candidate better' },
  'comparison.plot.worse': { ja: '候補が悪い →', en: 'candidate worse →' },
  'comparison.plot.margin': { ja: '許容差 +{margin}', en: 'margin +{margin}' },

  'comparison.figure.kvBytes': { ja: 'KVキャッシュ', en: 'KV cache' },
  'comparison.figure.ttftMs': { ja: '初回トークン時間（TTFT）', en: 'Time to first token (TTFT)' },
  'comparison.figure.tpotMs': { ja: 'トークン間時間（TPOT）', en: 'Time per output token (TPOT)' },
  'comparison.figure.atContext': { ja: '文脈長 {context}', en: 'at context {context}' },
  'comparison.figure.better': { ja: '候補が小さい', en: 'candidate smaller' },
  'comparison.figure.worse': { ja: '候補が大きい', en: 'candidate larger' },
  'comparison.figure.open': { ja: '差は示されていない', en: 'no difference shown' },
  'comparison.figure.fromTo': { ja: 'ベースライン → 候補', en: 'baseline → candidate' },
  'comparison.unstable': { ja: '不安定', en: 'unstable' },
  'comparison.unstable.meaning': {
    ja: '変動係数が 20 % を超えたか、ウォームアップが収束しなかったため、参考値です。',
    en: 'Variation above 20 %, or warm-up that did not settle: indicative only.',
  },
  'comparison.unstable.note': {
    ja: '不安定な測定: {list}。参考値として見てください。',
    en: 'Unstable timings: {list}. Indicative only.',
  },
  'comparison.unstable.entry': { ja: '{arm}（文脈長 {contexts}）', en: '{arm} (context {contexts})' },

  'comparison.charts': { ja: 'グラフ', en: 'Charts' },
  'comparison.chart.nllByPosition': { ja: '位置別の nll', en: 'Nll by position' },
  'comparison.chart.ttftMs': { ja: '初回トークン時間（TTFT）', en: 'Time to first token (TTFT)' },
  'comparison.chart.tpotMs': { ja: 'トークン間時間（TPOT）', en: 'Time per output token (TPOT)' },
  'comparison.chart.kvBytes': { ja: 'KVキャッシュ', en: 'KV cache' },
  'comparison.chart.predicted': { ja: '{arm}（予測）', en: '{arm} (predicted)' },
  'comparison.chart.peakMemory': { ja: '重みと最大メモリ', en: 'Weights and peak memory' },
  'comparison.axis.position': { ja: '文書内のトークン位置', en: 'Token position in the document' },
  'comparison.axis.nll': { ja: 'nll', en: 'nll' },
  'comparison.axis.context': { ja: '文脈長', en: 'Context length' },
  'comparison.axis.tokens': { ja: 'トークン', en: 'tokens' },
  'comparison.axis.ttftMs': { ja: 'TTFT', en: 'TTFT' },
  'comparison.axis.tpotMs': { ja: 'TPOT', en: 'TPOT' },
  'comparison.axis.kvBytes': { ja: 'KVキャッシュ', en: 'KV cache' },
  'comparison.axis.memory': { ja: '種類', en: 'Kind' },
  'comparison.axis.bytes': { ja: 'メモリ', en: 'Memory' },
  'comparison.memory.weights': { ja: '重み', en: 'Weights' },
  'comparison.memory.peakRss': { ja: '最大常駐メモリ', en: 'Peak resident memory' },

  'comparison.quality.title': { ja: '品質の数値', en: 'Quality figures' },
  'comparison.quality.agreement': { ja: 'ベースラインとの一致', en: 'Agreement with the baseline' },
  'comparison.quality.lowerIsBetter': { ja: '小さいほど良い', en: 'lower is better' },
  'comparison.quality.higherIsBetter': { ja: '大きいほど良い', en: 'higher is better' },
  'comparison.quality.noAgreement': {
    ja: '候補とベースラインのトークナイザーが異なるため、一致度は比べられません。',
    en: 'The candidates use another tokenizer than the baseline, so agreement cannot be compared.',
  },

  'comparison.documents.title': { ja: '文書ごとの nll', en: 'Nll by document' },
  'comparison.documents.table': { ja: '文書ごとの値', en: 'Values by document' },
  'comparison.documents.name': { ja: '文書', en: 'Document' },
  'comparison.documents.tokens': { ja: 'トークン', en: 'Tokens' },
  'comparison.documents.relative': { ja: '差: {arm}', en: 'Difference: {arm}' },
  'comparison.documents.copy': { ja: '表をコピー', en: 'Copy the table' },
  'comparison.documents.note': {
    ja: '差はベースラインに対する相対差です。プラスは、その文書で候補が劣ることを表します。',
    en: 'Differences are relative to the baseline; plus means that the candidate is worse on that document.',
  },

  'comparison.warnings.title': { ja: '注意すべき点', en: 'What to watch' },
  'comparison.warnings.none': { ja: 'この実行に警告はありません。', en: 'This run has no warnings.' },
  'comparison.warnings.all': { ja: 'すべて表示（{count} 件）', en: 'Show all {count}' },

  'comparison.conditions.title': { ja: '測定条件とハッシュ', en: 'Conditions and hashes' },
  'comparison.conditions.copy': { ja: '条件をコピー', en: 'Copy the conditions' },
})
