import { defineStore } from 'pinia'
import { shallowReactive } from 'vue'

import { type AppError, toAppError } from '../../shared/errors.ts'
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

/** Files on their way from a browser into projects' own document folders. */
export const useUploadsStore = defineStore('uploads', () => {
  const api = useApi()
  /** By project, each at most one. */
  const uploads = shallowReactive(new Map<string, UploadState>())
  const uploading = new Map<string, AbortController>()

  const uploadOf = (project: string): UploadState | null => uploads.get(project) ?? null

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

  return { uploadOf, uploadFiles, cancelUpload, dismissUpload }
})
