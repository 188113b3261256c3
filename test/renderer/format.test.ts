import { expect, test } from 'vitest'

import { createFormatter } from '../../src/renderer/format.ts'

const ja = createFormatter('ja')
const en = createFormatter('en')

test('numbers are grouped, fixed and signed; a minus is a minus and zero has no sign', () => {
  expect([ja.integer(1_234_567.4), ja.decimal(-1.005, 1), ja.significant(0.000123456)]).toEqual([
    '1,234,567',
    '−1.0',
    '0.0001235',
  ])
  expect([ja.signed(0.5), ja.signed(-0.5), ja.signed(-0.001)]).toEqual(['+0.50', '−0.50', '0.00'])
  expect([en.percent(0.0571), en.signedPercent(-0.0061, 2)]).toEqual(['5.7 %', '−0.61 %'])
})

test.each([
  [0, '0 B'],
  [1023, '1,023 B'],
  [1024, '1.0 KiB'],
  [1536, '1.5 KiB'],
  [187 * 2 ** 20, '187 MiB'],
  [20 * 2 ** 30, '20.0 GiB'],
  [-2048, '−2.0 KiB'],
  [2 ** 62, '4,096 PiB'],
])('%d bytes are %s', (bytes, text) => {
  expect(en.bytes(bytes)).toBe(text)
})

test.each([
  [0, '0 ms'],
  [0.0421, '42.1 µs'],
  [2.9134, '2.91 ms'],
  [9_999, '10,000 ms'],
  [12_345, '12.3 s'],
  [-3.2, '−3.2 ms'],
])('%d milliseconds are %s', (milliseconds, text) => {
  expect(en.milliseconds(milliseconds)).toBe(text)
})

test.each([
  [0, '0 秒', '0 s'],
  [59.6, '1 分', '1 min'],
  [3_900, '1 時間 5 分', '1 h 5 min'],
  [3_605, '1 時間', '1 h'],
  [90_061, '1 日 1 時間', '1 d 1 h'],
  [-4, '0 秒', '0 s'],
])('%d seconds are %s and %s', (seconds, japanese, english) => {
  expect([ja.duration(seconds), en.duration(seconds)]).toEqual([japanese, english])
})

test('a figure is written by its format', () => {
  expect([
    en.figure(4.15049, 'decimal4'),
    en.figure(-0.00101, 'signedPercent2'),
    en.figure(2_097_152, 'bytes'),
    en.figure(141.23, 'milliseconds'),
    en.figure(45.67, 'tokensPerSecond'),
    en.figure(1456.7, 'tokensPerSecond'),
  ]).toEqual(['4.1505', '−0.10 %', '2.0 MiB', '141 ms', '45.7 tok/s', '1,457 tok/s'])
})

test('money is written in its currency and language, prices with the decimals they need', () => {
  const yen = createFormatter('ja', 'JPY')
  const dollars = createFormatter('en', 'USD')
  expect([
    yen.money(-1_234_567.4),
    yen.signedMoney(5000),
    yen.price(27.5),
    yen.shortMoney(12_345_678),
  ]).toEqual(['−1,234,567 円', '+5,000 円', '27.5 円', '1230万 円'])
  expect([
    dollars.money(-1234.4),
    dollars.signedMoney(5000),
    dollars.price(0.18),
    dollars.shortMoney(1_234_567),
  ]).toEqual(['−$1,234', '+$5,000', '$0.18', '$1.23M'])
  expect([
    createFormatter('en', 'JPY').money(1200),
    en.money(1200),
    ja.years(2.44),
    en.date('2026-04-01'),
  ]).toEqual(['¥1,200', '1,200', '2.4 年', 'Apr 1, 2026'])
})
