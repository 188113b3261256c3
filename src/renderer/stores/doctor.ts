import { defineStore } from 'pinia'
import { shallowRef } from 'vue'

import type { OutputOf } from '../../shared/contract.ts'
import { type AppError, toAppError } from '../../shared/errors.ts'
import { useApi } from '../api.ts'

export type DoctorReport = OutputOf<'doctor.examine'>

/** What the machine can do, as examined last. */
export const useDoctorStore = defineStore('doctor', () => {
  const api = useApi()
  const report = shallowRef<DoctorReport | null>(null)
  const error = shallowRef<AppError | null>(null)
  const isExamining = shallowRef(false)

  async function examine(): Promise<void> {
    if (isExamining.value) return
    error.value = null
    isExamining.value = true
    try {
      report.value = await api.call('doctor.examine', {})
    } catch (thrown) {
      error.value = toAppError(thrown)
    } finally {
      isExamining.value = false
    }
  }

  return { report, error, isExamining, examine }
})
