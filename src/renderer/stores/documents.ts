import { defineStore } from 'pinia'
import { computed, ref, shallowReactive, shallowRef } from 'vue'

import type { DocumentsOverview } from '../../shared/contract/documents.ts'
import { type AppError, toAppError } from '../../shared/errors.ts'
import type { Progress } from '../../shared/job.ts'
import { useApi } from '../api.ts'
import { base64Of, piecesOf } from './file-pieces.ts'

/** A file that the user handed over, with the path that it keeps inside the document folder. */
export interface OfferedFile {
  /** Relative, with `/`. */
  readonly name: string
  readonly file: Blob
}

/** How far an upload has come. */
export interface UploadState {
  readonly state: 'running' | 'cancelled' | 'done'
  readonly files: number
  readonly filesDone: number
  readonly bytes: number
  readonly bytesDone: number
  /** The file under way. */
  readonly current: string | null
  readonly failures: readonly { readonly name: string; readonly error: AppError }[]
}

/** The documents of the open project: their inspection, one text at a time, uploads from a browser. */
export const useDocumentsStore = defineStore('documents', () => {
  const api = useApi()

  /** What was found, and in which project. */
  const inspected = shallowRef<{ readonly project: string; readonly overview: DocumentsOverview } | null>(
    null,
  )
  const inspection = shallowRef<{ readonly project: string; readonly controller: AbortController } | null>(
    null,
  )
  const progress = shallowRef<readonly Progress[]>([])
  const error = shallowRef<AppError | null>(null)

  const selected = ref<string | null>(null)
  const text = shallowRef<string | null>(null)
  const textError = shallowRef<AppError | null>(null)
  const isTextLoading = ref(false)

  /** By project, each at most one. */
  const uploads = shallowReactive(new Map<string, UploadState>())
  const uploading = new Map<string, AbortController>()
  let reading: AbortController | null = null

  const overview = computed(() => inspected.value?.overview ?? null)
  const isInspecting = computed(() => inspection.value !== null)
  const uploadOf = (project: string): UploadState | null => uploads.get(project) ?? null

  /** Reads a project's documents anew. What was found before goes away at once; a second call replaces the first. */
  async function inspect(project: string): Promise<void> {
    inspection.value?.controller.abort()
    const controller = new AbortController()
    const current = { project, controller }
    inspection.value = current
    inspected.value = null
    progress.value = []
    error.value = null
    deselect()
    try {
      const found = await api.call(
        'documents.inspect',
        { project },
        {
          signal: controller.signal,
          onEvent: (event) => {
            if (inspection.value === current) progress.value = [event]
          },
        },
      )
      if (inspection.value === current) inspected.value = { project, overview: found }
    } catch (failure) {
      if (inspection.value === current) error.value = toAppError(failure)
    } finally {
      if (inspection.value === current) inspection.value = null
    }
  }

  /** Inspects unless that project's folder is known already or being inspected. */
  async function ensureInspected(project: string, folder: string): Promise<void> {
    if (inspection.value?.project === project) return
    if (inspected.value?.project === project && inspected.value.overview.folder === folder) return
    await inspect(project)
  }

  /** Stops the inspection; it then ends with the error `cancelled`. */
  function cancelInspection(): void {
    inspection.value?.controller.abort()
  }

  /** Nothing is chosen any more: forgets everything but an upload. */
  function clear(): void {
    inspection.value?.controller.abort()
    inspection.value = null
    inspected.value = null
    progress.value = []
    error.value = null
    deselect()
  }

  /** Shows one document's text as it will be scored. */
  async function select(project: string, name: string): Promise<void> {
    deselect()
    selected.value = name
    isTextLoading.value = true
    const controller = new AbortController()
    reading = controller
    try {
      const found = await api.call('documents.text', { project, name }, { signal: controller.signal })
      if (reading === controller) text.value = found.text
    } catch (failure) {
      if (reading === controller) textError.value = toAppError(failure)
    } finally {
      if (reading === controller) isTextLoading.value = false
    }
  }

  /** Marks a document that has no text to show. */
  function selectWithoutText(name: string): void {
    deselect()
    selected.value = name
  }

  function deselect(): void {
    reading?.abort()
    reading = null
    selected.value = null
    text.value = null
    textError.value = null
    isTextLoading.value = false
  }

  /**
   * Sends files into the project, one after the other. A file that fails is noted and the next one follows; what arrived
   * whole stays when the upload is cancelled.
   *
   * @returns how many arrived
   */
  async function uploadFiles(project: string, files: readonly OfferedFile[]): Promise<number> {
    const controller = new AbortController()
    uploading.set(project, controller)
    const bytes = files.reduce((sum, { file }) => sum + file.size, 0)
    let state: UploadState = {
      state: 'running',
      files: files.length,
      filesDone: 0,
      bytes,
      bytesDone: 0,
      current: null,
      failures: [],
    }
    const change = (patch: Partial<UploadState>): void => {
      state = { ...state, ...patch }
      uploads.set(project, state)
    }
    let arrived = 0
    for (const { name, file } of files) {
      if (controller.signal.aborted) break
      change({ current: name })
      const before = state.bytesDone
      try {
        for (const piece of piecesOf(file)) {
          const base64 = await base64Of(file.slice(piece.offset, piece.end), name)
          const { offset, isLast } = piece
          await api.call(
            'documents.upload',
            { project, name, offset, base64, isLast },
            { signal: controller.signal },
          )
          change({ bytesDone: before + piece.end })
        }
        arrived++
      } catch (failure) {
        if (controller.signal.aborted) break
        change({ failures: [...state.failures, { name, error: toAppError(failure) }] })
      }
      change({ filesDone: state.filesDone + 1, bytesDone: before + file.size })
    }
    change({ state: controller.signal.aborted ? 'cancelled' : 'done', current: null })
    return arrived
  }

  function cancelUpload(project: string): void {
    uploading.get(project)?.abort()
  }

  /** Takes the note of an ended upload away. */
  function dismissUpload(project: string): void {
    if (uploads.get(project)?.state !== 'running') uploads.delete(project)
  }

  return {
    overview,
    isInspecting,
    progress,
    error,
    selected,
    text,
    textError,
    isTextLoading,
    uploadOf,
    inspect,
    ensureInspected,
    cancelInspection,
    clear,
    select,
    selectWithoutText,
    uploadFiles,
    cancelUpload,
    dismissUpload,
  }
})
