import { defineMessages } from './define.ts'

/** Assumptions and price tables that are refused: which file and field, what stands there, and what may. */
export const assumptionsErrors = defineMessages({
  'assumptions/not-json': {
    ja: '{source} は JSON として読めません: {reason}。括弧、カンマ、引用符を確認してください。',
    en: '{source} is not JSON: {reason}. Check brackets, commas and quotes.',
  },
  'assumptions/unknown-field': {
    ja: '{source} の {field} という項目はありません。もっとも近い項目は {nearest} です。',
    en: '{source} has {field}, which does not exist. The nearest name is {nearest}.',
  },
  'assumptions/unknown-device': {
    ja: '{source} の device「{device}」は装置の表にありません。次のいずれかにするか、null にして値を直接書いてください: {known}。',
    en: 'The device "{device}" in {source} is not in the device table. Choose one of these, or null and give its values: {known}.',
  },
  'assumptions/missing': {
    ja: '{source} に {field} がありません。値を書いてください。',
    en: '{field} is missing in {source}. Give a value.',
  },
  'assumptions/number': {
    ja: '{source} の {field} が {value} です。数値にしてください。',
    en: '{field} in {source} is {value}. It has to be a number.',
  },
  'assumptions/integer': {
    ja: '{source} の {field} が {value} です。整数にしてください。',
    en: '{field} in {source} is {value}. It has to be a whole number.',
  },
  'assumptions/at-least': {
    ja: '{source} の {field} が {value} です。{limit} 以上にしてください。',
    en: '{field} in {source} is {value}. It has to be at least {limit}.',
  },
  'assumptions/above': {
    ja: '{source} の {field} が {value} です。{limit} より大きくしてください。',
    en: '{field} in {source} is {value}. It has to be more than {limit}.',
  },
  'assumptions/at-most': {
    ja: '{source} の {field} が {value} です。{limit} 以下にしてください。',
    en: '{field} in {source} is {value}. It has to be at most {limit}.',
  },
  'assumptions/below': {
    ja: '{source} の {field} が {value} です。{limit} より小さくしてください。',
    en: '{field} in {source} is {value}. It has to be less than {limit}.',
  },
  'assumptions/text': {
    ja: '{source} の {field} が {value} です。文字列にしてください。',
    en: '{field} in {source} is {value}. It has to be a text.',
  },
  'assumptions/length': {
    ja: '{source} の {field}（{value}）の長さは {limit} までです（空にもできません）。',
    en: 'The length of {field} ({value}) in {source} does not fit: the limit is {limit}.',
  },
  'assumptions/choice': {
    ja: '{source} の {field} が {value} です。次のいずれかにしてください: {among}。',
    en: '{field} in {source} is {value}. It has to be one of: {among}.',
  },
  'assumptions/date': {
    ja: '{source} の {field} が {value} です。2026-04-01 のような日付にしてください。',
    en: '{field} in {source} is {value}. It has to be a date such as 2026-04-01.',
  },
  'assumptions/object': {
    ja: '{source} の {field} が {value} です。ここには別の形の値が必要です。「soroban roi --template ファイル名」で正しい形のファイルを作れます。',
    en: '{field} in {source} is {value}, which has not the form that is needed. "soroban roi --template FILE" writes a file of the right form.',
  },
  'assumptions/name': {
    ja: '前提条件の名前「{name}」はファイル名に使えません。/ \\ : * ? " < > | と、先頭・末尾の点や空白を除いてください。CON や NUL など Windows の予約語も使えません。',
    en: 'The name "{name}" cannot be that of a file. Leave out / \\ : * ? " < > | and dots or spaces at either end, and avoid names that Windows reserves, such as CON or NUL.',
  },
  'assumptions/name-too-long': {
    ja: '前提条件の名前「{name}」はファイル名として長すぎます。短い名前にしてください。',
    en: 'The name "{name}" is too long for a file. Choose a shorter one.',
  },
  'assumptions/unknown-set': {
    ja: '「{name}」という前提条件は保存されていません。一覧から選び直してください。',
    en: 'No assumptions are saved as "{name}". Choose from the list.',
  },
  'assumptions/no-run': {
    ja: '終わった実行がありません。実行の ID か results.json のパスを指定してください（soroban runs list で確認）。',
    en: 'There is no finished run. Give the id of a run, or the path of a results.json (see soroban runs list).',
  },
})
