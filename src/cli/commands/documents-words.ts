import type { DocumentEntry } from '../../shared/contract/documents.ts'
import { type CorpusSplit, type SensitiveKind, shownSimilarity } from '../../shared/documents.ts'
import type { AppError } from '../../shared/errors.ts'
import { defineMessages, formatMessage, type Locale, type Message } from '../../shared/messages/index.ts'

export const documentWords = defineMessages({
  nothing: {
    ja: '評価に使える文書がありません。',
    en: 'There is no document to evaluate on.',
  },
  corpus: {
    ja: '使う文書     {documents} 件、{characters} 文字',
    en: 'Used         {documents} documents, {characters} characters',
  },
  leftOut: {
    ja: '使わない文書 除外 {excluded} 件、重複 {duplicate} 件、ほぼ重複 {nearDuplicate} 件、読めない {skipped} 件',
    en: 'Not used     {excluded} excluded, {duplicate} duplicates, {nearDuplicate} near-duplicates, {skipped} unreadable',
  },
  characters: { ja: '長さ（文字）', en: 'Characters' },
  tokens: { ja: '長さ（トークン、{name}）', en: 'Tokens ({name})' },
  lengths: {
    ja: '{name} 合計 {total}。文書の {covered}',
    en: '{name}   {total} in all; documents: {covered}',
  },
  covered: { ja: '{percent} % は {length} 以下', en: '{percent} % up to {length}' },
  uncounted: { ja: '{name} {reason}', en: '{name}   {reason}' },
  comma: { ja: '、', en: ', ' },
  scarce: {
    ja: '注意: 評価用の文書が全文字数の {percent} % しかなく、結果の確かさが不足します。文章を共有する文書は分けられません。改訂前の版などを --exclude で外すか、内容の異なる文書を追加してください。',
    en: 'Caution: only {percent} % of the characters are held out, too little for results to rely on. Documents that share passages cannot be separated: leave out earlier versions and the like with --exclude, or add documents about other things.',
  },
  splits: { ja: '区分         {splits}', en: 'Splits       {splits}' },
  split: {
    ja: '{name} {documents} 件（{characters} 文字）',
    en: '{name} {documents} ({characters} characters)',
  },
  fingerprint: { ja: '指紋         SHA-256 {sha256}', en: 'Fingerprint  SHA-256 {sha256}' },
  ocr: {
    ja: '文字のないページや画像は、--ocr を付けると文字認識（OCR）で読みます。',
    en: 'With --ocr, pages without text and pictures are read by text recognition (OCR).',
  },
  inside: { ja: '―― {name}', en: '-- {name}' },
})

export const stateWords: Readonly<Record<DocumentEntry['state'], Message>> = defineMessages({
  ready: { ja: '使用', en: 'used' },
  damaged: { ja: '一部読めない', en: 'partly read' },
  excluded: { ja: '除外', en: 'excluded' },
  duplicate: { ja: '重複', en: 'duplicate' },
  'near-duplicate': { ja: 'ほぼ重複', en: 'near-duplicate' },
  skipped: { ja: '読めない', en: 'unreadable' },
  forgotten: { ja: '削除済み', en: 'deleted' },
})

export const splitWords: Readonly<Record<CorpusSplit, Message>> = defineMessages({
  'held-out': { ja: '評価用', en: 'held-out' },
  tuning: { ja: 'チューニング用', en: 'tuning' },
  validation: { ja: '検証用', en: 'validation' },
})

const marks = defineMessages({
  duplicate: { ja: '「{of}」と同じ', en: 'the same as {of}' },
  near: {
    ja: '「{of}」とほぼ同じ（類似度 {percent} %）',
    en: 'nearly the same as {of} (similarity {percent} %)',
  },
  unreadable: { ja: '読めない文字 {count}', en: 'unreadable characters {count}' },
  mojibake: { ja: '文字化けの疑い（行の {percent} %）', en: 'garbled lines {percent} %' },
  pages: { ja: '文字のないページ {count}', en: 'pages without text {count}' },
  ocr: {
    ja: '文字認識 {count} ページ（確からしさ {percent} %）',
    en: 'pages by OCR {count} (confidence {percent} %)',
  },
  formulas: { ja: '計算結果のない数式 {count}', en: 'formulas without a result {count}' },
  macros: { ja: 'マクロあり（実行しません）', en: 'macros (never run)' },
  sensitive: { ja: '{kind} {count}', en: '{kind} {count}' },
})

const sensitiveWords: Readonly<Record<SensitiveKind, Message>> = defineMessages({
  'mail-address': { ja: 'メールアドレス', en: 'mail addresses' },
  telephone: { ja: '電話番号', en: 'telephone numbers' },
  'my-number': { ja: 'マイナンバーらしき番号', en: 'numbers like My Number' },
  'credit-card': { ja: 'カード番号らしき番号', en: 'numbers like credit cards' },
  'private-key': { ja: '秘密鍵', en: 'private keys' },
  'access-key': { ja: 'アクセスキー', en: 'access keys' },
  password: { ja: 'パスワード', en: 'passwords' },
})

/** What is to be known about a document that was read, in a few words each. */
export function healthMarks({ duplicateOf, nearDuplicate, health }: DocumentEntry, locale: Locale): string[] {
  const mark = (message: Message, params: Record<string, string | number> = {}): string =>
    formatMessage(message, locale, params)
  const found: string[] = []
  if (duplicateOf !== null) found.push(mark(marks.duplicate, { of: duplicateOf }))
  if (nearDuplicate !== null) {
    const { of, similarity } = nearDuplicate
    found.push(mark(marks.near, { of, percent: wholePercent(shownSimilarity(similarity)) }))
  }
  if (health === null) return found
  const { unreadable, mojibake, pagesWithoutText, formulasWithoutResult, ocr, macros, sensitive } = health
  if (unreadable > 0) found.push(mark(marks.unreadable, { count: unreadable }))
  if (mojibake > 0) found.push(mark(marks.mojibake, { percent: Math.ceil(mojibake * 100) }))
  if (pagesWithoutText > 0) found.push(mark(marks.pages, { count: pagesWithoutText }))
  if (formulasWithoutResult > 0) found.push(mark(marks.formulas, { count: formulasWithoutResult }))
  if (ocr !== null) found.push(mark(marks.ocr, { count: ocr.pages, percent: wholePercent(ocr.confidence) }))
  if (macros) found.push(mark(marks.macros))
  for (const { kind, count } of sensitive)
    found.push(mark(marks.sensitive, { kind: sensitiveWords[kind][locale], count }))
  return found
}

const wholePercent = (share: number): number => Math.floor(share * 100)

/** An error in one line: names of parts come out of files and may hold what a terminal takes for orders. */
export const errorLine = (error: AppError, locale: Locale): string =>
  error.localized(locale).replaceAll(/\p{Cc}+/gu, ' ')
