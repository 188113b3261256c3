import { defineMessages } from './define.ts'

/** Failures of reading a folder of documents. `name` is the path inside that folder. */
export const documentsErrors = defineMessages({
  'documents/not-a-folder': {
    ja: '{path} はフォルダーではありません。文書の入ったフォルダーを指定してください。',
    en: '{path} is not a folder. Give the folder that holds the documents.',
  },
  'documents/not-a-file': {
    ja: '{path} はファイルではありません。一つのファイルを指定してください。',
    en: '{path} is not a file. Give one file.',
  },
  'documents/none': {
    ja: '{path} に読める文書がありません（除外 {skipped} 件）。PDF、Word、Excel、PowerPoint、メール、テキストなどの文書を入れてください。',
    en: '{path} holds no readable document ({skipped} skipped). Put PDF, Word, Excel, PowerPoint, mail or text documents there.',
  },
  'documents/too-many': {
    ja: '{path} のファイルが {limit} 件を超えています。フォルダーを分けてください。',
    en: '{path} holds more than {limit} files. Split the folder.',
  },
  'documents/name-not-utf8': {
    ja: '{name} を除外しました: 名前が UTF-8 ではありません（Shift_JIS など）。名前を付け直してください。',
    en: '{name} was skipped: its name is not UTF-8 (Shift_JIS, for example). Rename it.',
  },
  'documents/unsupported-type': {
    ja: '{name} を除外しました: この種類のファイル（{type}）は読めません。PDF、Word、Excel、PowerPoint、テキストなどに変換してください。',
    en: '{name} was skipped: files of this type ({type}) cannot be read. Convert it to PDF, Word, Excel, PowerPoint or text.',
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
    ja: '{name} を除外しました: {characters} 文字のうち {broken} 文字が壊れています（文字コード {encoding}）。元のファイルから取り直してください。',
    en: '{name} was skipped: {broken} of {characters} characters are broken (encoding {encoding}). Get it again from the original.',
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
    ja: '{name} を除外しました: 要素の入れ子が {limit} 段を超えています。作成元のソフトで保存し直すか、テキストとして保存してください。',
    en: '{name} was skipped: its elements are nested more than {limit} deep. Save it again with the program that made it, or as plain text.',
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
  'documents/name-control': {
    ja: '{name} を除外しました: 名前に制御文字（改行など）があります。名前を付け直してください。',
    en: '{name} was skipped: its name holds control characters (a line break, for example). Rename it.',
  },
  'documents/legacy-format': {
    ja: '{name} を除外しました: {type} 形式は読めません。{wanted} 形式で保存し直してください。',
    en: '{name} was skipped: the {type} format cannot be read. Save it again as {wanted}.',
  },
  'documents/encrypted': {
    ja: '{name} を除外しました: パスワードで保護されています（{type}）。保護を外して保存し直してください。',
    en: '{name} was skipped: it is protected by a password ({type}). Save it again without protection.',
  },
  'documents/rights-managed': {
    ja: '{name} を除外しました: 権限管理（IRM、秘密度ラベル）で暗号化されています。権限のある方が保護を外して保存し直してください。',
    en: '{name} was skipped: it is encrypted by rights management (IRM, a sensitivity label). Someone with the rights must save it without.',
  },
  'documents/damaged': {
    ja: '{name} を除外しました: {type} として壊れています（{part}）。元のファイルから取り直してください。',
    en: '{name} was skipped: it is damaged as {type} ({part}). Get it again from the original.',
  },
  'documents/dtd': {
    ja: '{name} を除外しました: {part} に文書型定義（DTD）があります。外部の内容を取り込む攻撃に使われるため読みません。作成元のソフトで保存し直してください。',
    en: '{name} was skipped: {part} holds a document type definition (DTD), which is used to draw in outside content and is not read. Save it again with the program that made it.',
  },
  'documents/unpacked-too-large': {
    ja: '{name} を除外しました: 展開すると {limit} バイトを超えます。圧縮爆弾の疑いがあります。正しいファイルであれば分割してください。',
    en: '{name} was skipped: it unpacks to more than {limit} bytes and may be a decompression bomb. If the file is sound, split it.',
  },
  'documents/markup-bomb': {
    ja: '{name} を除外しました: 部品 {part} が展開すると {ratio} 倍になります。圧縮爆弾の疑いがあるため読みません。正しいファイルであれば、空の行や段落を減らして保存し直してください。',
    en: '{name} was skipped: its part {part} unpacks to {ratio} times its size and may be a decompression bomb. If the file is sound, save it again with fewer empty rows or paragraphs.',
  },
  'documents/too-many-entries': {
    ja: '{name} を除外しました: 中のファイルまたは部品が {limit} 件を超えています。分割してください。',
    en: '{name} was skipped: it holds more than {limit} files or parts. Split it.',
  },
  'documents/too-nested': {
    ja: '{name} を除外しました: 圧縮ファイルや添付の入れ子が {limit} 段を超えています。取り出してフォルダーに置いてください。',
    en: '{name} was skipped: archives and attachments are nested more than {limit} deep. Take it out and put it into the folder.',
  },
  'documents/overlapping-entries': {
    ja: '{name} を除外しました: 圧縮ファイルの中身が重なり合っています（圧縮爆弾の疑い）。取り直してください。',
    en: '{name} was skipped: the entries of the archive overlap (a decompression bomb, perhaps). Get it again.',
  },
  'documents/scan': {
    ja: '{name} を除外しました: 文字情報がありません（画像だけのページ {pages} ページ）。文字認識（OCR）を有効にしてください。',
    en: '{name} was skipped: it has no text (pages that are only pictures: {pages}). Turn text recognition (OCR) on.',
  },
  'documents/nothing-recognized': {
    ja: '{name} を除外しました: 文字認識（OCR）で文字が見つかりませんでした。200 dpi 以上で読み取り直してください。',
    en: '{name} was skipped: text recognition (OCR) found no characters. Scan it again at 200 dpi or more.',
  },
  'documents/poorly-recognized': {
    ja: '{name} を除外しました: 文字認識（OCR）の確信度が {percent} % しかありません。向きを直すか、200 dpi 以上で読み取り直してください。',
    en: '{name} was skipped: text recognition (OCR) is only {percent} % sure of it. Turn it upright or scan it again at 200 dpi or more.',
  },
  'documents/memory': {
    ja: '{name} を除外しました: 読み取りに {limit} MiB を超えるメモリが必要です。分割するか、テキストとして保存し直してください。',
    en: '{name} was skipped: reading it takes more than {limit} MiB of memory. Split it or save it as plain text.',
  },
  'documents/changed': {
    ja: '{name} を除外しました: 読み取り中に変更されました。書き込みが終わってから、もう一度読み込んでください。',
    en: '{name} was skipped: it changed while it was read. Read the folder again when nothing writes to it.',
  },
  'documents/text-gone': {
    ja: '{name} の本文が見つからないか、変わっています。文書をもう一度読み込んでください。',
    en: 'The text of {name} is missing or has changed. Read the documents again.',
  },
  'documents/forgotten': {
    ja: '{name} はプロジェクトから削除されたため読みません。元のファイルは残っています。読むには「評価に戻す」を選んでください。',
    en: '{name} was deleted from the project and is not read. The original is still there. To read it, choose "Include again".',
  },
  'documents/not-drawn': {
    ja: '{name} の元の形は表示できません。表示できるのは、フォルダーに直接置かれた PDF と画像です。',
    en: 'The original of {name} cannot be shown. PDFs and pictures that lie in the folder themselves can.',
  },
  'documents/not-found': {
    ja: '文書 {name} は {path} にありません。文書をもう一度読み込んでください。',
    en: '{path} holds no document {name}. Read the documents again.',
  },
})
