import { expect, test } from 'vitest'

import { createI18n } from '../../src/renderer/i18n.ts'
import { type MessageKey, messages } from '../../src/renderer/locales/index.ts'
import { type Locale, LOCALES } from '../../src/shared/messages/define.ts'

const sources = import.meta.glob<string>(
  ['../../src/renderer/**/*.{vue,ts}', '!../../src/renderer/locales/**'],
  { query: '?raw', import: 'default', eager: true },
)
const source = Object.values(sources).join('\n')
const keys = Object.keys(messages) as MessageKey[]

const placeholders = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)

test('every word exists in both languages, with the same placeholders', () => {
  const differing = keys.filter((key) => {
    const { ja, en } = messages[key]
    return (
      ja.trim() === '' ||
      en.trim() === '' ||
      placeholders(ja).toSorted().join() !== placeholders(en).toSorted().join()
    )
  })
  expect(differing).toEqual([])
})

test.each(LOCALES)('every %s word is said as it stands, with its placeholders filled', (locale: Locale) => {
  const { t } = createI18n(locale).global
  const distorted = keys.filter((key) => {
    const text = messages[key][locale]
    const params = Object.fromEntries(placeholders(text).map((name) => [name, `<${name}>`]))
    return t(key, params) !== text.replaceAll(/\{(\w+)\}/g, '<$1>')
  })
  expect(distorted).toEqual([])
})

test('nobody shouts', () => {
  expect(keys.filter((key) => /[!\uFF01]/.test(messages[key].ja + messages[key].en))).toEqual([])
})

test('every key that a view asks for exists', () => {
  const asked = [...source.matchAll(/\bt\(\s*'([^']+)'/g)].map(([, key = '']) => key)
  expect(asked.length).toBeGreaterThan(100)
  expect(asked.filter((key) => !Object.hasOwn(messages, key))).toEqual([])
})

test('no word is left over', () => {
  const literals = new Set([...source.matchAll(/'([\w.-]+)'/g)].map(([, key = '']) => key))
  const patterns = [...source.matchAll(/`([a-z][\w.-]*\$\{[^`]+)`/g)].map(
    ([, template = '']) =>
      new RegExp(
        `^${template
          .replaceAll(/\$\{[^}]*\}/g, '\0')
          .replaceAll('.', '\\.')
          .replaceAll('\0', '.+')}$`,
      ),
  )
  const unused = keys.filter((key) => !literals.has(key) && !patterns.some((pattern) => pattern.test(key)))
  expect(unused).toEqual([])
})
