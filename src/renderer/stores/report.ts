import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'

import { type AppError, toAppError } from '../../shared/errors.ts'
import type { ReportFormat } from '../../shared/contract/runs.ts'
import type { InputOf } from '../../shared/contract.ts'
import type { Locale } from '../../shared/messages/define.ts'
import type { ReportModel } from '../../shared/report-model.ts'
import type { Assumptions } from '../../shared/roi/assumptions.ts'
import { useApi } from '../api.ts'

/** How a report's file ends. */
const EXTENSIONS: Readonly<Record<ReportFormat, InputOf<'shell.chooseSavePath'>['extension']>> = {
  xlsx: 'xlsx',
  html: 'html',
  json: 'json',
  csv: 'csv',
  'llama-bench': 'json',
  'lm-eval': 'json',
}
/** Formats that share their ending with another are told apart by name. */
const nameOf = (run: string, format: ReportFormat): string =>
  EXTENSIONS[format] === format ? `soroban-${run}` : `soroban-${run}-${format}`

/** Which report: of which run, in which language, with which return on investment. */
export interface ReportChoice {
  readonly project: string
  readonly run: string
  readonly locale: Locale
  /** Null: without one. */
  readonly assumptions: Assumptions | null
}

/** Where an export went: a path on the desktop, a download in a browser. */
export type ReportExport =
  | { readonly kind: 'file'; readonly choice: ReportChoice; readonly path: string }
  | { readonly kind: 'download'; readonly choice: ReportChoice; readonly name: string }

/** A file's content on its way to the browser's downloads. */
export interface ReportContent {
  readonly name: string
  readonly base64: string
}

const isSame = (a: ReportChoice, b: ReportChoice): boolean =>
  a.project === b.project &&
  a.run === b.run &&
  a.locale === b.locale &&
  JSON.stringify(a.assumptions) === JSON.stringify(b.assumptions)

/** The report's preview and its exports. */
export const useReportStore = defineStore('report', () => {
  const api = useApi()
  const previewed = shallowRef<{ readonly choice: ReportChoice; readonly model: ReportModel } | null>(null)
  const loading = shallowRef<ReportChoice | null>(null)
  const error = shallowRef<AppError | null>(null)
  const exporting = shallowRef<ReportFormat | null>(null)
  const exportError = shallowRef<AppError | null>(null)
  const lastExport = shallowRef<ReportExport | null>(null)

  const isLoading = computed(() => loading.value !== null)
  const previewOf = (choice: ReportChoice): ReportModel | null =>
    previewed.value !== null && isSame(previewed.value.choice, choice) ? previewed.value.model : null

  async function preview(choice: ReportChoice): Promise<void> {
    error.value = null
    exportError.value = null
    if (previewOf(choice) !== null) {
      loading.value = null
      return
    }
    loading.value = choice
    try {
      const model = await api.call('report.preview', { ...choice })
      if (loading.value === choice) previewed.value = { choice, model }
    } catch (failure) {
      if (loading.value === choice) error.value = toAppError(failure)
    } finally {
      if (loading.value === choice) loading.value = null
    }
  }

  /**
   * Writes the report where the user says, in a native dialog.
   *
   * @param title of the dialog
   */
  const saveAs = (choice: ReportChoice, format: ReportFormat, title: string): Promise<void> =>
    attempt(format, async () => {
      const name = nameOf(choice.run, format)
      const extension = EXTENSIONS[format]
      const { path } = await api.call('shell.chooseSavePath', { title, name, extension })
      if (path === null) return
      const written = await api.call('report.write', { ...choice, format, path })
      lastExport.value = { kind: 'file', choice, path: written.path }
    })

  /** Fetches the report as a file's content and hands it to `save`, where there is no path to write to. */
  const download = (
    choice: ReportChoice,
    format: ReportFormat,
    save: (content: ReportContent) => void,
  ): Promise<void> =>
    attempt(format, async () => {
      const content = await api.call('report.content', { ...choice, format })
      save(content)
      lastExport.value = { kind: 'download', choice, name: content.name }
    })

  async function attempt(format: ReportFormat, action: () => Promise<void>): Promise<void> {
    exportError.value = null
    exporting.value = format
    try {
      await action()
    } catch (failure) {
      exportError.value = toAppError(failure)
    } finally {
      exporting.value = null
    }
  }

  /** Shows a written report in the system's file manager. */
  async function reveal(path: string): Promise<void> {
    exportError.value = null
    try {
      await api.call('shell.reveal', { path })
    } catch (failure) {
      exportError.value = toAppError(failure)
    }
  }

  return {
    isLoading,
    error,
    exporting,
    exportError,
    lastExport,
    previewOf,
    preview,
    saveAs,
    download,
    reveal,
  }
})
