const BODY = [
  '経費精算規程',
  '第１条　この規程は、株式会社サンプルの経費精算に関する手続を定める。髙橋①㈱～',
  '出張旅費は“月末”までに申請すること。E-mail: a@example.co.jp — café €100 𠮷野家',
  '隠しの後。変更履歴。リンク先を参照。',
  '項目\t金額\t備考',
  '交通費\t\t実費',
  '宿泊費\t10,000円',
] as const

const REST = [
  '脚注の参照1である。文末注1もある。ソ能表予十申暴貼',
  'コメント付きの行。\tタブ',
  '改行の後',
  '図の横。',
  '枠の中の文',
  '最後の段落。',
  '1\t脚注の本文です。',
  '1\t文末脚注の本文。',
  '確認してください',
] as const

/** What the documents `rules` show. @param items the items of the list, as the format shows them */
export function rulesText(items: readonly string[]): string {
  return [...BODY, ...items, ...REST].join('\n')
}
