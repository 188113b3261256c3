import { defineStore } from 'pinia'
import { shallowRef } from 'vue'

import { useSettingsStore } from './settings.ts'

/** The introduction of the first start, which can be opened again from the settings. */
export const useTourStore = defineStore('tour', () => {
  const settings = useSettingsStore()
  const isOpen = shallowRef(false)

  /** Finished or closed: it does not come back by itself. */
  async function close(): Promise<void> {
    isOpen.value = false
    if (settings.settings?.tourDone === false) await settings.write({ tourDone: true })
  }

  return { isOpen, close }
})
