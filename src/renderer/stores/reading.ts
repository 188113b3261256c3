import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'

import type { DocumentText } from '../../shared/contract/documents.ts'
import { type AppError, toAppError } from '../../shared/errors.ts'
import { useApi } from '../api.ts'
import { readOriginal } from './original-pieces.ts'

/** The one document that is looked at: its text as it will be scored and, where it can be drawn, its original. */
export const useReadingStore = defineStore('reading', () => {
  const api = useApi()

  const selected = ref<string | null>(null)
  const text = shallowRef<DocumentText | null>(null)
  const textError = shallowRef<AppError | null>(null)
  const isTextLoading = ref(false)

  const original = shallowRef<Blob | null>(null)
  const originalError = shallowRef<AppError | null>(null)
  /** How much of the original is there, 0 to 1; null while none is being loaded. */
  const originalFraction = shallowRef<number | null>(null)

  let current: AbortController | null = null

  /** Shows one document's text as it will be scored. */
  async function select(project: string, name: string): Promise<void> {
    selectWithoutText(name)
    const controller = new AbortController()
    current = controller
    isTextLoading.value = true
    try {
      const found = await api.call('documents.text', { project, name }, { signal: controller.signal })
      if (current === controller) text.value = found
    } catch (failure) {
      if (current === controller) textError.value = toAppError(failure)
    } finally {
      if (current === controller) isTextLoading.value = false
    }
  }

  /** Marks a document that has no text to show. */
  function selectWithoutText(name: string): void {
    deselect()
    current = new AbortController()
    selected.value = name
  }

  /** Loads the original of the selected document, piece by piece. */
  async function loadOriginal(project: string): Promise<void> {
    const [controller, name] = [current, selected.value]
    if (controller === null || name === null) return
    originalError.value = null
    originalFraction.value = 0
    try {
      const found = await readOriginal(api, { project, name }, controller.signal, (fraction) => {
        if (current === controller) originalFraction.value = fraction
      })
      if (current === controller) original.value = found
    } catch (failure) {
      if (current === controller) originalError.value = toAppError(failure)
    } finally {
      if (current === controller) originalFraction.value = null
    }
  }

  function deselect(): void {
    current?.abort()
    current = null
    selected.value = null
    text.value = null
    textError.value = null
    isTextLoading.value = false
    original.value = null
    originalError.value = null
    originalFraction.value = null
  }

  return {
    selected,
    text,
    textError,
    isTextLoading,
    original,
    originalError,
    originalFraction,
    select,
    selectWithoutText,
    loadOriginal,
    deselect,
  }
})
