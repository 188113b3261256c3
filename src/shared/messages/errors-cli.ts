import { defineMessages } from './define.ts'

/** Mistakes on the command line; all of them exit with status 2. */
export const cliErrors = defineMessages({
  'usage/unknown-command': {
    ja: '「{command}」というコマンドはありません。コマンド名を先に、オプションをその後に書いてください。soroban --help で一覧を表示できます。',
    en: 'There is no command "{command}". The command comes first, then its options; soroban --help lists the commands.',
  },
  'usage/unknown-option': {
    ja: '「{command}」に {option} というオプションはありません。soroban {command} --help を見てください。',
    en: '"{command}" has no option {option}. See soroban {command} --help.',
  },
  'usage/missing-value': {
    ja: '{option} には値が必要です。例: {option} {placeholder}',
    en: '{option} needs a value, as in {option} {placeholder}.',
  },
  'usage/missing-option': {
    ja: '{option} を指定してください（{summary}）。',
    en: 'Please give {option} ({summary}).',
  },
  'usage/missing-argument': {
    ja: '引数 {argument} を指定してください。soroban {command} --help を見てください。',
    en: 'The argument {argument} is missing. See soroban {command} --help.',
  },
  'usage/unexpected-argument': {
    ja: '余分な引数です: {argument}。soroban {command} --help を見てください。',
    en: 'Unexpected argument: {argument}. See soroban {command} --help.',
  },
  'usage/invalid-option': {
    ja: '{option} の値が正しくありません: {reason}。',
    en: 'The value of {option} is not valid: {reason}.',
  },
  'usage/report-format': {
    ja: '{out} の拡張子からは報告書の形式が分かりません。--format で {formats} のいずれかを指定してください。',
    en: 'The form of the report does not follow from the name {out}. Choose one of {formats} with --format.',
  },
  'usage/contradiction': {
    ja: '{first} と {second} は同時に指定できません。どちらか一方にしてください。',
    en: '{first} and {second} cannot be given together. Choose one of them.',
  },
})
