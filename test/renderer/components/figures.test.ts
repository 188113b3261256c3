// @vitest-environment happy-dom
import { expect, test } from 'vitest'

import FigureValue from '../../../src/renderer/components/figure-value.vue'
import ProvenanceMark from '../../../src/renderer/components/provenance-mark.vue'
import VerdictBadge from '../../../src/renderer/components/verdict-badge.vue'
import type { Figure, Provenance } from '../../../src/shared/results.ts'
import { mountWith } from '../fakes/mount-with.ts'

const NLL: Figure = { value: 4.1463, ci95: [4.1053, 4.1873], n: 14_807, unit: 'nats', provenance: 'measured' }

const words = (text: string): string => text.replaceAll(/\s+/g, ' ').trim()

test('a figure shows its value and its origin; interval and sample count are told on demand', async () => {
  const { wrapper } = await mountWith(FigureValue, { props: { figure: NLL, format: 'decimal4' } })
  expect(words(wrapper.text())).toBe('4.1463 実測')
  expect(wrapper.attributes('title')).toBe('95 % 区間 4.1053 ~ 4.1873 · 標本数 14,807')
  await wrapper.setProps({ showInterval: true })
  expect(wrapper.get('.interval').text()).toBe('95 % 区間 4.1053 ~ 4.1873')
})

test.each([null, { value: null, unit: 'bytes', provenance: 'unavailable' } as Figure])(
  'what has no value is n/a, without a mark: %o',
  async (figure) => {
    const { wrapper } = await mountWith(FigureValue, {
      props: { figure, format: 'bytes', showInterval: true },
    })
    expect(words(wrapper.text())).toBe('n/a')
    expect(wrapper.attributes('title')).toBeUndefined()
  },
)

test('a measured zero is a zero', async () => {
  const figure: Figure = { value: 0, unit: 'nats', provenance: 'measured' }
  const { wrapper } = await mountWith(FigureValue, { props: { figure, format: 'decimal2' }, locale: 'en' })
  expect(words(wrapper.text())).toBe('0.00 measured')
})

test('each origin has a word, a shape and a meaning of its own', async () => {
  const origins: Provenance[] = ['measured', 'estimated', 'assumed', 'extrapolated', 'unavailable']
  const marks = await Promise.all(
    origins.map(async (provenance) => {
      const { wrapper } = await mountWith(ProvenanceMark, { props: { provenance } })
      return { word: wrapper.text(), shape: wrapper.get('svg').html(), meaning: wrapper.attributes('title') }
    }),
  )
  expect(marks.map(({ word }) => word)).toEqual(['実測', '推計', '仮定', '外挿', 'n/a'])
  expect(new Set(marks.map(({ shape }) => shape)).size).toBe(origins.length)
  expect(new Set(marks.map(({ meaning }) => meaning)).size).toBe(origins.length)
})

test('"no difference shown" and "too little data" are different verdicts', async () => {
  const undecided = await mountWith(VerdictBadge, { props: { verdict: 'undecided' } })
  const tooLittle = await mountWith(VerdictBadge, { props: { verdict: 'insufficient-data' } })
  expect([undecided.wrapper.text(), tooLittle.wrapper.text()]).toEqual(['判定できず', 'データ不足'])
  expect(undecided.wrapper.get('svg').html()).not.toBe(tooLittle.wrapper.get('svg').html())
})
