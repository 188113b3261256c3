import { defineMessages } from './define.ts'

/** Failures of preparing the corpus from documents that were read. */
export const corpusErrors = defineMessages({
  'corpus/empty': {
    ja: '{documents} 件の文書を整えた結果、本文が残りませんでした。本文のある文書を入れてください。',
    en: 'Nothing remained of the {documents} documents after cleaning. Add documents that contain text.',
  },
  'corpus/too-few-documents': {
    ja: '重複（ほぼ同じ文書を含む）を除いた文書が {documents} 件しかなく、{needed} つに分けられません。文書を増やすか、チューニングなしで評価してください。',
    en: 'Only {documents} distinct documents are left (near-copies count as one), which cannot be split into {needed} parts. Add documents, or evaluate without tuning.',
  },
  'corpus/split-shares': {
    ja: '分割の割合（評価用 / チューニング / 検証）{shares} が正しくありません。0 以上で合計 1 になるように指定してください。',
    en: 'The split shares (held-out / tuning / validation) {shares} are not valid. Give shares of at least 0 that add up to 1.',
  },
})
