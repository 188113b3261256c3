import { defineMessages } from './define.ts'

/** Failures of the run ledger. */
export const runsErrors = defineMessages({
  'runs/unknown': {
    ja: '実行 {run} の記録がありません。削除されたか、別のプロジェクトの実行です。実行の一覧（コマンドでは soroban runs list）を確認してください。',
    en: 'There is no record of run {run}: it was deleted, or belongs to another project. See the list of runs (on the command line: soroban runs list).',
  },
  'runs/plan-invalid': {
    ja: '実行計画の {field} が正しくありません: {reason}。',
    en: 'Field {field} of the run plan is not valid: {reason}.',
  },
  'runs/record-damaged': {
    ja: '実行 {run} の記録（{field}）が読み取れません: {reason}。この実行を削除して、やり直してください。',
    en: 'The record of run {run} ({field}) cannot be read: {reason}. Delete this run and start it again.',
  },
  'runs/inputs-changed': {
    ja: '実行 {run} を再開できません。開始後に次の入力が変わりました: {changed}。元に戻してから再開するか、新しい実行を始めてください。',
    en: 'Run {run} cannot be resumed. These inputs changed after it started: {changed}. Restore them and resume, or start a new run.',
  },
  'runs/locked': {
    ja: '実行 {run} は処理中です（別の画面やコマンドの場合もあります）。終わるのを待つか停止してから、やり直してください。',
    en: 'Run {run} is in progress, perhaps in another window or command. Wait for it to finish or stop it, then try again.',
  },
  'runs/results-invalid': {
    ja: '{source} は Soroban の results.json として読めません（{field}: {reason}）。実行が書き出したファイルを、そのまま指定してください。',
    en: '{source} is no results.json of Soroban ({field}: {reason}). Give one that a run wrote, unchanged.',
  },
  'runs/samples-invalid': {
    ja: '実行 {run} の単位 {unit} の測定値を記録できません: {reason}。',
    en: 'The samples of unit {unit} of run {run} cannot be recorded: {reason}.',
  },
})
