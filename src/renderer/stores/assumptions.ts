import { defineStore } from 'pinia'
import { computed, ref, shallowReactive, shallowRef } from 'vue'

import { type AppError, toAppError } from '../../shared/errors.ts'
import type { Locale } from '../../shared/messages/define.ts'
import type { AssumptionKey, Assumptions, Currency, Device } from '../../shared/roi/assumptions.ts'
import { useApi } from '../api.ts'
import { type Basis, type Draft, isSameBasis, isUnsaved, type WrongEntry } from './assumption-draft.ts'
import {
  type Part,
  onDevice,
  rebased,
  withAmountsOf,
  withConfirmed,
  withDevice,
  withEntered,
  withReset,
  withSource,
} from './assumption-edits.ts'
import { definitionOf, readEntry } from './assumption-entry.ts'

export const entryId = (key: AssumptionKey, part: Part): string => `${key}.${part}`

/** The assumptions of each project while they are edited. */
export const useAssumptionsStore = defineStore('assumptions', () => {
  const api = useApi()
  const drafts = shallowReactive(new Map<string, Draft>())
  const project = ref<string | null>(null)
  const isLoading = ref(false)
  /** Of the defaults. */
  const error = shallowRef<AppError | null>(null)
  /** The report has a return on investment. */
  const isIncluded = ref(true)
  let lastLoad = 0

  const draft = computed(() => (project.value === null ? null : (drafts.get(project.value) ?? null)))
  const current = computed(() => draft.value?.current ?? null)
  const devices = computed(() => draft.value?.devices ?? [])
  const wrong = computed(() => draft.value?.wrong ?? new Map<string, WrongEntry>())
  /** Null while an entry is wrong. */
  const complete = computed(() => (wrong.value.size === 0 ? current.value : null))
  /** What can be calculated with for a run; null until its defaults are here, too. */
  const completeFor = (run: string): Assumptions | null =>
    isLoading.value || draft.value?.basis.run !== run ? null : complete.value
  const isChanged = computed(() => draft.value !== null && isUnsaved(draft.value))
  const savedName = computed(() => draft.value?.saved?.name ?? null)
  /** With nothing entered, on the device that is chosen. */
  const base = computed(() => {
    if (draft.value === null) return null
    return onDevice(draft.value.defaults, draft.value.current.device, draft.value.devices)
  })

  /** Shows a project's assumptions. What was entered stays when another run's defaults come under it. */
  async function load(folder: string, run: string, locale: Locale): Promise<void> {
    project.value = folder
    const before = drafts.get(folder)
    const currency = before?.current.currency ?? (locale === 'ja' ? 'JPY' : 'USD')
    const basis: Basis = { run, currency, locale }
    if (before !== undefined && isSameBasis(before.basis, basis)) {
      // Whatever was under way is of another run.
      lastLoad++
      isLoading.value = false
      error.value = null
      return
    }
    await takeDefaults(folder, basis, (defaults, known) => {
      const edited = drafts.get(folder)
      if (edited === undefined) return defaults
      return rebased(edited.current, onDevice(defaults, edited.current.device, known))
    })
  }

  /** Reads defaults and puts what `edit` makes of them in the place of the draft. */
  async function takeDefaults(
    folder: string,
    basis: Basis,
    edit: (defaults: Assumptions, devices: readonly Device[]) => Assumptions,
  ): Promise<void> {
    const load = ++lastLoad
    isLoading.value = true
    error.value = null
    try {
      const { run, currency, locale } = basis
      const answer = await api.call('roi.defaults', { project: folder, run, currency, locale })
      if (load !== lastLoad) return
      const before = drafts.get(folder)
      drafts.set(folder, {
        basis,
        defaults: answer.assumptions,
        devices: answer.devices,
        current: edit(answer.assumptions, answer.devices),
        saved: before?.saved ?? null,
        wrong: before?.wrong ?? new Map(),
        otherAmounts: before?.otherAmounts ?? null,
      })
    } catch (failure) {
      if (load === lastLoad) error.value = toAppError(failure)
    } finally {
      if (load === lastLoad) isLoading.value = false
    }
  }

  function change(patch: (draft: Draft) => Partial<Draft>, folder = project.value): void {
    const before = folder === null ? undefined : drafts.get(folder)
    if (folder !== null && before !== undefined) drafts.set(folder, { ...before, ...patch(before) })
  }

  /** Drops wrong entries of some assumptions. */
  const corrected = (entries: Draft['wrong'], isCorrected: (id: string) => boolean): Draft['wrong'] =>
    new Map([...entries].filter(([id]) => !isCorrected(id)))

  /** Takes what was typed, or keeps it with what is wrong with it. */
  function enter(key: AssumptionKey, part: Part, text: string): void {
    const entry = readEntry(definitionOf(key), text)
    const id = entryId(key, part)
    change(({ current: set, wrong: entries }) => {
      if (!entry.ok) return { wrong: new Map([...entries, [id, { text, problem: entry.problem }]]) }
      const right = corrected(entries, (each) => each === id)
      if (base.value === null || set.values[key][part] === entry.value) return { wrong: right }
      return { current: withEntered(set, base.value, key, part, entry.value), wrong: right }
    })
  }

  const enterSource = (key: AssumptionKey, source: string, date: string | null): void =>
    change(({ current: set }) => ({ current: withSource(set, key, source, date) }))

  const confirm = (key: AssumptionKey): void =>
    change(({ current: set }) => ({ current: withConfirmed(set, key) }))

  const reset = (key: AssumptionKey): void =>
    change(({ current: set, wrong: entries }) => ({
      current: base.value === null ? set : withReset(set, base.value, key),
      wrong: corrected(entries, (id) => id.startsWith(`${key}.`)),
    }))

  /** Null: a device that is described by its values alone. */
  const chooseDevice = (id: string | null): void =>
    change(({ current: set, devices: known }) => ({
      current: withDevice(set, known.find((each) => each.id === id) ?? null),
      wrong: new Map(),
    }))

  /** Amounts are not converted: they become the defaults of the other currency, or what they were in it before. */
  async function chooseCurrency(currency: Currency): Promise<void> {
    const before = draft.value
    if (before === null || project.value === null || before.current.currency === currency) return
    const folder = project.value
    await takeDefaults(folder, { ...before.basis, currency }, (defaults, known) => {
      const edited = drafts.get(folder)
      if (edited === undefined) return defaults
      const amounts =
        edited.otherAmounts?.currency === currency
          ? edited.otherAmounts
          : onDevice(defaults, edited.current.device, known)
      return withAmountsOf(edited.current, amounts)
    })
    if (error.value === null) change(() => ({ otherAmounts: before.current, wrong: new Map() }), folder)
  }

  /** What a set has been saved as. */
  const noteSaved = (folder: string, set: Assumptions): void =>
    change(({ current: edited }) => ({ current: { ...edited, name: set.name }, saved: set }), folder)

  /** A saved set is no more; what is edited stays. */
  const noteDeleted = (folder: string, name: string): void =>
    change(({ saved }) => ({ saved: saved?.name === name ? null : saved }), folder)

  /** Replaces what is edited by a saved set. */
  async function replace(folder: string, set: Assumptions): Promise<void> {
    const basis = drafts.get(folder)?.basis
    if (basis === undefined) return
    if (basis.currency !== set.currency) {
      await takeDefaults(folder, { ...basis, currency: set.currency }, () => set)
      if (error.value !== null) return
    }
    change(() => ({ current: set, saved: set, wrong: new Map(), otherAmounts: null }), folder)
  }

  // With the tab or the window would go what has been entered, in whichever project.
  window.onbeforeunload = (event) => {
    if ([...drafts.values()].some(isUnsaved)) event.preventDefault()
  }

  return {
    project,
    current,
    base,
    devices,
    wrong,
    complete,
    completeFor,
    isChanged,
    savedName,
    isLoading,
    error,
    isIncluded,
    load,
    enter,
    enterSource,
    confirm,
    reset,
    chooseDevice,
    chooseCurrency,
    noteSaved,
    noteDeleted,
    replace,
  }
})
