import { defineMessages } from './define.ts'

/** Failures of reading a folder of documents. `name` is the path inside that folder. */
export const documentsErrors = defineMessages({
  'documents/not-a-folder': {
    ja: '{path} はフォルダーではありません。文書の入ったフォルダーを指定してください。',
    en: '{path} is not a folder. Give the folder that holds the documents.',
  },
  'documents/none': {
    ja: '{path} に読める文書がありません（除外 {skipped} 件）。.txt、.md、.csv、.tsv、.html の文書を入れてください。',
    en: '{path} holds no readable document ({skipped} skipped). Put .txt, .md, .csv, .tsv or .html documents there.',
  },
  'documents/too-many': {
    ja: '{path} のファイルが {limit} 件を超えています。フォルダーを分けてください。',
    en: '{path} holds more than {limit} files. Split the folder.',
  },
  'documents/too-much-text': {
    ja: '{path} の文書の本文が合計 {limit} 文字を超えています。評価に使う文書を選んで減らしてください。',
    en: 'The documents in {path} hold more than {limit} characters in all. Keep only those the evaluation needs.',
  },
  'documents/name-not-utf8': {
    ja: '{name} を除外しました: 名前が UTF-8 ではありません（Shift_JIS など）。名前を付け直してください。',
    en: '{name} was skipped: its name is not UTF-8 (Shift_JIS, for example). Rename it.',
  },
  'documents/unsupported-type': {
    ja: '{name} を除外しました: この種類のファイル（{type}）は読めません。.txt、.md、.csv、.tsv、.html に変換してください。',
    en: '{name} was skipped: files of this type ({type}) cannot be read. Convert it to .txt, .md, .csv, .tsv or .html.',
  },
  'documents/not-regular': {
    ja: '{name} を除外しました: シンボリックリンクまたは特殊ファイルです。ファイルの実体を置いてください。',
    en: '{name} was skipped: it is a symbolic link or a special file. Put the file itself there.',
  },
  'documents/empty': {
    ja: '{name} を除外しました: 本文がありません。内容を確認してください。',
    en: '{name} was skipped: it has no text. Check its content.',
  },
  'documents/not-text': {
    ja: '{name} を除外しました: テキストではありません（内容: {type}）。拡張子と内容を確認してください。',
    en: '{name} was skipped: it is not text (content: {type}). Check its extension and content.',
  },
  'documents/broken-text': {
    ja: '{name} を除外しました: {characters} 文字のうち {broken} 文字が壊れています（文字コード {encoding}）。UTF-8 で保存し直してください。',
    en: '{name} was skipped: {broken} of {characters} characters are broken (encoding {encoding}). Save it again as UTF-8.',
  },
  'documents/mojibake': {
    ja: '{name} を除外しました: 保存される前に文字化けしています。元のファイルから取り直してください。',
    en: '{name} was skipped: its text was garbled before it was saved. Get it again from the original file.',
  },
  'documents/malformed': {
    ja: '{name} を除外しました: {line} 行目で表として読めなくなりました。閉じていない引用符がないか確認してください。',
    en: '{name} was skipped: it stops being a readable table at line {line}. Check for a quotation mark that is not closed.',
  },
  'documents/too-deep': {
    ja: '{name} を除外しました: HTML の要素の入れ子が深すぎます。テキストとして保存し直してください。',
    en: '{name} was skipped: its HTML elements are nested too deeply. Save it as plain text.',
  },
  'documents/too-large': {
    ja: '{name} を除外しました: ファイルが大きすぎます（{bytes} バイト、上限 {limit}）。分割してください。',
    en: '{name} was skipped: the file is too large ({bytes} bytes, the limit is {limit}). Split it.',
  },
  'documents/too-long': {
    ja: '{name} を除外しました: 本文が長すぎます（{characters} 文字、上限 {limit}）。分割してください。',
    en: '{name} was skipped: its text is too long ({characters} characters, the limit is {limit}). Split it.',
  },
  'documents/timeout': {
    ja: '{name} を除外しました: {seconds} 秒以内に読み終わりませんでした。分割するか、テキストとして保存し直してください。',
    en: '{name} was skipped: reading it took more than {seconds} seconds. Split it or save it as plain text.',
  },
  'documents/crashed': {
    ja: '{name} を除外しました: 読み取り中にプロセスが停止しました（{reason}）。ファイルが壊れていないか、メモリが足りるかを確認してください。',
    en: '{name} was skipped: the process reading it stopped ({reason}). Check that the file is sound and memory suffices.',
  },
})
