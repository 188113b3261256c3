import { defineMessages } from './define.ts'

/** Failures of the local database. */
export const storeErrors = defineMessages({
  'store/corrupt': {
    ja: 'データベースが壊れているか、Soroban のものではありません: {path}（{reason}）。ファイルを別の場所へ移すか、バックアップに置き換えてください。ファイルは変更していません。',
    en: 'The database is damaged or not one of Soroban’s: {path} ({reason}). Move it away or restore a backup. The file was left as it was.',
  },
  'store/newer': {
    ja: 'データベース {path} は新しい版の Soroban で作られています（形式 {found}、この版が扱えるのは {supported} まで）。Soroban を更新するか、別の保存先（新しいプロジェクト、または環境変数 SOROBAN_HOME）を使ってください。',
    en: 'The database {path} was made by a newer Soroban (format {found}; this version knows up to {supported}). Update Soroban, or use another place (a new project, or SOROBAN_HOME).',
  },
  'store/busy': {
    ja: 'データベース {path} を別のプロセスが使い続けています。その終了を待ってから、もう一度実行してください。',
    en: 'The database {path} is kept busy by another process. Wait for it to finish, then try again.',
  },
  'store/deletion-unfinished': {
    ja: '削除はまだ完了していません。別のプロセスがデータベース {path} を使用中のため、削除した内容がそのログ（{path}-wal）に残っています。ほかの Soroban を終了してから実行の一覧を開き直すと（コマンドでは soroban runs list）、残りが消去されます。',
    en: 'The deletion is not complete: while another process uses the database {path}, what was deleted remains in its log ({path}-wal). End every other Soroban, then open the list of runs again (on the command line: soroban runs list); that erases the rest.',
  },
  'store/unusable': {
    ja: 'データベース {path} を開けないか、書き込めません（{reason}）。場所のアクセス権とディスクの空きを確認してください。',
    en: 'The database {path} cannot be opened or written ({reason}). Check the permissions of its folder and the free disk space.',
  },
})
