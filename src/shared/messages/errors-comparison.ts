import { defineMessages } from './define.ts'

/** Samples that cannot be compared. */
export const comparisonErrors = defineMessages({
  'comparison/not-paired': {
    ja: '系列 {arm} の文書 {document} の採点がベースラインと対になっていません（{reason}）。実行が最後まで終わっているか確認し、終わっていなければ再開してください。',
    en: 'The scores of arm {arm} for document {document} do not pair with the baseline’s ({reason}). Check that the run is complete; resume it if it is not.',
  },
  'comparison/not-finite': {
    ja: '系列 {arm} は文書 {document} で数値でない対数確率を返しました。このモデルの重みか量子化を確認してください（量子化なしで試す）。',
    en: 'Arm {arm} gave a log-probability that is not a number in document {document}. Check the model’s weights or quantization (try without quantization).',
  },
  'comparison/nothing-scored': {
    ja: '系列 {arm} で採点されたトークンがありません。2 トークン以上ある文書を指定してください。',
    en: 'Arm {arm} has no scored tokens. Give documents of at least two tokens.',
  },
})
