import { describe, expect, it } from 'vitest'

import { tableText } from '../../../../src/engine/documents/plain/table-text.ts'

describe('tableText', () => {
  it('puts a record on a line, its fields apart by tabs', () => {
    const csv =
      'id,氏名,備考\r\n1,"佐藤, 太郎","一行目\n二行目"\r\n\r\n2,"鈴木 ""次郎""",\r\n3,,短い\r\n,,\r\n4\r\n'
    expect(tableText(csv, 'a.csv')).toBe(
      'id\t氏名\t備考\n1\t佐藤, 太郎\t一行目 二行目\n2\t鈴木 "次郎"\n3\t\t短い\n\n4',
    )
  })

  it('finds out the delimiter, unless it is given', () => {
    expect(tableText('a;b\n1,5;2\n', 'a.csv')).toBe('a\tb\n1,5\t2')
    expect(tableText('a\tb\n1,5\t2\n', 'a.csv')).toBe('a\tb\n1,5\t2')
    expect(tableText('a,b,c\td\n', 'a.tsv', '\t')).toBe('a,b,c\td')
  })

  it('tolerates a stray quotation mark and names the line where a table breaks off', () => {
    expect(tableText('a,5" disk\n', 'a.csv')).toBe('a\t5" disk')
    expect(() => tableText('a,b\n1,"open\n2,3\n', '一覧.csv')).toThrow(
      expect.objectContaining({
        code: 'documents/malformed',
        params: { name: '一覧.csv', line: 3 },
      }) as Error,
    )
  })

  it('keeps a field with a tab in it one field', () => {
    expect(tableText('"左\t右",次\n', 'a.csv')).toBe('左 右\t次')
  })
})
