import { defineMessages } from '../../shared/messages/define.ts'

/** The corpus view. */
export const corpusMessages = defineMessages({
  'corpus.title': { ja: 'コーパス', en: 'Corpus' },
  'corpus.lead': {
    ja: '文書から重複を除いた、実際に使われる文章の全体です。量、長さ、用途ごとの分け方を確かめます。',
    en: 'What of the documents is really used, without duplicates: how much it is, how long, and how it is split.',
  },
  'corpus.again': { ja: '調べ直す', en: 'Look again' },
  'corpus.none.title': { ja: '文書がまだ選ばれていません', en: 'No documents chosen yet' },
  'corpus.none.advice': {
    ja: 'コーパスは文書から作ります。先に文書フォルダーを選んでください。',
    en: 'The corpus is made out of documents. Choose their folder first.',
  },
  'corpus.none.choose': { ja: '文書を選ぶ', en: 'Choose documents' },
  'corpus.describing': { ja: 'コーパスを調べています', en: 'Looking at the corpus' },
  'corpus.describing.cancel': { ja: '中止', en: 'Stop' },
  'corpus.stopped.title': { ja: '調査を中止しました', en: 'It was stopped' },
  'corpus.stopped.advice': {
    ja: '「調べ直す」で再開します。読み取り済みの文書は読み直しません。',
    en: '“Look again” goes on; documents that were read are not read again.',
  },

  'corpus.settings': { ja: '作り方', en: 'How it is made' },
  'corpus.purpose': { ja: '用途', en: 'Purpose' },
  'corpus.purpose.evaluate': {
    ja: '評価のみ（全文書を評価用にする）',
    en: 'Evaluation only (all documents held out)',
  },
  'corpus.purpose.tune': {
    ja: 'チューニングと評価（チューニング用 70 %、検証用 10 %、評価用 20 %）',
    en: 'Tuning and evaluation (tuning 70 %, validation 10 %, held-out 20 %)',
  },
  'corpus.nearDuplicates': { ja: 'ほぼ同じ文書', en: 'Near-duplicates' },
  'corpus.nearDuplicates.drop': { ja: '除く（1 件だけ残す）', en: 'Leave out (one of them stays)' },
  'corpus.nearDuplicates.keep': { ja: '残す（同じ区分にまとめる）', en: 'Keep (together in one split)' },
  'corpus.seed': { ja: '乱数シード', en: 'Seed' },
  'corpus.seed.help': {
    ja: '同じ文書と同じシードからは、常に同じ分け方になります。シードは実行の計画で変えられます。',
    en: 'The same documents and seed always give the same split. The seed is part of the plan of the runs.',
  },

  'corpus.figures': { ja: 'コーパスの内容', en: 'What is in it' },
  'corpus.documents': { ja: '文書', en: 'Documents' },
  'corpus.characters': { ja: '文字数', en: 'Characters' },
  'corpus.languages': { ja: '言語', en: 'Languages' },
  'corpus.language': { ja: '{name} {count} 件', en: '{name} {count}' },
  'corpus.leftOut': { ja: '使わない文書', en: 'Left out' },
  'corpus.leftOut.none': { ja: 'ありません', en: 'None' },
  'corpus.leftOut.count': { ja: '{reason} {count} 件', en: '{reason} {count}' },
  'corpus.fingerprint': { ja: '指紋（SHA-256）', en: 'Fingerprint (SHA-256)' },
  'corpus.fingerprint.help': {
    ja: '同じ文章であれば、ファイル名、順序、装置が違っても同じ値になります。実行にも記録されます。',
    en: 'The same for the same texts, whatever their names, order or machine. Every run records it.',
  },

  'corpus.lengths': { ja: '文書の長さ', en: 'How long the documents are' },
  'corpus.lengths.characters': { ja: '文字数', en: 'Characters' },
  'corpus.lengths.tokens': { ja: 'トークン数（{models}）', en: 'Tokens ({models})' },
  'corpus.lengths.charactersChart': {
    ja: '文書の長さの分布（文字）',
    en: 'Lengths of the documents in characters',
  },
  'corpus.lengths.tokensChart': {
    ja: '文書の長さの分布（トークン、{models}）',
    en: 'Lengths of the documents in tokens ({models})',
  },
  'corpus.lengths.series': { ja: '文書', en: 'Documents' },
  'corpus.lengths.y': { ja: '文書数', en: 'Documents' },
  'corpus.lengths.bucket': { ja: '{from}～{to}', en: '{from} to {to}' },
  'corpus.lengths.unit': { ja: '数え方', en: 'Counted in' },
  'corpus.lengths.coverage': { ja: '文書を覆う長さ', en: 'Lengths that cover the documents' },
  'corpus.lengths.share': { ja: '文書の {share}', en: '{share} of the documents' },
  'corpus.lengths.total': { ja: '合計', en: 'Total' },
  'corpus.lengths.within': { ja: '{length} 以内', en: 'within {length}' },
  'corpus.lengths.reading': {
    ja: '文書の {share} は {length} トークン以内です（{models}）。',
    en: '{share} of the documents are within {length} tokens ({models}).',
  },
  'corpus.lengths.noModels': {
    ja: 'モデルを選ぶと、そのトークナイザーで数えた長さも表示します。',
    en: 'Once models are chosen, lengths by their tokenizers are shown as well.',
  },
  'corpus.lengths.uncounted': {
    ja: '{models} のトークンを数えられません',
    en: 'Tokens of {models} cannot be counted',
  },

  'corpus.splits': { ja: '用途ごとの区分', en: 'Splits' },
  'corpus.splits.scarce': {
    ja: '評価用の文書が全文字数の {share} しかなく、結果の確かさが不足します。',
    en: 'Only {share} of the characters are held out: too little for results to rely on.',
  },
  'corpus.splits.scarce.cluster': {
    ja: '文章を共有する文書の組（最大 {count} 件）は分けられません。下の「文章を共有する文書の組」を確かめ、改訂前の版などを評価から外すか、内容の異なる文書を追加してください。',
    en: 'Documents that share passages cannot be separated (largest group: {count}). Look at “Documents that share passages” below; exclude earlier versions and the like, or add documents about other things.',
  },
  'corpus.splits.scarce.more': {
    ja: '一部の文書がほかより極端に長いためです。長い文書を章ごとに分けるか、文書を追加してください。',
    en: 'A few documents are far longer than the others. Split them by chapter, or add documents.',
  },
  'corpus.split.held-out': { ja: '評価用', en: 'Held-out' },
  'corpus.split.tuning': { ja: 'チューニング用', en: 'Tuning' },
  'corpus.split.validation': { ja: '検証用', en: 'Validation' },
  'corpus.split.held-out.meaning': {
    ja: '結果を測る文書です。ほかの目的には使いません。',
    en: 'Results are measured on them; nothing else ever sees them.',
  },
  'corpus.split.tuning.meaning': { ja: 'モデルの調整に使う文書です。', en: 'The model is tuned on them.' },
  'corpus.split.validation.meaning': {
    ja: '調整をいつ止めるかを決める文書です。',
    en: 'They tell when to stop tuning.',
  },
  'corpus.split.size': {
    ja: '{documents} 件、{characters} 文字',
    en: '{documents} documents, {characters} characters',
  },
  'corpus.split.names': { ja: '文書名を表示', en: 'Show the names' },

  'corpus.steps': { ja: '読み取りと正規化', en: 'Reading and normalisation' },
  'corpus.steps.step': { ja: '行ったこと', en: 'What was changed' },
  'corpus.steps.documents': { ja: '文書数', en: 'Documents' },
  'corpus.steps.none': { ja: '変更した文書はありません。', en: 'No document was changed.' },

  'corpus.clusters': { ja: '文章を共有する文書の組', en: 'Documents that share passages' },
  'corpus.clusters.help': {
    ja: '同じ文章を含む文書は、区分をまたがないように同じ区分に入れます。',
    en: 'Documents that share passages stay in one split, so that nothing leaks from one to another.',
  },
  'corpus.clusters.none': { ja: '同じ文章を含む文書はありません。', en: 'No documents share passages.' },
  'corpus.clusters.group': { ja: '組 {number}（{count} 件）', en: 'Group {number} ({count})' },
  'corpus.more': { ja: 'ほか {count} 件', en: 'and {count} more' },
})
