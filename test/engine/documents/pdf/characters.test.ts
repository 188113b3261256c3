import { expect, it } from 'vitest'

import { beginsItem, foldSharedGlyphs } from '../../../../src/engine/documents/pdf/characters.ts'

it('folds radicals to the kanji that look the same', () => {
  expect(foldSharedGlyphs('第⼀条　⽇本⼈の⻑い⼾⻘')).toBe('第一条　日本人の長い戸青')
})

it.each([
  '第1条 目的',
  '第 1 条　目的',
  '第　１　条',
  '第十二条の規定',
  '(1) 点検',
  '・ 軸受',
  '1. 目的',
  '場所：本社',
  '一　情報機器',
  '２　管理者',
  'イ　役員',
  '2.1 Services',
])('%s begins an item', (text) => expect(beginsItem(text)).toBe(true))

it.each([
  '第一に点検する',
  '10 日以内に',
  '条文',
  '2024年4月1日',
  '0.01 mmとする',
  '一部を改める',
  'イオン交換',
])('%s begins none', (text) => expect(beginsItem(text)).toBe(false))
