import { defineMessages } from './define.ts'

/** Failures that any stage can have. Each message says what is wrong, where, and what to do. */
export const commonErrors = defineMessages({
  cancelled: {
    ja: '処理を中止しました。',
    en: 'The work was cancelled.',
  },
  internal: {
    ja: '予期しないエラーが起きました: {reason}。同じ操作で再び起きる場合は、この文言を添えて報告してください。',
    en: 'An unexpected error occurred: {reason}. If it happens again, please report this message.',
  },
  'file/not-found': {
    ja: 'ファイルまたはフォルダーが見つかりません: {path}。パスを確認してください。',
    en: 'File or folder not found: {path}. Check the path.',
  },
  'file/unreadable': {
    ja: '読み取れません: {path}（{reason}）。アクセス権と、ほかのアプリで開いていないかを確認してください。',
    en: 'Cannot read {path} ({reason}). Check its permissions and whether another program holds it open.',
  },
  'file/unwritable': {
    ja: '書き込めません: {path}（{reason}）。書き込み権限のある場所を指定してください。既存のファイルは変更していません。',
    en: 'Cannot write {path} ({reason}). Choose a place you may write to. Existing files were left as they were.',
  },
  'file/undeletable': {
    ja: '削除できません: {path}（{reason}）。ほかのアプリで開いている場合は閉じ、アクセス権を確認してから、もう一度削除してください。',
    en: 'Cannot delete {path} ({reason}). Close it in other programs, check its permissions, then delete again.',
  },
  'file/disk-full': {
    ja: 'ディスクの空きが足りません: {path}。空きを作ってから再開してください。途中のファイルは残していません。',
    en: 'The disk is full while writing {path}. Free some space and resume. No partial file was left.',
  },
  'file/not-json': {
    ja: '{path} は JSON として読めません: {line} 行目の {column} 文字目が文法に合いません。編集したファイルなら括弧、カンマ、引用符を直し（NaN や Infinity は書けません）、そうでなければ元のファイルを入手し直してください。',
    en: '{path} is not JSON: line {line}, column {column} breaks its grammar. In a file that you edit, check brackets, commas and quotes (NaN and Infinity are no numbers of JSON); otherwise obtain the original file again.',
  },
  'input/invalid': {
    ja: '{source} の {field} が正しくありません: {reason}。',
    en: '{field} in {source} is not valid: {reason}.',
  },
})
