import { defineMessages } from '../../shared/messages/define.ts'

/** Words of the form; what the assumptions are called stands among the report's words. */
export const assumptionsMessages = defineMessages({
  'assumptions.lead': {
    ja: '金額の計算に使う値です。既定値は目安にすぎません。自社の値に置き換えるか、確認して確定してください。',
    en: 'What the amounts are calculated from. Defaults are rough guides: replace them with your own values, or confirm them.',
  },
  'assumptions.currency': { ja: '通貨', en: 'Currency' },
  'assumptions.currency.help': {
    ja: '金額は換算せず、その通貨の値に切り替わります。',
    en: 'Amounts are not converted: each currency has its own.',
  },
  'assumptions.device': { ja: '導入する装置', en: 'Device to be bought' },
  'assumptions.device.none': { ja: '表にない装置', en: 'Not in the table' },
  'assumptions.device.help': {
    ja: '選ぶと、メモリ・帯域・演算性能・電力・単価にデータシートの値が入ります。',
    en: 'Fills in memory, bandwidth, compute, power and price from its data sheet.',
  },
  'assumptions.openAll': { ja: 'すべて開く', en: 'Open all' },
  'assumptions.closeAll': { ja: 'すべて閉じる', en: 'Close all' },
  'assumptions.group.count': { ja: '{count} 項目', en: '{count} values' },
  'assumptions.group.unconfirmed': { ja: '既定値 {count} 件', en: '{count} at default' },
  'assumptions.group.wrong': { ja: '要修正 {count} 件', en: '{count} to correct' },
  'assumptions.source': { ja: '出典', en: 'Source' },
  'assumptions.source.none': { ja: '出典なし', en: 'no source' },
  'assumptions.source.edit': { ja: '「{label}」の出典を編集', en: 'Edit the source of {label}' },
  'assumptions.date': { ja: '出典の日付', en: 'Date of the source' },
  'assumptions.confirm': { ja: '「{label}」をこの値で確定', en: 'Confirm {label} as it stands' },
  'assumptions.reset': { ja: '「{label}」を既定値に戻す', en: 'Set {label} back to its default' },
  'assumptions.actions': { ja: '操作', en: 'Actions' },
  'assumptions.percent': { ja: '{value} %', en: '{value} %' },

  'assumptions.problem.number': {
    ja: '「{label}」の{part}には数値を入力してください。',
    en: '{label}, {part}: enter a number.',
  },
  'assumptions.problem.integer': {
    ja: '「{label}」の{part}には整数を入力してください。',
    en: '{label}, {part}: enter a whole number.',
  },
  'assumptions.problem.least': {
    ja: '「{label}」の{part}は {limit} 以上にしてください。',
    en: '{label}, {part}: must be at least {limit}.',
  },
  'assumptions.problem.above': {
    ja: '「{label}」の{part}は {limit} より大きくしてください。',
    en: '{label}, {part}: must be above {limit}.',
  },
  'assumptions.problem.most': {
    ja: '「{label}」の{part}は {limit} 以下にしてください。',
    en: '{label}, {part}: must be at most {limit}.',
  },
  'assumptions.problem.below': {
    ja: '「{label}」の{part}は {limit} より小さくしてください。',
    en: '{label}, {part}: must be below {limit}.',
  },
  'assumptions.problems': {
    ja: '{count} か所の入力を直すと、計算と書き出しができます。',
    en: 'Correct {count} entries to calculate and export.',
  },

  'assumptions.sets': { ja: '前提条件セット', en: 'Sets of assumptions' },
  'assumptions.sets.opened': { ja: '保存済み: {name}', en: 'Saved as {name}' },
  'assumptions.sets.unsaved': {
    ja: '保存されていない変更があります。',
    en: 'There are unsaved changes.',
  },
  'assumptions.sets.defaults': { ja: '既定値のままです。', en: 'As by default.' },
  'assumptions.sets.name': { ja: 'セットの名前', en: 'Name of the set' },
  'assumptions.sets.save': { ja: '保存', en: 'Save' },
  'assumptions.sets.choose': { ja: '保存したセット', en: 'Saved sets' },
  'assumptions.sets.none': { ja: '保存したセットはありません', en: 'No saved sets' },
  'assumptions.sets.open': { ja: '開く', en: 'Open' },
  'assumptions.sets.delete': { ja: '削除', en: 'Delete' },
  'assumptions.sets.deleteTitle': { ja: 'セットの削除', en: 'Delete a set' },
  'assumptions.sets.deleteText': {
    ja: '前提条件セット「{name}」を削除します。元に戻せません。編集中の値は残ります。',
    en: 'The set “{name}” is deleted beyond recovery. The values in the form stay.',
  },
  'assumptions.sets.openTitle': { ja: '保存されていない変更', en: 'Unsaved changes' },
  'assumptions.sets.openText': {
    ja: '「{name}」を開くと、保存されていない変更は失われます。',
    en: 'Opening “{name}” discards the unsaved changes.',
  },
  'assumptions.sets.replaceTitle': { ja: 'セットの置き換え', en: 'Replace a set' },
  'assumptions.sets.replaceText': {
    ja: '「{name}」という名前のセットがすでにあります。置き換えますか。',
    en: 'There is a set named “{name}” already. Replace it?',
  },
  'assumptions.sets.replace': { ja: '置き換える', en: 'Replace' },
})
