import { defineStore } from 'pinia'
import { computed, ref, shallowReactive, shallowRef } from 'vue'

import type { OutputOf } from '../../shared/contract.ts'
import type { ModelDescription } from '../../shared/contract/models.ts'
import { type AppError, toAppError } from '../../shared/errors.ts'
import { useApi } from '../api.ts'

/** What is known of one model folder. */
export type ModelInspection =
  | { readonly state: 'reading' }
  | { readonly state: 'read'; readonly model: ModelDescription }
  | { readonly state: 'failed'; readonly error: AppError }

export type BundledModels = OutputOf<'models.bundled'>
export type MachineMemory = Pick<OutputOf<'doctor.examine'>['machine'], 'memoryBytes' | 'gpus'>

/** Facts of model folders, by folder, and what they are set against: the machine's memory, the bundled pair. */
export const useModelsStore = defineStore('models', () => {
  const api = useApi()
  const inspections = shallowReactive(new Map<string, ModelInspection>())
  const controllers = new Map<string, AbortController>()

  const bundled = shallowRef<BundledModels | null>(null)
  const bundledError = shallowRef<AppError | null>(null)
  const machine = shallowRef<MachineMemory | null>(null)
  const machineError = shallowRef<AppError | null>(null)

  /** Bytes that models are held against; null: all of the machine's. */
  const chosenMemory = ref<number | null>(null)
  const memory = computed(() => chosenMemory.value ?? machine.value?.memoryBytes ?? null)

  /** Reads a folder's facts anew, its weights' hash included, which takes a while for a large model. */
  async function inspect(folder: string): Promise<void> {
    controllers.get(folder)?.abort()
    const controller = new AbortController()
    controllers.set(folder, controller)
    inspections.set(folder, { state: 'reading' })
    const settle = (inspection: ModelInspection): void => {
      if (controllers.get(folder) !== controller) return
      controllers.delete(folder)
      inspections.set(folder, inspection)
    }
    try {
      const model = await api.call('models.inspect', { folder }, { signal: controller.signal })
      settle({ state: 'read', model })
    } catch (failure) {
      settle({ state: 'failed', error: toAppError(failure) })
    }
  }

  /** Has exactly these folders known: reads those that are new, lets go of the others. */
  function keep(folders: readonly string[]): void {
    for (const folder of inspections.keys()) {
      if (folders.includes(folder)) continue
      controllers.get(folder)?.abort()
      controllers.delete(folder)
      inspections.delete(folder)
    }
    for (const folder of folders) if (!inspections.has(folder)) void inspect(folder)
  }

  async function findBundled(): Promise<void> {
    bundledError.value = null
    try {
      bundled.value ??= await api.call('models.bundled', {})
    } catch (failure) {
      bundledError.value = toAppError(failure)
    }
  }

  async function examineMachine(): Promise<void> {
    machineError.value = null
    try {
      machine.value ??= (await api.call('doctor.examine', {})).machine
    } catch (failure) {
      machineError.value = toAppError(failure)
    }
  }

  return {
    inspections,
    bundled,
    bundledError,
    machine,
    machineError,
    chosenMemory,
    memory,
    inspect,
    keep,
    findBundled,
    examineMachine,
  }
})
