import { defineMessages } from './define.ts'

/** What can go wrong, what this run says about it, and what to do. */
export const riskMessages = defineMessages({
  'sheet.risks': { ja: 'リスクと対策', en: 'Risks and measures' },
  'risks.intro': {
    ja: '根拠の欄には、この実行の結果と前提条件から分かることを記しています。担当の欄は、社内で記入してください。',
    en: 'Evidence is taken from this run and its assumptions. Fill in the owners yourselves.',
  },
  risk: { ja: 'リスク', en: 'Risk' },
  'risk.state': { ja: '状況', en: 'State' },
  'risk.evidence': { ja: 'この実行での根拠', en: 'Evidence in this run' },
  'risk.impact': { ja: '影響', en: 'Impact' },
  'risk.measure': { ja: '対策', en: 'Measure' },
  'risk.owner': { ja: '担当', en: 'Owner' },
  'state.act': { ja: '要対応', en: 'Act' },
  'state.check': { ja: '要確認', en: 'Check' },
  'state.clear': { ja: '問題なし', en: 'Clear' },

  'risk.quality': { ja: '品質の低下', en: 'Loss of quality' },
  'risk.quality.evidence': {
    ja: '{candidate}: {verdict}（{metric} の差 {relative}、95 % 区間 {low} ~ {high}、許容差 +{margin}）',
    en: '{candidate}: {verdict} ({metric} differs by {relative}, 95 % interval {low} to {high}, margin +{margin})',
  },
  'risk.quality.none': { ja: '{candidate}: 判定の対象外', en: '{candidate}: no verdict' },
  'risk.quality.impact': {
    ja: '回答の誤りが増え、利用者の手戻りや苦情につながります。',
    en: 'More wrong answers, rework and complaints.',
  },
  'risk.quality.measure': {
    ja: '追加の蒸留、KVヘッド数の見直し、利用者による見比べを行い、並行稼働の期間を設けます。',
    en: 'Distil further, reconsider the number of KV heads, let users compare, and run both side by side for a while.',
  },
  'risk.sample': { ja: '評価文書の偏り・不足', en: 'Too few or one-sided documents' },
  'risk.sample.evidence': {
    ja: '評価した文書は {documents} 件、{tokens} トークンです。',
    en: '{documents} documents with {tokens} tokens were evaluated.',
  },
  'risk.sample.impact': {
    ja: '実際の業務文書では、品質の差がこの結果と異なることがあります。',
    en: 'On other documents of the business the difference may not be the same.',
  },
  'risk.sample.measure': {
    ja: '業務を代表する文書を加えて再評価します。許容差は変えません。',
    en: 'Add representative documents and evaluate again with the same margin.',
  },
  'risk.confounder': { ja: 'ヘッド構成以外の違い', en: 'Differences other than heads' },
  'risk.confounder.evidence': {
    ja: 'KVヘッド数以外も異なる候補: {candidates}',
    en: 'Candidates that differ in more than their KV heads: {candidates}',
  },
  'risk.confounder.clear': {
    ja: '構成の違いはKVヘッド数だけです。学習の経緯の違いは、この実行からは分かりません。',
    en: 'Only the number of KV heads differs. This run cannot tell how the models were trained.',
  },
  'risk.confounder.impact': {
    ja: '差の原因が GQA だけにあるとは言えません。',
    en: 'The difference cannot be put down to GQA alone.',
  },
  'risk.confounder.measure': {
    ja: 'ベースラインを同じ計算量で追加学習したモデルとも比べます。',
    en: 'Compare also with the baseline itself, trained further with the same amount of compute.',
  },
  'risk.speed': { ja: '速度が上がらない', en: 'No gain in speed' },
  'risk.speed.slower': {
    ja: '{candidate}: 文脈長 {contexts} でベースラインより遅い（TPOT の 95 % 区間が 0 を上回る）',
    en: '{candidate}: slower at context length {contexts} (95 % interval of TPOT above 0)',
  },
  'risk.speed.longer': {
    ja: '{candidate}: 平均ではベースラインより遅い（{differences}）',
    en: '{candidate}: slower than the baseline by the mean ({differences})',
  },
  'risk.speed.unknown': {
    ja: '{candidate}: 速度を比べた結果がない（n/a）',
    en: '{candidate}: speed was not compared (n/a)',
  },
  list: { ja: '、', en: ', ' },
  'risk.speed.clear': {
    ja: 'TTFT と TPOT は、測定したすべての文脈長でベースライン以下です。',
    en: "TTFT and TPOT are no longer than the baseline's at any context length.",
  },
  'risk.speed.impact': {
    ja: '応答が遅くなるか、必要な台数が増えます。',
    en: 'Slower answers, or more devices.',
  },
  'risk.speed.measure': {
    ja: '導入する装置と実行環境で測り直し、GQA に対応した演算が使われているかを確認します。',
    en: 'Measure again on the target device and software, and check that its kernels support GQA.',
  },
  'risk.timing': { ja: '不安定な測定', en: 'Unstable measurement' },
  'risk.timing.evidence': {
    ja: '{arm}: 文脈長 {contexts} の速度が不安定',
    en: '{arm}: speed unstable at context length {contexts}',
  },
  'risk.timing.clear': { ja: '速度の測定はすべて安定しています。', en: 'All timings are stable.' },
  'risk.timing.impact': {
    ja: '台数と費用の推計がぶれます。',
    en: 'Numbers of devices and costs are less certain.',
  },
  'risk.timing.measure': {
    ja: 'ほかの処理を止め、電源につないで測り直します。',
    en: 'Stop other work, use mains power, and measure again.',
  },
  'risk.selfCheck': { ja: '測定系の誤り', en: 'Fault of the measurement' },
  'risk.selfCheck.impact': {
    ja: '品質の差そのものが信用できなくなります。',
    en: 'The quality differences themselves cannot be trusted.',
  },
  'risk.selfCheck.measure': {
    ja: '診断を行い、ドライバーと実行環境を確認してから再実行します。',
    en: 'Run the diagnosis, check driver and runtime, and run again.',
  },
  'risk.device': { ja: '測定装置と導入装置の違い', en: 'Measured on another device' },
  'risk.device.cpu': {
    ja: '速度は CPU（{device}）で測定しました。GPU では測定していません。',
    en: 'Speed was measured on a CPU ({device}), not on a GPU.',
  },
  'risk.device.gpu': { ja: '速度は {device} で測定しました。', en: 'Speed was measured on {device}.' },
  'risk.device.estimated': {
    ja: '導入装置の速度は、データシートの性能比（ルーフライン）による推計です。',
    en: 'Speeds on the target device are estimated by the ratio of data sheet figures (roofline).',
  },
  'risk.device.ratios': {
    ja: '導入装置の性能は、測定装置に対して演算 {compute} 倍・メモリ帯域 {bandwidth} 倍と仮定しています。',
    en: 'The target device is assumed to have {compute} times the compute and {bandwidth} times the bandwidth of the measured one.',
  },
  'risk.device.measured': {
    ja: '導入装置と測定装置の性能は同じと仮定しています。',
    en: 'Target and measured device are assumed to perform alike.',
  },
  'risk.device.impact': {
    ja: '必要な台数・応答時間・費用が推計と異なることがあります。',
    en: 'Devices, response times and costs may differ from the estimate.',
  },
  'risk.device.measure': {
    ja: '購入の前に、導入する装置を借りて同じ測定を行います。',
    en: 'Borrow the target device and repeat the measurement before buying.',
  },
  'risk.lengths': { ja: '測定範囲の外の長さ', en: 'Lengths outside the measured ones' },
  'risk.lengths.evidence': {
    ja: '前提は入力 {input}・出力 {output} トークン、測定した文脈長は {contexts} です（{provenance}）。',
    en: 'Assumed: {input} input and {output} output tokens; measured context lengths: {contexts} ({provenance}).',
  },
  'risk.lengths.measuredOnly': {
    ja: '測定した文脈長は {contexts} です。',
    en: 'Measured context lengths: {contexts}.',
  },
  'risk.lengths.impact': {
    ja: '長い入力での時間とメモリが推計と異なることがあります。',
    en: 'Time and memory at long inputs may differ from the estimate.',
  },
  'risk.lengths.measure': {
    ja: '実際の入力の長さを含む文脈長で測り直します。',
    en: 'Measure at context lengths that include the real ones.',
  },
  'risk.batching': { ja: '同時処理の見込み違い', en: 'Batching gains less than estimated' },
  'risk.batching.evidence': {
    ja: '1 系列ずつ測定しました。複数系列を同時に処理する速度は推計です。',
    en: 'Measured one sequence at a time; the speed of several together is estimated.',
  },
  'risk.batching.impact': {
    ja: '必要な台数が増え、GQA の効果が小さくなることがあります。',
    en: 'More devices, and less gain from GQA.',
  },
  'risk.batching.measure': {
    ja: '導入する推論サーバーで、最繁時の負荷試験を行います。',
    en: 'Load-test the serving software at peak demand.',
  },
  'risk.assumptions': { ja: '未確認の前提条件', en: 'Unconfirmed assumptions' },
  'risk.assumptions.evidence': {
    ja: '{total} 件のうち {count} 件が既定値のままです。',
    en: '{count} of {total} are still at their defaults.',
  },
  'risk.assumptions.clear': {
    ja: '既定値のままの前提条件はありません。',
    en: 'No assumption is at its default.',
  },
  'risk.assumptions.impact': {
    ja: '金額・台数・回収期間が実態と合わないことがあります。',
    en: 'Amounts, devices and payback may not be those of the company.',
  },
  'risk.assumptions.measure': {
    ja: '見積書・契約書・運用実績の値に置き換えます。影響の大きい項目から確認します（シート「{sheet}」）。',
    en: 'Replace them by quotations, contracts and records, the most influential first (sheet "{sheet}").',
  },
  'risk.return': { ja: '採算割れ', en: 'The investment does not pay' },
  'risk.return.evidence': {
    ja: '{candidate}: NPV 標準 {standard}、悲観 {pessimistic}',
    en: '{candidate}: NPV {standard} standard, {pessimistic} pessimistic',
  },
  'risk.return.impact': {
    ja: '投資した費用が評価期間内に戻りません。',
    en: 'What is invested does not come back within the horizon.',
  },
  'risk.return.measure': {
    ja: '需要が損益分岐の件数を上回ることを確かめ、段階的に導入します。',
    en: 'Make sure that demand lies above break-even, and introduce the candidate step by step.',
  },
  'risk.return.measure.always': {
    ja: '調べたどの需要でも採算は合いますが、影響の大きい前提条件を確認し、段階的に導入します。',
    en: 'It pays at every volume of the table; confirm the assumptions that matter most, and introduce the candidate step by step.',
  },
  'risk.return.measure.never': {
    ja: '調べた需要の範囲に損益分岐はなく、需要を増やしても採算は合いません。移行費用・装置・候補を見直すまで導入しません。',
    en: 'Within the volumes of the table there is no break-even, and more demand does not make it pay. Do not introduce the candidate before cost of migration, device or candidate have changed.',
  },
  'risk.return.measure.cannotServe': {
    ja: '前提条件の装置では提供できません。装置または応答目標を見直し、計算し直します。',
    en: 'It cannot be served on the assumed device. Change the device or the latency target and compute again.',
  },
  'risk.excluded': { ja: '比較から除いた候補', en: 'Candidates left out' },
  'risk.excluded.clear': {
    ja: 'すべての候補を投資対効果で比べています。',
    en: 'Every candidate is part of the return on investment.',
  },
  'risk.excluded.impact': {
    ja: '除いた候補の採算は分かりません。',
    en: 'Whether those candidates pay is unknown.',
  },
  'risk.excluded.measure': {
    ja: '同じトークナイザーの候補を用意するか、速度を測り直します。',
    en: 'Provide a candidate with the same tokenizer, or measure its speed.',
  },
  'risk.energy': { ja: '消費電力量が未測定', en: 'Energy not measured' },
  'risk.energy.evidence': {
    ja: '消費電力量は n/a です（この実行では電力を測定していません）。',
    en: 'Energy is n/a: power was not measured in this run.',
  },
  'risk.energy.impact': {
    ja: '電力費と CO₂ の推計がずれることがあります。',
    en: 'Cost of power and CO₂ may be off.',
  },
  'risk.energy.measure': {
    ja: '導入する装置の電力を、負荷試験のときに測ります。',
    en: 'Measure power on the target device during the load test.',
  },
})
