import { defineMessages } from './define.ts'

/** Failures of the run ledger. */
export const runsErrors = defineMessages({
  'runs/unknown': {
    ja: '実行 {run} は台帳にありません。soroban runs list で番号を確認してください。',
    en: 'There is no run {run} in the ledger. Check the id with: soroban runs list.',
  },
  'runs/plan-invalid': {
    ja: '実行計画の {field} が正しくありません: {reason}。',
    en: 'Field {field} of the run plan is not valid: {reason}.',
  },
  'runs/record-damaged': {
    ja: '実行 {run} の記録({field})が読み取れません: {reason}。この実行を削除して、やり直してください。',
    en: 'The record of run {run} ({field}) cannot be read: {reason}. Delete this run and start it again.',
  },
  'runs/inputs-changed': {
    ja: '実行 {run} を再開できません。開始後に次の入力が変わりました: {changed}。元に戻してから再開するか、新しい実行を始めてください。',
    en: 'Run {run} cannot be resumed. These inputs changed after it started: {changed}. Restore them and resume, or start a new run.',
  },
  'runs/locked': {
    ja: '実行 {run} は別のプロセスが処理中です。その終了を待つか、そのプロセスを中止してください。',
    en: 'Run {run} is being worked on by another process. Wait for it to finish, or stop that process.',
  },
  'runs/samples-invalid': {
    ja: '実行 {run} の単位 {unit} の測定値を記録できません: {reason}。',
    en: 'The samples of unit {unit} of run {run} cannot be recorded: {reason}.',
  },
})
