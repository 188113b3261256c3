// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { afterEach, expect, test, vi } from 'vitest'

import { createFormatter } from '../../../src/renderer/format.ts'
import { createI18n, type Translate } from '../../../src/renderer/i18n.ts'
import type { DoctorReport } from '../../../src/renderer/stores/doctor.ts'
import DoctorView from '../../../src/renderer/views/doctor/doctor-view.vue'
import { findingsOf, findingsText } from '../../../src/renderer/views/doctor/findings.ts'
import { mountWith } from '../fakes/mount-with.ts'

afterEach(() => document.body.replaceChildren())

const REPORT: DoctorReport = {
  soroban: '0.1.0',
  machine: {
    node: '24.21.0',
    os: 'Linux',
    cpu: { model: 'Example CPU', physicalCores: 2, logicalCores: 4 },
    memoryBytes: 16 * 2 ** 30,
    gpus: [],
    onBattery: null,
    loadPerCore: 0.02,
  },
  runtime: {
    driver: 'native',
    version: '1.30.0',
    providers: ['cpu'],
    reason: 'self-test-passed',
    failure: null,
  },
  home: { path: '/home/soroban', writable: true, freeBytes: 50 * 2 ** 30, setAside: [] },
}
const { t: translate } = createI18n('en').global
const t: Translate = (key, params = {}) => translate(key, params)
const words = { t, format: createFormatter('en') }

const marked = (report: DoctorReport, chosen: 'cpu' | 'cuda' = 'cpu'): unknown[] =>
  findingsOf(report, chosen, words)
    .flatMap(({ findings }) => findings)
    .filter(({ mark }) => mark !== 'good')
    .map(({ label, mark, advice }) => [label, mark, advice !== null])

test('a machine in order has no marks but good ones', () => {
  expect(marked(REPORT)).toEqual([])
})

test('everything that disturbs a measurement is marked and comes with advice', () => {
  const troubled: DoctorReport = {
    ...REPORT,
    machine: { ...REPORT.machine, memoryBytes: 4 * 2 ** 30, onBattery: true, loadPerCore: 0.4 },
    runtime: {
      ...REPORT.runtime,
      driver: 'portable',
      reason: 'native-failed',
      failure: { code: 'runtime/failed', params: { reason: 'no symbol' } },
    },
    home: { path: '/ro', writable: false, freeBytes: 2 ** 30, setAside: ['settings.json.damaged'] },
  }
  expect(marked(troubled, 'cuda')).toEqual([
    ['Runtime', 'bad', true],
    ['Devices', 'bad', true],
    ['Memory', 'caution', true],
    ['Power', 'caution', true],
    ['Load by other work', 'caution', true],
    ['Storage folder', 'bad', true],
    ['Damaged settings', 'caution', true],
    ['Free disk space', 'caution', true],
  ])
})

test('a GPU that lies idle is pointed out', () => {
  const report: DoctorReport = {
    ...REPORT,
    machine: { ...REPORT.machine, gpus: [{ name: 'GPU', driver: null, memoryBytes: null }] },
    runtime: { ...REPORT.runtime, providers: ['cpu', 'webgpu'] },
  }
  expect(marked(report)).toEqual([['Devices', 'caution', true]])
})

test('the findings are copied as text, one line each', () => {
  const text = findingsText(findingsOf(REPORT, 'cpu', words), t)
  expect(text.split('\n').slice(0, 6)).toEqual([
    '[Engine]',
    'Good\tRuntime\tONNX Runtime 1.30.0 (native)',
    'Good\tDevices\tCPU',
    '',
    '[Machine]',
    'Good\tCPU\tExample CPU (2 physical, 4 logical cores)',
  ])
})

test('the view examines when it is opened, and again when asked', async () => {
  const examine = vi.fn(() => REPORT)
  const { wrapper } = await mountWith(DoctorView, { handlers: { 'doctor.examine': examine } })
  await flushPromises()
  expect(wrapper.get('.summary').text()).toBe('問題は見つかりませんでした。')
  expect(wrapper.findAll('.finding .visually-hidden').map((mark) => mark.text())).toEqual(
    Array(12).fill('良好'),
  )
  await wrapper
    .findAll('button')
    .find((each) => each.text() === 'もう一度診断する')
    ?.trigger('click')
  await flushPromises()
  expect(examine).toHaveBeenCalledTimes(2)
})
