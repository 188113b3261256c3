import { defineMessages } from './define.ts'

export const conversionErrors = defineMessages({
  'conversion/heads': {
    ja: 'KVヘッド数 {kvHeads} には変換できません。元のモデルのKVヘッド数 {available} を割り切る 1 以上の整数を指定してください。',
    en: 'Cannot convert to {kvHeads} KV heads. Give a whole number from 1 on that divides the {available} KV heads of the source model.',
  },
  'conversion/no-documents': {
    ja: '変換方法 {method} は文書で較正します。文書フォルダーを指定するか、変換方法に mean を指定してください。',
    en: 'The method {method} is calibrated on documents. Give a folder of documents, or choose the method mean.',
  },
  'conversion/not-finite': {
    ja: 'どの変換方法（{methods}）でも、変換後の損失が数値になりません。元のモデルと文書で損失を測れるか（soroban poc）を確認してください。',
    en: 'No method ({methods}) gives a converted model with a finite loss. Check that the source model itself can be measured on the documents (soroban poc).',
  },
})
