import { defineMessages } from './define.ts'

/** The page that decides. */
export const summaryMessages = defineMessages({
  'purpose.label': { ja: '目的', en: 'Purpose' },
  purpose: {
    ja: 'MHA ベースライン「{baseline}」を GQA 候補（{candidates}）に置き換えられるか、置き換えにどれだけの価値があるかを、自社の文書 {documents} 件と自社の装置での測定に基づいて判断します。',
    en: 'To decide, from measurements on {documents} documents and a device of our own, whether a GQA candidate ({candidates}) can replace the MHA baseline "{baseline}", and what that is worth.',
  },
  'current.label': { ja: '現状（ベースライン）', en: 'Today (baseline)' },
  'proposed.label': { ja: '候補', en: 'Proposed (candidates)' },
  'measured.label': { ja: '測定', en: 'Measured' },
  measured: {
    ja: '{device} ／ 文書 {documents} 件・{tokens} トークン ／ 実行ID {run}（{created} UTC）',
    en: '{device}; {documents} documents, {tokens} tokens; run {run} ({created} UTC)',
  },
  assumed: {
    ja: '前提条件: 月 {requests} 件（入力 {input}・出力 {output} トークン）、応答目標 {latency} 秒、評価期間 {horizon} 年、割引率 {rate}。変更は、シート「{sheet}」で行います。',
    en: 'Assumptions: {requests} requests a month ({input} input and {output} output tokens), latency target {latency} s, horizon {horizon} years, discount rate {rate}. Change them on the sheet "{sheet}".',
  },
  'recommendation.heading': { ja: '結論と推奨', en: 'Conclusion and recommendation' },
  'recommend.proceed': {
    ja: '候補「{candidate}」への置き換えを、次の段階へ進めることを推奨します{caveat}。品質は保たれており、{horizon} 年間の正味現在価値（NPV）は {npv} です。',
    en: 'Proceed with candidate "{candidate}"{caveat}: quality is kept, and the net present value (NPV) over {horizon} years is {npv}.',
  },
  'recommend.caveat.unconfirmed': {
    ja: 'が、前提条件 {count} 件が未確認のため、仮の結論です',
    en: ', provisionally, as {count} assumptions are unconfirmed',
  },
  'recommend.caveat.fragile': {
    ja: 'が、悲観シナリオでは採算が合いません',
    en: ', although it does not pay in the pessimistic scenario',
  },
  'recommend.caveat.both': {
    ja: 'が、前提条件 {count} 件が未確認の仮の結論であり、悲観シナリオでは採算が合いません',
    en: ', provisionally, as {count} assumptions are unconfirmed, and although it does not pay in the pessimistic scenario',
  },
  'recommend.others.kept': {
    ja: '候補「{candidate}」も品質を保っていますが、NPV がこれより高くないか、計算できません。',
    en: 'Candidate "{candidate}" keeps quality too, but its NPV is not higher or cannot be computed.',
  },
  'recommend.others.undecided': {
    ja: '候補「{candidate}」は、品質を判定できていません。',
    en: 'For candidate "{candidate}" quality is undecided.',
  },
  'recommend.others.notEvaluated': {
    ja: '候補「{candidate}」は、品質を比べていません。',
    en: 'Candidate "{candidate}" was not compared for quality.',
  },
  'recommend.others.worse': {
    ja: '候補「{candidate}」は、品質が許容差を超えて低下しました。',
    en: 'Candidate "{candidate}" lost quality beyond the margin.',
  },
  'recommend.notEvaluated': {
    ja: '候補「{candidate}」に置き換えられるかは判断できません。この実行には、ベースラインと品質（nll またはビット/バイト）を比べた結果が含まれていないためです。品質の評価を含めて、実行し直してください。',
    en: 'Whether candidate "{candidate}" can replace the baseline cannot be decided: this run holds no comparison of quality (nll or bits per byte) with the baseline. Run again with the quality evaluation.',
  },
  'recommend.notPaying': {
    ja: '候補「{candidate}」の品質は保たれていますが、この前提条件では採算が合いません。{horizon} 年間の正味現在価値（NPV）は {npv} です。前提条件が変わらない限り、置き換えは推奨しません。',
    en: 'Candidate "{candidate}" keeps quality, but replacing the baseline does not pay under these assumptions: the net present value (NPV) over {horizon} years is {npv}. It is not recommended unless they change.',
  },
  'recommend.cannotServe': {
    ja: '候補「{candidate}」の品質は保たれていますが、前提条件の装置と応答目標ではベースラインか候補が需要に応えられず、採算を計算できません。装置または応答目標を見直してください。',
    en: 'Candidate "{candidate}" keeps quality, but with the assumed device and latency target the baseline or the candidate cannot serve the demand, so the return cannot be computed. Reconsider the device or the target.',
  },
  'recommend.noMoney': {
    ja: '候補「{candidate}」は品質を保っており、技術的には置き換えられます。投資対効果はこの報告書に含まれていないため、採算は判断していません。',
    en: 'Candidate "{candidate}" keeps quality and is technically sound. This report holds no return on investment, so whether it pays is not judged.',
  },
  'recommend.excluded': {
    ja: '候補「{candidate}」は品質を保っていますが、投資対効果を計算できないため、採算は判断していません。',
    en: 'Candidate "{candidate}" keeps quality, but its return cannot be computed, so whether it pays is not judged.',
  },
  'recommend.worse': {
    ja: '候補「{candidate}」への置き換えは推奨しません。品質が許容差を超えて低下しており、費用をどれだけ削減できても、この結論は変わりません。',
    en: 'Do not replace the baseline with candidate "{candidate}". Quality is worse beyond the margin, and no savings change that.',
  },
  'recommend.undecided': {
    ja: '候補「{candidate}」に置き換えられるかは、まだ判断できません。費用が削減できるというだけでは、置き換えを判断できません。評価する文書を増やし、同じ許容差で再評価してください。',
    en: 'Whether candidate "{candidate}" can replace the baseline cannot be decided yet, and savings are no ground to decide it. Evaluate more documents with the same margin.',
  },

  'arm.heads': {
    ja: '{name}: クエリヘッド {query}・KVヘッド {kv}・ヘッド次元 {size}・層 {layers}',
    en: '{name}: {query} query, {kv} KV heads of {size}, {layers} layers',
  },

  'figure.quality': { ja: '品質は保たれるか', en: 'Is quality kept?' },
  'figure.quality.note': {
    ja: '候補「{candidate}」、{metric} の差 {relative}（許容差 +{margin}）・{provenance}',
    en: 'candidate "{candidate}", {metric} differs by {relative} (margin +{margin}); {provenance}',
  },
  'figure.npv': { ja: '正味現在価値（NPV、{currency}）', en: 'Net present value (NPV, {currency})' },
  'figure.payback': { ja: '回収期間（年）', en: 'Payback period (years)' },
  'figure.money.note': {
    ja: '候補「{candidate}」、標準シナリオ・推計',
    en: 'candidate "{candidate}", standard scenario; estimated',
  },
  'figure.relative.note': {
    ja: '候補「{candidate}」、ベースライン比・{provenance}',
    en: 'candidate "{candidate}", against the baseline; {provenance}',
  },
  'figure.kv': { ja: 'KVキャッシュ（文脈長 {context}）', en: 'KV cache (context length {context})' },
  'figure.tpot': { ja: 'トークン間時間 TPOT（文脈長 {context}）', en: 'TPOT (context length {context})' },

  'column.candidate': { ja: '現状比較', en: 'Against today' },
  'column.quality': { ja: '品質の差', en: 'Quality difference' },
  'column.interval': { ja: '95 % 区間', en: '95 % interval' },
  interval: { ja: '{low} ~ {high}', en: '{low} to {high}' },
  'column.heads': { ja: 'KV ヘッド', en: 'KV heads' },
  'column.tco': { ja: '総費用 TCO （{currency}）', en: 'TCO ({currency})' },
  'row.baseline': { ja: '{arm}（現状）', en: '{arm} (today)' },
  'column.kv': { ja: 'KVキャッシュ （文脈長 {context}）', en: 'KV cache (context {context})' },
  'column.tpot': { ja: 'TPOT （文脈長 {context}）', en: 'TPOT (context {context})' },
  'column.ttft': { ja: 'TTFT （文脈長 {context}）', en: 'TTFT (context {context})' },
  'column.outlay': { ja: '追加投資額 （0 年目、{currency}）', en: 'Investment (year 0, {currency})' },
  'column.savings': { ja: '効果: 総費用の 削減額（{currency}）', en: 'Effect: savings ({currency})' },
  'column.npv': { ja: 'NPV 標準（{currency}）', en: 'NPV, standard ({currency})' },
  'column.npvPessimistic': { ja: 'NPV 悲観（{currency}）', en: 'NPV, pessimistic ({currency})' },
  'column.payback': { ja: '回収期間（年）', en: 'Payback (years)' },
  'column.decision': { ja: '判断', en: 'Decision' },
  'decision.proceed': { ja: '進める', en: 'Proceed' },
  'decision.notPaying': { ja: '採算が合わない', en: 'Does not pay' },
  'decision.cannotServe': { ja: '計算できない', en: 'Cannot be computed' },
  'decision.noMoney': { ja: '採算は未判断', en: 'Return not judged' },
  'decision.worse': { ja: '置き換えない', en: 'Do not replace' },
  'decision.notEvaluated': { ja: '品質を比べていない', en: 'Quality not compared' },
  'decision.undecided': { ja: '判断できない', en: 'Not decidable' },

  'attention.heading': { ja: 'リスクと対策（注意すべき点）', en: 'Risks and measures (what to watch)' },
  'attention.more': {
    ja: 'ほかに {count} 件の注意点があります。シート「{risks}」と「{conditions}」を見てください。',
    en: 'There are {count} more points; see the sheets "{risks}" and "{conditions}".',
  },
  'attention.slower': {
    ja: '候補「{candidate}」は、文脈長 {contexts} でベースラインより遅くなりました（TPOT）。',
    en: 'Candidate "{candidate}" was slower than the baseline at context length {contexts} (TPOT).',
  },
  'attention.worse': {
    ja: '候補「{candidate}」は、品質が許容差を超えて低下しました。',
    en: 'Candidate "{candidate}" lost quality beyond the margin.',
  },
  'attention.selfCheck': {
    ja: '自己検査（ベースライン同士の比較）で差 {difference} が出ました。測定そのものに誤りがあるおそれがあるため、この結果は使わないでください。',
    en: 'The self-check (baseline against itself) showed a difference of {difference}. Something is wrong with the measurement itself: do not use this result.',
  },
  'attention.noMoney': {
    ja: 'この報告書には投資対効果が含まれていません。前提条件を指定して報告書を作り直すと、金額と回収期間を計算します。',
    en: 'This report holds no return on investment. Write it again with assumptions to see amounts and payback.',
  },
  'attention.notMeasured': {
    ja: '{what}が測定されていないため、投資対効果は計算できません。速度とメモリの測定を含めて、実行し直してください。',
    en: 'Not measured in this run: {what}. No return on investment can be computed from it. Run again with speed and memory.',
  },
  'attention.notMeasured.speed': { ja: '速度', en: 'speed' },
  'attention.notMeasured.memory': { ja: 'メモリ（重みの大きさ）', en: 'memory (size of the weights)' },
  'attention.lengths': {
    ja: '想定する長さ（入力 {input}・出力 {output} トークン）は、測定した文脈長（{contexts}）の外にあり、時間は外挿です。',
    en: 'The assumed lengths ({input} input and {output} output tokens) lie outside the measured ones ({contexts}): times are extrapolated.',
  },
  'attention.excluded.tokenizer-differs': {
    ja: '候補「{candidate}」はトークナイザーがベースラインと異なるため、投資対効果から除きました。',
    en: 'Candidate "{candidate}" uses another tokenizer than the baseline and is left out of the return on investment.',
  },
  'attention.excluded.rates-missing': {
    ja: '候補「{candidate}」は速度または重みの大きさが測れていないため、投資対効果から除きました。',
    en: 'Candidate "{candidate}" lacks measured rates or weights and is left out of the return on investment.',
  },
  'attention.npv.negative': {
    ja: '候補「{candidate}」の NPV は標準シナリオで {npv} です。{horizon} 年間では投資を回収できません。',
    en: 'The NPV of candidate "{candidate}" is {npv} in the standard scenario: the investment is not earned back within {horizon} years.',
  },
  'attention.npv.pessimistic': {
    ja: '候補「{candidate}」の NPV は、悲観シナリオで {npv} になります。',
    en: 'In the pessimistic scenario the NPV of candidate "{candidate}" is {npv}.',
  },
  'attention.npv.robust': {
    ja: '候補「{candidate}」の NPV は、悲観シナリオでも {npv} です。',
    en: 'Even in the pessimistic scenario the NPV of candidate "{candidate}" is {npv}.',
  },
  'attention.npv.unknown': {
    ja: '候補「{candidate}」の NPV は、標準シナリオまたは悲観シナリオで計算できません。前提条件の装置では需要に応えられないためです。',
    en: 'The NPV of candidate "{candidate}" cannot be computed in the standard or pessimistic scenario: the device cannot serve the demand.',
  },
  'attention.energy': {
    ja: '消費電力量は測定していません（n/a）。電力費と CO₂ は、前提条件の消費電力からの推計です。',
    en: 'Energy was not measured (n/a). Cost of power and CO₂ are estimated from the assumed power draw.',
  },
  'attention.energyPlain': {
    ja: '消費電力量は測定していません（n/a）。',
    en: 'Energy was not measured (n/a).',
  },
  'attention.training': {
    ja: '学習の経緯が異なるモデル同士の差には、ヘッド構成以外の要因も含まれます。',
    en: 'Between models with different training, the difference also holds causes other than the head configuration.',
  },
  'next.heading': { ja: '次の段階の条件', en: 'Conditions for the next step' },
  'next.kept.1': {
    ja: '実際に使う装置と文脈長で、速度とメモリを測り直す。',
    en: 'Measure speed and memory again on the target device and context lengths.',
  },
  'next.kept.2': {
    ja: '利用者が両方の生成結果を見比べる。',
    en: 'Let users compare texts generated by both.',
  },
  'next.kept.money': {
    ja: '既定値のままの前提条件を自社の値に置き換え、採算を確認する。',
    en: 'Replace assumptions that are still defaults by your own values and check the return again.',
  },
  'next.kept.noMoney': {
    ja: '費用の前提条件を定め、投資対効果を計算する。',
    en: 'Fix the cost assumptions and compute the return.',
  },
  'next.worse.1': {
    ja: '候補を追加で蒸留するか、KVヘッド数を増やす。',
    en: 'Distil the candidate further, or give it more KV heads.',
  },
  'next.worse.2': {
    ja: '同じ文書と同じ許容差で再評価する。',
    en: 'Evaluate again on the same documents with the same margin.',
  },
  'next.worse.3': { ja: 'それまでは置き換えない。', en: 'Do not replace the baseline until then.' },
  'next.notEvaluated.1': {
    ja: '品質の評価（nll）を含めて実行し直す。',
    en: 'Run again with the quality evaluation (nll).',
  },
  'next.notEvaluated.2': {
    ja: '比較できない理由が警告にないかを、シート「{conditions}」で確認する。',
    en: 'Look for the reason among the warnings on the sheet "{conditions}".',
  },
  'next.notEvaluated.3': { ja: 'それまでは置き換えない。', en: 'Do not replace the baseline until then.' },
  'next.undecided.1': { ja: '評価する文書を増やす。', en: 'Evaluate on more documents.' },
  'next.undecided.2': { ja: '候補を追加で蒸留する。', en: 'Distil the candidate further.' },
  'next.undecided.3': {
    ja: '許容差は変えずに再評価する。',
    en: 'Evaluate again without changing the margin.',
  },
})
