import { defineMessages } from './define.ts'

/** Reservations about what went into a run. */
export const pocWarnings = defineMessages({
  'poc/document-skipped': {
    ja: '評価に入っていない文書があります。{reason}',
    en: 'A document is not part of the evaluation. {reason}',
  },
  'poc/document-duplicate': {
    ja: '文書「{name}」は「{of}」と同じ内容のため、一度だけ評価しました。',
    en: 'Document "{name}" has the same text as "{of}" and was evaluated once.',
  },
  'poc/document-near-duplicate': {
    ja: '文書「{name}」は「{of}」とほぼ同じ内容（類似度 {similarity} %）のため、評価に入っていません。',
    en: 'Document "{name}" all but repeats "{of}" (similarity {similarity} %) and is not part of the evaluation.',
  },
  'poc/documents-excluded': {
    ja: '{count} 文書は、利用者の指定により評価から外しました。',
    en: '{count} documents were left out of the evaluation as asked.',
  },
  'poc/exclusion-unknown': {
    ja: '評価から外すよう指定された「{name}」という文書はありません。文書の一覧で名前を確認してください。',
    en: 'There is no document "{name}", which was to be left out of the evaluation. Check its name in the list of documents.',
  },
  'poc/documents-for-tuning': {
    ja: '{count} 文書はチューニング用と検証用に分けたため、評価に入っていません。',
    en: '{count} documents are set apart for tuning and validation and are not part of the evaluation.',
  },
  'poc/held-out-scarce': {
    ja: '評価用の文書が、分けた文書の全文字数の {percent} % しかありません。結果の確かさが不足します。文章を共有する文書は分けられないため、改訂前の版などを評価から外すか、内容の異なる文書を追加してください。',
    en: 'Only {percent} % of the characters of the split documents are held out: too little for results to rely on. Documents that share passages cannot be separated; exclude earlier versions and the like, or add documents about other things.',
  },
  'poc/document-recognized': {
    ja: '文書「{name}」の {pages} ページは文字認識（OCR）で読みました（確信度 {confidence} %）。誤認識が含まれることがあります。',
    en: '{pages} pages of document "{name}" were read by text recognition (OCR, confidence {confidence} %) and may hold errors.',
  },
  'poc/document-pages-without-text': {
    ja: '文書「{name}」の {pages} ページは画像だけで文字情報がなく、評価に入っていません。',
    en: '{pages} pages of document "{name}" are pictures without text and are not part of the evaluation.',
  },
  'poc/document-formulas': {
    ja: '文書「{name}」の {count} 個の数式に計算結果が保存されていないため、その値は評価に入っていません。Excel で開いて保存し直してください。',
    en: '{count} formulas of document "{name}" are stored without a result, which the evaluation lacks. Open it in Excel and save it again.',
  },
  'poc/document-too-short': {
    ja: '文書「{name}」は短すぎて採点できるトークンがありません。',
    en: 'Document "{name}" is too short: it has no token to score.',
  },
  'poc/document-broken-characters': {
    ja: '文書「{name}」に読み取れない文字が {count} 個あります。文字コード、フォント、外字を確認してください。',
    en: 'Document "{name}" has {count} characters that cannot be read. Check its encoding, fonts and private characters.',
  },
  'poc/documents-seen': {
    ja: '{count} 文書は、系列「{arms}」の変換または学習に使われているため、評価から除きました。',
    en: '{count} documents were used to convert or train {arms} and are left out of the evaluation.',
  },
  'poc/driver-differs': {
    ja: '系列によって実行系の駆動方式が異なります（{drivers}）。速度は比べられません。診断（soroban doctor）で原因を確認し、測り直してください。',
    en: 'The arms ran on different runtime drivers ({drivers}), so their speeds do not compare. See the doctor (soroban doctor) for the cause and measure again.',
  },
  'poc/heads-and-sizes-differ': {
    ja: '候補「{candidate}」は KVヘッド数以外（層数、次元、クエリヘッド、パラメータ数など）もベースラインと異なります。差をヘッド構成だけに帰すことはできません。',
    en: 'Candidate "{candidate}" differs from the baseline in more than its KV heads (layers, sizes, query heads). The difference cannot be put down to the head configuration alone.',
  },
  'poc/provider-limited': {
    ja: 'この GPU では {provider} による長い入力の一括計算が正しくないため、入力を {tokens} トークンずつに分けて処理しました（{arms}）。計算結果は正しいものの、最初のトークンまでの時間（TTFT）は GPU 本来の値より長くなります。GPU ドライバーを更新して測り直してください。',
    en: 'On this GPU {provider} computes long runs wrongly, so prompts went through {tokens} tokens at a time ({arms}). The results are right, but the time to first token is longer than the GPU allows. Update the GPU driver and measure again.',
  },
})
