import { defineMessages } from './define.ts'

/** Assumptions and price tables that are refused: which file and field, what stands there, and what may. */
export const assumptionsErrors = defineMessages({
  'assumptions/not-text': {
    ja: '{source} は UTF-8 の文章ではありません。文字コードを UTF-8 にして保存し直してください。',
    en: '{source} is not UTF-8 text. Save it again with the encoding UTF-8.',
  },
  'assumptions/no-content': {
    ja: '{source} は空です。「soroban roi --template ファイル名」でひな形を作れます。',
    en: '{source} is empty. "soroban roi --template FILE" writes one to begin with.',
  },
  'assumptions/twice': {
    ja: '{source} に {field} が 2 回以上書かれています。1 つだけ残してください。',
    en: '{field} stands more than once in {source}. Keep only one of them.',
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
  'assumptions/too-large': {
    ja: '{source} の {field} は計算できないほど大きな数値です。桁数を確認してください。',
    en: '{field} in {source} is too large a number to compute with. Check its digits.',
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
    ja: '{source} の {field}（{value}）が長すぎます。{limit} 文字までにしてください。',
    en: '{field} ({value}) in {source} is too long. It may have up to {limit} characters.',
  },
  'assumptions/empty': {
    ja: '{source} の {field} が空です。値を書いてください。',
    en: '{field} in {source} is empty. Give a value.',
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
  'assumptions/template-exists': {
    ja: '{path} はすでにあります。記入済みの前提条件を失わないよう、上書きはしません。別のファイル名を指定してください。',
    en: '{path} exists already and is not overwritten, so that no edited assumptions are lost. Give another file name.',
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
