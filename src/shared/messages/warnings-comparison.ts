import { defineMessages } from './define.ts'

/** Reservations that go with results; each says what weakens which figure, and what to do. */
export const comparisonWarnings = defineMessages({
  'comparison/tokenizer-differs': {
    ja: '候補「{candidate}」はベースラインと違うトークナイザーを使うため、トークン単位の nll と一致度は比べられません。判定はビット/バイトで行いました。',
    en: 'Candidate "{candidate}" uses another tokenizer than the baseline, so nll per token and agreement cannot be compared. The verdict rests on bits per byte.',
  },
  'comparison/few-documents': {
    ja: '採点できた文書が {documents} 件だけのため、判定を出していません。{required} 件以上の文書を用意してください。',
    en: 'Only {documents} documents could be scored, so no verdict is given. Provide at least {required}.',
  },
  'comparison/several-candidates': {
    ja: '候補が {candidates} つあるため Holm 法で判定を厳しくしました。候補「{candidate}」の表示中の 95 % 区間は補正前で、補正後の判定は「判定できず」です。',
    en: 'With {candidates} candidates the verdicts are corrected by Holm’s method. The 95 % interval shown for candidate "{candidate}" is uncorrected; corrected, it is undecided.',
  },
  'comparison/unstable-speed': {
    ja: '系列「{arm}」の文脈長 {contexts} の速度は安定していません（ウォームアップが収束しないか、変動係数が 20 % 超）。ほかの負荷を止めて測り直してください。',
    en: 'The speed of arm "{arm}" at context {contexts} is unstable (warm-up did not settle, or variation above 20 %). Stop other work and measure again.',
  },
  'comparison/self-check-failed': {
    ja: '自己検査に失敗しました。ベースライン同士の対数確率が最大 {difference} 違います。この実行の品質の差は信用できません。',
    en: 'The self-check failed: the baseline against itself differs by up to {difference} in log-probability. The quality differences of this run cannot be trusted.',
  },
  'comparison/self-check-missing': {
    ja: '自己検査（ベースライン同士の比較）が行われていません。',
    en: 'No self-check (baseline against itself) was made.',
  },
  'comparison/machine-busy': {
    ja: '速度を測る直前に、ほかの処理がプロセッサーの {percent} % を使っていました。速度の数値はその影響を受けている可能性があります。',
    en: 'Just before timing, other work kept {percent} % of the processors busy. The speed figures may be disturbed by it.',
  },
  'comparison/on-battery': {
    ja: 'バッテリー駆動で測定しました。電源につないだときより遅い可能性があります。',
    en: 'Measured on battery power; the device may be slower than on mains.',
  },
  'comparison/other-provider': {
    ja: '指定した実行プロバイダー {requested} ではなく {used} で実行しました。',
    en: 'The run used provider {used}, not {requested} as requested.',
  },
})
