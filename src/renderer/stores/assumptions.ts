import { defineStore } from 'pinia'
import { computed, ref, shallowReactive, shallowRef } from 'vue'

import { type AppError, toAppError } from '../../shared/errors.ts'
import type { Locale } from '../../shared/messages/define.ts'
import type { AssumptionKey, Assumptions, Currency, Device } from '../../shared/roi/assumptions.ts'
import { useApi } from '../api.ts'
import {
  isSame,
  type Part,
  rebased,
  withAmountsOf,
  withConfirmed,
  withDevice,
  withEntered,
  withReset,
  withSource,
} from './assumption-edits.ts'
import { definitionOf, type EntryProblem, readEntry } from './assumption-entry.ts'

/** An entry that breaks a rule, as it was typed. */
export interface WrongEntry {
  readonly text: string
  readonly problem: EntryProblem
}

/** Which defaults: those of a run, in one currency, their sources in one language. */
interface Basis {
  readonly run: string
  readonly currency: Currency
  readonly locale: Locale
}

/** The assumptions of one project while they are edited. */
interface Draft {
  readonly basis: Basis
  readonly defaults: Assumptions
  readonly devices: readonly Device[]
  readonly current: Assumptions
  /** As it was saved or opened last; null while it is neither. */
  readonly saved: Assumptions | null
  /** By `entryId`. */
  readonly wrong: ReadonlyMap<string, WrongEntry>
  /** What the amounts were in the currency that is not chosen. */
  readonly otherAmounts: Assumptions | null
}

export const entryId = (key: AssumptionKey, part: Part): string => `${key}.${part}`

/** The assumptions of each project and the sets of them that were saved. */
export const useAssumptionsStore = defineStore('assumptions', () => {
  const api = useApi()
  const drafts = shallowReactive(new Map<string, Draft>())
  const project = ref<string | null>(null)
  const isLoading = ref(false)
  /** Of the defaults. */
  const error = shallowRef<AppError | null>(null)
  /** Names of the saved sets, of the project that is shown. */
  const sets = shallowRef<readonly string[] | null>(null)
  /** Of saving, opening and deleting sets. */
  const setsError = shallowRef<AppError | null>(null)
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
  const isChanged = computed(
    () => draft.value !== null && !isSame(draft.value.current, draft.value.saved ?? draft.value.defaults),
  )
  const savedName = computed(() => draft.value?.saved?.name ?? null)
  /** With nothing entered, on the device that is chosen. */
  const base = computed(() => {
    if (draft.value === null) return null
    const { defaults, current: edited } = draft.value
    return edited.device === defaults.device ? defaults : withDevice(defaults, deviceOf(edited.device))
  })

  const deviceOf = (id: string | null): Device | null => devices.value.find((each) => each.id === id) ?? null

  /** Shows a project's assumptions. What was entered stays when another run's defaults come under it. */
  async function load(folder: string, run: string, locale: Locale): Promise<void> {
    if (project.value !== folder) {
      project.value = folder
      sets.value = null
      setsError.value = null
    }
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
      const chosen = known.find(({ id }) => id === edited.current.device) ?? null
      const under = edited.current.device === defaults.device ? defaults : withDevice(defaults, chosen)
      return rebased(edited.current, under)
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

  function change(patch: (draft: Draft) => Partial<Draft>): void {
    const before = draft.value
    if (before !== null && project.value !== null) {
      drafts.set(project.value, { ...before, ...patch(before) })
    }
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
    change(({ current: set }) => ({ current: withDevice(set, deviceOf(id)), wrong: new Map() }))

  /** Amounts are not converted: they become the defaults of the other currency, or what they were in it before. */
  async function chooseCurrency(currency: Currency): Promise<void> {
    const before = draft.value
    if (before === null || project.value === null || before.current.currency === currency) return
    const folder = project.value
    await takeDefaults(folder, { ...before.basis, currency }, (defaults, known) => {
      const edited = drafts.get(folder)
      if (edited === undefined) return defaults
      const chosen = known.find(({ id }) => id === edited.current.device) ?? null
      const amounts =
        edited.otherAmounts?.currency === currency ? edited.otherAmounts : withDevice(defaults, chosen)
      return withAmountsOf(edited.current, amounts)
    })
    if (error.value === null) change(() => ({ otherAmounts: before.current, wrong: new Map() }))
  }

  const loadSets = (): Promise<boolean> => attempt((folder) => listSets(folder))

  /** @returns whether it is saved; else `setsError` says why not */
  async function save(name: string): Promise<boolean> {
    const set = complete.value
    if (set === null) return false
    return await attempt(async (folder) => {
      const named = { ...set, name }
      await api.call('assumptions.save', { project: folder, assumptions: named })
      change(({ current: edited }) => ({ current: { ...edited, name }, saved: named }))
      await listSets(folder)
    })
  }

  /** Replaces what is edited by a saved set. */
  const open = (name: string): Promise<boolean> =>
    attempt(async (folder) => {
      const set = await api.call('assumptions.read', { project: folder, name })
      const basis = drafts.get(folder)?.basis
      if (basis === undefined) return
      if (basis.currency !== set.currency) {
        await takeDefaults(folder, { ...basis, currency: set.currency }, () => set)
        if (error.value !== null) return
      }
      change(() => ({ current: set, saved: set, wrong: new Map(), otherAmounts: null }))
    })

  /** Deletes a saved set; what is edited stays. */
  const remove = (name: string): Promise<boolean> =>
    attempt(async (folder) => {
      await api.call('assumptions.delete', { project: folder, name })
      change(({ saved }) => ({ saved: saved?.name === name ? null : saved }))
      await listSets(folder)
    })

  async function listSets(folder: string): Promise<void> {
    const found = await api.call('assumptions.list', { project: folder })
    if (project.value === folder) sets.value = found.map(({ name }) => name)
  }

  async function attempt(action: (folder: string) => Promise<void>): Promise<boolean> {
    if (project.value === null) return false
    setsError.value = null
    try {
      await action(project.value)
      return true
    } catch (failure) {
      setsError.value = toAppError(failure)
      return false
    }
  }

  return {
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
    sets,
    setsError,
    isIncluded,
    load,
    enter,
    enterSource,
    confirm,
    reset,
    chooseDevice,
    chooseCurrency,
    loadSets,
    save,
    open,
    remove,
  }
})

const isSameBasis = (a: Basis, b: Basis): boolean =>
  a.run === b.run && a.currency === b.currency && a.locale === b.locale
