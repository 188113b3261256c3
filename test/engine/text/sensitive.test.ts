import { describe, expect, it } from 'vitest'

import type { SensitiveKind } from '../../../src/shared/documents.ts'
import { SeededRandom } from '../../../src/engine/kernel/random.ts'
import { countSensitive, findSensitive } from '../../../src/engine/text/index.ts'

const found = (text: string): [SensitiveKind, string][] =>
  findSensitive(text).map(({ kind, from, to }) => [kind, text.slice(from, to)])
const foundOf = (kind: SensitiveKind, texts: readonly string[]): string[] =>
  texts.map((text) => {
    const all = found(text)
    return all.length === 1 && all[0]![0] === kind ? all[0]![1] : JSON.stringify(all)
  })

describe('findSensitive', () => {
  it('finds mail addresses', () => {
    expect(
      foundOf('mail-address', [
        '宛先はtaro.yamada+poc@keiri.example.co.jpまで',
        '<a_b%c@x-y.example>',
        'ｔａｒｏ＠ｅｘａｍｐｌｅ．ｃｏｍ',
      ]),
    ).toEqual([
      'taro.yamada+poc@keiri.example.co.jp',
      'a_b%c@x-y.example',
      'ｔａｒｏ＠ｅｘａｍｐｌｅ．ｃｏｍ',
    ])
    for (const text of ['icon@2x.png', 'a@b', '@example.com', 'a @ example.com', '単価@100.50', 'x@y..z']) {
      expect(found(text)).toEqual([])
    }
  })

  it('finds telephone numbers by the numbering plan', () => {
    const numbers = [
      '03-1234-5678',
      '０３－１２３４－５６７８',
      '045-222-3333',
      '0422-22-3333',
      '01267-2-3333',
      '(03)3234-5678',
      '（０３）３２３４－５６７８',
      '03（3234）5678',
      '０９０ー１２３４ー５６７８',
      '090-1234-5678',
      '080 1234 5678',
      '07012345678',
      '050-3234-5678',
      '0120-123-456',
      '0120-12-3456',
      '0800-123-4567',
      '0570-012-345',
      '+81 3-3234-5678',
      '+81-90-1234-5678',
      '+81 (0)3 3234 5678',
      '+819012345678',
      '+1 415-555-2671',
      '+44 20 7946 0958',
      '+353 1 234 5678',
    ]
    expect(foundOf('telephone', numbers)).toEqual(numbers)
    expect(found('TEL0332345678 FAX:0453334444 電話番号 03-3234-5678')).toEqual([
      ['telephone', '0332345678'],
      ['telephone', '0453334444'],
      ['telephone', '03-3234-5678'],
    ])
    expect(found('TEL（052）123-4567 ＴＥＬ：052(123)4567')).toEqual([
      ['telephone', '（052）123-4567'],
      ['telephone', '052(123)4567'],
    ])
  })

  it('leaves dates, amounts, part numbers and longer numbers alone', () => {
    const texts = [
      '2024-01-23',
      '01-23-2024',
      '2024年01月23日',
      '0332345678',
      '品番 A-03-3234-5678',
      '03-3234-5678-9',
      '045-123-4567',
      '012-345-6789',
      '03-1234-567',
      '090-0123-4567',
      '903-3234-5678',
      '￥0,123,456',
      '+10,000,000',
      '+1 000 000 000',
      '+12345678',
      '±0.0312345678',
      '192.168.100.200',
      '10:03-11:03',
      '4901234567894',
      '0123456789012',
      'ISBN 978-4-00-310101-8',
      '090-1234-56789',
      'v1.0120-123-456',
      '法人番号 7000012050002',
      '〒100-0001',
      '00-0000-0000',
    ]
    expect(texts.flatMap(found)).toEqual([])
  })

  it('finds My Numbers with the right check digit where they are spoken of', () => {
    // Σ 1·6 + 2·5 + 3·4 + 4·3 + 5·2 + 6·7 + 7·6 + 8·5 + 9·4 + 0·3 + 1·2 = 212 = 19 · 11 + 3; 11 − 3 = 8.
    expect(
      foundOf('my-number', [
        'マイナンバー：123456789018',
        '個人番号\n１２３４　５６７８　９０１８',
        'My Number 1234-5678-9018',
      ]),
    ).toEqual(['123456789018', '１２３４　５６７８　９０１８', '1234-5678-9018'])
    // A remainder of 0 and one of 1 give the check digit 0: Σ 2·… of 00000000000 and of 00000000006 (6 · 2 = 12).
    expect(found('個人番号 000000000000 000000000060')).toHaveLength(2)
    const wrong = Array.from({ length: 10 }, (_, digit) => `12345678901${digit}`).filter(
      (text) => !text.endsWith('8'),
    )
    expect(found(`マイナンバー ${wrong.join(' ')}`)).toEqual([])
    expect(found('注文番号 123456789018、個数 12')).toEqual([])
    expect(found('マイナンバー 0123456789018 1234-5678-9018-1111 123456789018-1 1234 5678-9018')).toEqual([])
  })

  it('finds credit cards of known issuers with the right check digit', () => {
    // The test numbers that payment services publish.
    const cards = [
      '4111111111111111',
      '4012 8888 8888 1881',
      '5555-5555-5555-4444',
      '2223003122003222',
      '3782 822463 10005',
      '371449635398431',
      '3530111333300000',
      '3566-0020-2036-0505',
      '30569309025904',
      '3622 720627 1667',
      '6011111111111117',
      '6200000000000005',
      '４１１１－１１１１－１１１１－１１１１',
    ]
    expect(foundOf('credit-card', cards)).toEqual(cards)
    const others = [
      '4111111111111112',
      '1111111111111117',
      '94111111111111111',
      '4111-1111-1111-1111-22',
      '4111 1111-1111 1111',
      '20240102030405',
    ]
    expect(others.flatMap(found)).toEqual([])
  })

  it('finds private keys and access keys', () => {
    const pem = `-----BEGIN RSA PRIVATE KEY-----\n${'MIIEow\n'.repeat(20)}-----END RSA PRIVATE KEY-----`
    expect(found(`a\n${pem}\nb -----BEGIN PUBLIC KEY-----`)).toEqual([['private-key', pem]])
    expect(found('-----BEGIN PRIVATE KEY-----\nMII')).toEqual([
      ['private-key', '-----BEGIN PRIVATE KEY-----'],
    ])
    const alphanumeric = 'aB3'.repeat(30)
    // Put together here, so that no scanner takes this file for a leak.
    const keys = [
      'AKIA' + 'IOSFODNN7EXAMPLE',
      'ASIA' + 'IOSFODNN7EXAMPLE',
      'ghp_' + alphanumeric.slice(0, 36),
      'github_pat_' + alphanumeric.slice(0, 82),
      'xoxb-' + '123456789012-abcDEF',
      'AIza' + alphanumeric.slice(0, 35),
      'sk-proj-' + alphanumeric.slice(0, 48),
      ['eyJhbGciOiJIUzI1NiJ9', 'eyJzdWIiOiIxMjM0In0', alphanumeric.slice(0, 43)].join('.'),
    ]
    expect(
      foundOf(
        'access-key',
        keys.map((key) => `キー「${key}」`),
      ),
    ).toEqual(keys)
    expect(found(`api_key = "sk-${alphanumeric.toLowerCase().slice(0, 18)}"`)).toEqual([
      ['access-key', `sk-${alphanumeric.toLowerCase().slice(0, 18)}`],
    ])
    const others = [
      'api_key: your-api-key-number-1234',
      'api_key = load_api_key_version_2()',
      'api_key = "for-documentation-only"',
      'AKIA',
      'XAKIAIOSFODNN7EXAMPLE',
      'ghp_short',
      'sk-learn-feature-extraction-text',
      'eyJhbGciOiJIUzI1NiJ9',
    ]
    expect(others.flatMap(found)).toEqual([])
  })

  it('finds passwords that are written out', () => {
    const cases = [
      ['パスワード: Tr0ub4dor&3', 'Tr0ub4dor'],
      ['初期パスワードは「abc123」です', 'abc123'],
      ['パスワード（仮）：himitsu99', 'himitsu99'],
      ['ＰＷ：ａｂｃ１２３', 'ａｂｃ１２３'],
      ['暗証番号：4821', '4821'],
      ['password=hunter2', 'hunter2'],
      ['{"db_password": "s3cr3t!"}', 's3cr3t!'],
      ['The password is correct-horse', 'correct-horse'],
      ['Password: sakura', 'sakura'],
      ['パスワード Natsu2024', 'Natsu2024'],
      ['ID/PASS: yamada / p@ssw0rd', 'p@ssw0rd'],
      ['ID/PASS: yamada01 / p@ssw0rd', 'p@ssw0rd'],
    ] as const
    expect(
      foundOf(
        'password',
        cases.map(([text]) => text),
      ),
    ).toEqual(cases.map(([, value]) => value))
    const others = [
      'パスワード: ********',
      'パスワード：●●●●●●',
      'パスワードは8文字以上とします',
      'password: <your-password>',
      'password=${DB_PASSWORD}',
      'password: required',
      'password = getPassword()',
      'password=process.env.PW',
      'The password is required for login',
      'The password is incorrect',
      '<p>Password: must be correct.</p>',
      'パスワード:\n次の行',
      'パスワード 2024年度',
      'パスワード SHA256',
      'パスワード PasswordPolicy',
      'ID/PASS: yamada / ********',
      'password_length=12',
      'compass: north1',
      'password: xxxx1',
      'パスワードの変更は90日ごと',
    ]
    expect(others.flatMap(found)).toEqual([])
  })

  it('orders what it finds and lets nothing overlap', () => {
    const text = 'password=taro@example.com1 090-1234-5678 hanako@example.com 4111111111111111'
    expect(found(text)).toEqual([
      ['password', 'taro@example.com1'],
      ['telephone', '090-1234-5678'],
      ['mail-address', 'hanako@example.com'],
      ['credit-card', '4111111111111111'],
    ])
    expect(countSensitive(`${text} 080-1234-5678`)).toEqual([
      { kind: 'mail-address', count: 1 },
      { kind: 'telephone', count: 2 },
      { kind: 'credit-card', count: 1 },
      { kind: 'password', count: 1 },
    ])
    expect(countSensitive('経費精算')).toEqual([])
  })

  it('hardly ever takes random numbers for something', () => {
    const random = new SeededRandom(9)
    const digits = (count: number): string => Array.from({ length: count }, () => random.integer(10)).join('')
    const makers: Record<string, () => string> = {
      parts: () => `${digits(3)}-${digits(4)}-${digits(3)}`,
      orders: () => `PO-${digits(4)}-${digits(4)}`,
      prices: () => `¥${1 + random.integer(9)},${digits(3)},${digits(3)}`,
      dates: () =>
        `${1990 + random.integer(60)}-0${1 + random.integer(9)}-${10 + random.integer(20)} 0${random.integer(10)}:${10 + random.integer(50)}`,
      codes: () => `49${digits(11)}`,
      fours: () => `${digits(4)}-${digits(4)}-${digits(4)}`,
      twelve: () => digits(12),
      decimals: () => `0.${digits(10)}`,
    }
    const rounds = 3000
    for (const [name, make] of Object.entries(makers)) {
      const text = Array.from({ length: rounds }, make).join('\n')
      expect([name, findSensitive(text)]).toEqual([name, []])
    }
    // Of eleven digits in a row one in 260 could be a mobile telephone, of sixteen one in fifty is a valid card.
    for (const [length, most] of [
      [10, 0],
      [11, 0.006],
      [16, 0.03],
    ] as const) {
      const text = Array.from({ length: rounds }, () => digits(length)).join('\n')
      expect(findSensitive(text).length / rounds).toBeLessThanOrEqual(most)
    }
  })

  it('takes linear time on hostile text', () => {
    const run = 100_000
    const texts = [
      '0',
      'a.',
      'a@',
      '+81',
      '+1 1',
      'eyJ',
      'eyJaaaaaaaaaaa.',
      'password=',
      'パスワード(',
      '03-',
      'パスワード a',
      'ID/PASS:a/',
      'api_key=',
      '1-',
      '4111 ',
      '-----BEGIN PRIVATE KEY-----',
    ]
    for (const text of texts) expect(findSensitive(text.repeat(run)).length).toBeLessThanOrEqual(run)
  })
})
