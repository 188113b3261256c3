/** What test/fixtures/documents/odf/sales.fods shows to a reader, as Excel shows its last number. */
export const SALES = salesText('1.23457E+11')

/** @param long the number of twelve digits: Excel shows eleven at most */
export function salesText(long: string): string {
  return [
    '売上 2025',
    '令和7年度 売上報告',
    '',
    '日付\t商品\t金額\t構成比\t備考',
    '令和7年6月1日\t鉛筆 HB 12本入り\t￥1,234,567\t45.7%\t値引きあり',
    '2025/12/31\t\t1.23E+04\t36:05\t1 1/4',
    '合計\t\t￥1,246,913\t\tTRUE',
    '\t遠いセル',
    '#DIV/0!\t#N/A',
    '要確認：単価が変わりました。',
    `\fNotes\nEnglish sheet\t0.1\t${long}`,
  ]
    .join('\n')
    .replace('\n\f', '\f')
}
