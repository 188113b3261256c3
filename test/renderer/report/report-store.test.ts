// @vitest-environment happy-dom
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, test } from 'vitest'

import { type ReportChoice, type ReportContent, useReportStore } from '../../../src/renderer/stores/report.ts'
import { AppError } from '../../../src/shared/errors.ts'
import { defaultAssumptions } from '../fakes/assumptions.ts'
import {
  type FakeOptions,
  FakeWorld,
  FINISHED_RUN,
  installFakeApi,
  SAMPLE_FOLDER,
} from '../fakes/fake-api.ts'

const CHOICE: ReportChoice = { project: SAMPLE_FOLDER, run: FINISHED_RUN, locale: 'ja', assumptions: null }

function storeOver(options: FakeOptions = {}) {
  installFakeApi(options)
  return useReportStore()
}

beforeEach(() => setActivePinia(createPinia()))

describe('a preview', () => {
  test('belongs to a run, a language and assumptions, and is read once', async () => {
    let calls = 0
    const report = storeOver({
      handlers: {
        'report.preview': () => {
          calls++
          return { title: 't', subject: 's', createdAt: '', footer: '', currency: null, sheets: [] }
        },
      },
    })
    await report.preview(CHOICE)
    await report.preview({ ...CHOICE })
    expect([calls, report.previewOf(CHOICE)?.title, report.isLoading]).toEqual([1, 't', false])
    expect(report.previewOf({ ...CHOICE, locale: 'en' })).toBeNull()
    expect(report.previewOf({ ...CHOICE, assumptions: defaultAssumptions() })).toBeNull()
  })

  test('of what was chosen before does not replace the later choice', async () => {
    const late = Promise.withResolvers<undefined>()
    const report = storeOver({
      handlers: {
        'report.preview': async ({ locale }) => {
          if (locale === 'ja') await late.promise
          return { title: locale, subject: '', createdAt: '', footer: '', currency: null, sheets: [] }
        },
      },
    })
    const first = report.preview(CHOICE)
    const english: ReportChoice = { ...CHOICE, locale: 'en' }
    await report.preview(english)
    late.resolve(undefined)
    await first
    expect([report.previewOf(english)?.title, report.previewOf(CHOICE)]).toEqual(['en', null])
  })

  test('that cannot be made says why', async () => {
    const report = storeOver()
    await report.preview({ ...CHOICE, run: 'gone' })
    expect(report.error).toMatchObject({ code: 'runs/unknown', params: { run: 'gone' } })
  })
})

describe('an export', () => {
  test('goes where the dialog says, and can be shown there', async () => {
    const world = new FakeWorld()
    world.chosenPath = '/exports/report.xlsx'
    const report = storeOver({ world })
    await report.saveAs(CHOICE, 'xlsx', 'title')
    expect(report.lastExport).toEqual({ kind: 'file', choice: CHOICE, path: '/exports/report.xlsx' })
    await report.reveal('/exports/report.xlsx')
    expect([world.written, world.revealed]).toEqual([['/exports/report.xlsx'], ['/exports/report.xlsx']])
  })

  test('whose dialog is closed does not happen', async () => {
    const world = new FakeWorld()
    const report = storeOver({ world })
    await report.saveAs(CHOICE, 'json', 'title')
    expect([report.lastExport, world.written, report.exporting]).toEqual([null, [], null])
  })

  test('is a download in a browser', async () => {
    const report = storeOver({ door: 'browser' })
    const saved: ReportContent[] = []
    await report.download(CHOICE, 'json', (content) => saved.push(content))
    const name = `soroban-${FINISHED_RUN}.json`
    expect(saved).toEqual([{ name, base64: btoa('content') }])
    expect(report.lastExport).toEqual({ kind: 'download', choice: CHOICE, name })
  })

  test('in a format that shares its ending is told apart by name', async () => {
    const asked: unknown[] = []
    const report = storeOver({
      handlers: {
        'shell.chooseSavePath': ({ name, extension }) => {
          asked.push([name, extension])
          return { path: null }
        },
      },
    })
    for (const format of ['html', 'json', 'lm-eval'] as const) await report.saveAs(CHOICE, format, 'title')
    expect(asked).toEqual([
      [`soroban-${FINISHED_RUN}`, 'html'],
      [`soroban-${FINISHED_RUN}`, 'json'],
      [`soroban-${FINISHED_RUN}-lm-eval`, 'json'],
    ])
  })

  test('that cannot be written says why', async () => {
    const world = new FakeWorld()
    world.chosenPath = '/full/report.xlsx'
    const report = storeOver({
      world,
      handlers: {
        'report.write': ({ path }) => {
          throw new AppError('file/unwritable', { path: path ?? '', reason: 'ENOSPC' })
        },
      },
    })
    await report.saveAs(CHOICE, 'xlsx', 'title')
    expect([report.exportError?.code, report.exporting, report.lastExport]).toEqual([
      'file/unwritable',
      null,
      null,
    ])
  })
})
