import { defineMessages, formatMessage, type Locale, type MessageParams } from '../shared/messages/define.ts'

/** What the desktop says outside its window: menu and native dialogs. */
const words = defineMessages({
  'menu.file': { ja: 'ファイル(&F)', en: '&File' },
  'menu.close': { ja: 'ウィンドウを閉じる', en: 'Close window' },
  'menu.quit': { ja: 'Soroban を終了', en: 'Quit Soroban' },
  'menu.edit': { ja: '編集(&E)', en: '&Edit' },
  'menu.undo': { ja: '元に戻す', en: 'Undo' },
  'menu.redo': { ja: 'やり直す', en: 'Redo' },
  'menu.cut': { ja: '切り取り', en: 'Cut' },
  'menu.copy': { ja: 'コピー', en: 'Copy' },
  'menu.paste': { ja: '貼り付け', en: 'Paste' },
  'menu.selectAll': { ja: 'すべて選択', en: 'Select all' },
  'menu.view': { ja: '表示(&V)', en: '&View' },
  'menu.reload': { ja: '画面を再読み込み', en: 'Reload window' },
  'menu.actualSize': { ja: '実際のサイズ', en: 'Actual size' },
  'menu.zoomIn': { ja: '拡大', en: 'Zoom in' },
  'menu.zoomOut': { ja: '縮小', en: 'Zoom out' },
  'menu.fullScreen': { ja: '全画面表示', en: 'Full screen' },
  'menu.developerTools': { ja: '開発者ツール', en: 'Developer tools' },
  'menu.help': { ja: 'ヘルプ(&H)', en: '&Help' },
  'menu.about': { ja: 'Soroban について', en: 'About Soroban' },
  'close.question': { ja: '実行中の処理があります。', en: 'A run is in progress.' },
  'close.advice': {
    ja: '閉じると処理は停止します。終わった分は保存されているので、次に開いたとき「実行」画面から再開できます。',
    en: 'Closing stops it. What is finished is kept: you can resume it from the Runs view the next time.',
  },
  'close.stop': { ja: '停止して閉じる（あとで再開できます）', en: 'Stop and close (resume later)' },
  'close.cancel': { ja: 'キャンセル', en: 'Cancel' },
  'unsaved.question': { ja: '保存されていない前提条件があります。', en: 'There are unsaved assumptions.' },
  'unsaved.advice': {
    ja: '続けると、入力した値は失われます。残すには、報告書の画面でセットとして保存してください。',
    en: 'Going on discards what was entered. To keep it, save it as a set in the Report view.',
  },
  'unsaved.discard': { ja: '保存せずに続ける', en: 'Discard and go on' },
  'unsaved.stay': { ja: '画面に戻る', en: 'Back to the window' },
  'window.gone': { ja: '画面が予期せず終了しました。', en: 'The window ended unexpectedly.' },
  'window.unresponsive': { ja: '画面が応答していません。', en: 'The window does not respond.' },
  'window.advice': {
    ja: '実行中の処理は続いています。画面を読み込み直しても失われません。',
    en: 'Work in progress goes on; reloading the window does not lose it.',
  },
  'window.reload': { ja: '再読み込み', en: 'Reload' },
  'window.wait': { ja: '待つ', en: 'Wait' },
  'window.quit': { ja: '終了', en: 'Quit' },
  'start.failed': { ja: 'Soroban を起動できません', en: 'Soroban cannot start' },
  'dialog.workbook': { ja: 'Excel ブック', en: 'Excel workbook' },
  'dialog.json': { ja: 'JSON ファイル', en: 'JSON file' },
  'dialog.page': { ja: 'HTML ページ', en: 'HTML page' },
  'dialog.csv': { ja: 'CSV ファイル', en: 'CSV file' },
})

export type Word = keyof typeof words

/** The words in one language. */
export type Wording = (key: Word, params?: MessageParams) => string

export const wordingIn =
  (locale: Locale): Wording =>
  (key, params) =>
    formatMessage(words[key], locale, params)

/** Japanese unless the system speaks another language. @param languages of the system, the preferred one first */
export const preferredLocale = ([language = 'ja']: readonly string[]): Locale =>
  language.toLowerCase().startsWith('ja') ? 'ja' : 'en'
