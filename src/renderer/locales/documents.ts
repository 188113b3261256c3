import { defineMessages } from '../../shared/messages/define.ts'

/** The documents view. */
export const documentsMessages = defineMessages({
  'documents.title': { ja: '文書', en: 'Documents' },
  'documents.lead': {
    ja: '評価に使う社内文書を選び、採点される本文と読み取りの状態を確かめます。文書がこの装置の外へ出ることはありません。',
    en: 'Choose the documents of the evaluation and see the text that will be scored. They never leave this machine.',
  },
  'documents.folder': { ja: '文書フォルダー', en: 'Document folder' },
  'documents.folder.help': {
    ja: '中のフォルダーも読みます。対応形式: .txt、.md、.csv、.tsv、.html',
    en: 'Folders inside are read as well. Formats: .txt, .md, .csv, .tsv, .html',
  },
  'documents.reread': { ja: '読み直す', en: 'Read again' },

  'documents.empty.title': { ja: '文書がまだ選ばれていません', en: 'No documents chosen yet' },
  'documents.empty.advice': {
    ja: '業務で実際に使う文書を 20 件以上用意すると、品質の差を確かめやすくなります。まず試すだけなら、サンプルの文書をお使いください。',
    en: 'With 20 or more documents of your daily work a difference in quality shows more clearly. For a first try, use the sample documents.',
  },
  'documents.empty.sample': { ja: 'サンプルプロジェクトを開く', en: 'Open the sample project' },
  'documents.none.title': { ja: 'このフォルダーにはファイルがありません', en: 'This folder holds no files' },
  'documents.none.advice': {
    ja: '文書の入ったフォルダーを選ぶか、.txt、.md、.csv、.tsv、.html のファイルを入れてから読み直してください。',
    en: 'Choose a folder that holds documents, or put .txt, .md, .csv, .tsv or .html files there and read it again.',
  },
  'documents.unusable.title': { ja: '評価に使える文書がありません', en: 'No document can be used' },
  'documents.unusable.advice': {
    ja: '一覧から文書を選ぶと、理由と対処が表示されます。直してから読み直してください。',
    en: 'Select a document in the list to see why and what to do. Then read the folder again.',
  },

  'documents.inspecting': { ja: '文書を読み取っています', en: 'Reading the documents' },
  'documents.inspecting.listing': { ja: 'ファイルを一覧しています…', en: 'Listing the files…' },
  'documents.inspecting.cancel': { ja: '読み取りを中止', en: 'Stop reading' },
  'documents.stopped.title': { ja: '読み取りを中止しました', en: 'Reading was stopped' },
  'documents.stopped.advice': {
    ja: '文書はまだ確認されていません。「読み直す」で最初から読み取ります。',
    en: 'The documents have not been checked. “Read again” starts from the beginning.',
  },

  'documents.summary.counted': { ja: '評価に使う文書', en: 'Documents in the evaluation' },
  'documents.summary.ofTotal': { ja: '全 {total} 件中', en: 'of {total}' },
  'documents.summary.characters': { ja: '文字数', en: 'Characters' },
  'documents.summary.charactersNote': { ja: '評価に使う文書の合計', en: 'in those documents' },
  'documents.summary.languages': { ja: '言語（文字数の割合）', en: 'Languages (by characters)' },
  'documents.summary.formats': { ja: '形式（文字数の割合）', en: 'Formats (by characters)' },
  'documents.summary.share': {
    ja: '{name} {percent}（{documents} 件）',
    en: '{name} {percent} ({documents})',
  },

  'documents.state.ready': { ja: '評価に使用', en: 'Used' },
  'documents.state.damaged': { ja: '一部読めない', en: 'Partly read' },
  'documents.state.duplicate': { ja: '重複', en: 'Duplicate' },
  'documents.state.blank': { ja: '本文なし', en: 'No text' },
  'documents.state.skipped': { ja: '読めない', en: 'Unreadable' },

  'documents.language.ja': { ja: '日本語', en: 'Japanese' },
  'documents.language.en': { ja: '英語', en: 'English' },
  'documents.language.other': { ja: 'その他', en: 'Other' },
  'documents.format.text': { ja: 'テキスト', en: 'Text' },
  'documents.format.markdown': { ja: 'Markdown', en: 'Markdown' },
  'documents.format.csv': { ja: 'CSV', en: 'CSV' },
  'documents.format.tsv': { ja: 'TSV', en: 'TSV' },
  'documents.format.html': { ja: 'HTML', en: 'HTML' },

  'documents.table': { ja: '文書の一覧', en: 'List of documents' },
  'documents.table.state': { ja: '状態', en: 'State' },
  'documents.table.name': { ja: '文書名', en: 'Name' },
  'documents.table.format': { ja: '形式', en: 'Format' },
  'documents.table.characters': { ja: '文字数', en: 'Characters' },
  'documents.table.shown': { ja: '{shown} / {total} 件', en: '{shown} of {total}' },
  'documents.filter.states': { ja: '状態で絞り込む', en: 'Filter by state' },
  'documents.filter.all': { ja: 'すべて', en: 'All' },
  'documents.filter.words': { ja: '文書名で絞り込む', en: 'Filter by name' },
  'documents.filter.nothing': {
    ja: '条件に合う文書がありません。絞り込みを解除してください。',
    en: 'No document matches. Clear the filter.',
  },
  'documents.filter.clear': { ja: '絞り込みを解除', en: 'Clear the filter' },

  'documents.text': { ja: '採点される本文', en: 'Text as it will be scored' },
  'documents.text.none': { ja: '文書が選ばれていません', en: 'No document selected' },
  'documents.text.choose': {
    ja: '一覧から文書を選ぶと、採点される本文がここに表示されます。',
    en: 'Select a document in the list to see its text as it will be scored.',
  },
  'documents.text.region': { ja: '「{name}」の本文', en: 'Text of “{name}”' },
  'documents.text.characters': { ja: '{count} 文字', en: '{count} characters' },
  'documents.problem.damaged': {
    ja: '{count} 文字を読み取れませんでした（文字コード {encoding}）。評価には使いますが、UTF-8 で保存し直すと正しく読めることがあります。',
    en: '{count} characters could not be read (encoding {encoding}). The document is used; saving it again as UTF-8 may mend it.',
  },
  'documents.problem.duplicate': {
    ja: '「{of}」と同じ内容のため、評価では一度だけ数えます。対処は不要です。',
    en: 'It repeats “{of}” and counts once. Nothing needs to be done.',
  },
  'documents.problem.blank': {
    ja: '空白などを除くと文字が残らないため、評価に使いません。元のファイルに本文があるかを確認してください。',
    en: 'No text remains after cleaning, so it is not used. Check that the original file holds text.',
  },
  'documents.problem.skipped': {
    ja: '読み取れなかったため、評価に使いません。ファイルを確認してください。',
    en: 'It could not be read and is not used. Check the file.',
  },

  'documents.upload': { ja: 'ファイルの追加', en: 'Add files' },
  'documents.upload.files': { ja: 'ファイルを選ぶ…', en: 'Choose files…' },
  'documents.upload.folder': { ja: 'フォルダーを選ぶ…', en: 'Choose a folder…' },
  'documents.upload.hint': {
    ja: '手元のファイルやフォルダーをここへドラッグして追加できます。',
    en: 'Drop files or folders of your computer here to add them.',
  },
  'documents.upload.effect': {
    ja: '追加したファイルはプロジェクト内の文書フォルダーに入り、そこが評価対象になります。',
    en: 'They go into the project’s own document folder, which is then evaluated.',
  },
  'documents.upload.drop': { ja: 'ここで離すと追加します', en: 'Release to add' },
  'documents.upload.nothing': {
    ja: '追加できるファイルがありませんでした。ファイルの入ったフォルダーを選んでください。',
    en: 'There were no files to add. Choose a folder that holds files.',
  },
  'documents.upload.running': {
    ja: '送信中: {done} / {files} 件、{bytesDone} / {bytes}',
    en: 'Sending: {done} of {files} files, {bytesDone} of {bytes}',
  },
  'documents.upload.progress': { ja: 'ファイルの送信', en: 'Sending files' },
  'documents.upload.done': { ja: '{files} 件を追加しました。', en: '{files} files were added.' },
  'documents.upload.cancelled': {
    ja: '送信を中止しました。{files} 件は追加されています。',
    en: 'Sending was stopped. {files} files were added.',
  },
  'documents.upload.cancel': { ja: '送信を中止', en: 'Stop sending' },
  'documents.upload.failures': { ja: '追加できなかったファイル: {count} 件', en: 'Files not added: {count}' },
  'documents.upload.failure': { ja: '{name}: {reason}', en: '{name}: {reason}' },
})
