import { defineStore } from 'pinia'
import { computed, shallowReactive, watch } from 'vue'

import type { RunEntry } from '../../shared/contract/runs.ts'
import { type Stage, STAGES, type StageState } from '../stages.ts'
import { useCorpusStore } from './corpus.ts'
import { useJobsStore } from './jobs.ts'
import { useProjectStore } from './project.ts'
import { useReportStore } from './report.ts'
import { useRunsStore } from './runs.ts'

/** How far the open project is, and the one thing to do next. */
export const useStagesStore = defineStore('stages', () => {
  const project = useProjectStore()
  const corpus = useCorpusStore()
  const runs = useRunsStore()
  const jobs = useJobsStore()
  const report = useReportStore()
  /** Runs whose comparison was opened since the page started. */
  const compared = shallowReactive(new Set<string>())

  const folder = computed(() => project.current?.folder ?? null)
  const activeJob = computed(() => (folder.value === null ? null : jobs.activeOf(folder.value)))
  const latestFinished = computed<RunEntry | null>(
    () => (folder.value === null ? undefined : runs.finishedOf(folder.value)[0]) ?? null,
  )

  const isDone = computed<Readonly<Record<Stage, boolean>>>(() => {
    const { documents = null, baseline = null, candidates = [] } = project.current ?? {}
    const finished = latestFinished.value?.id
    return {
      documents: documents !== null,
      // Nothing has to be decided there: it is done once it was seen or passed.
      corpus: documents !== null && (corpus.isKnown || baseline !== null),
      models: baseline !== null && candidates.length > 0,
      runs: finished !== undefined,
      comparison: finished !== undefined && compared.has(finished),
      report: finished !== undefined && report.lastExport?.choice.run === finished,
    }
  })

  const next = computed<Stage>(() => STAGES.find((stage) => !isDone.value[stage]) ?? 'report')

  const states = computed<Readonly<Record<Stage, StageState>>>(() => {
    const stateOf = (stage: Stage): StageState => {
      const isBusy = activeJob.value !== null
      if (stage === 'runs' && isBusy) return 'busy'
      if (isDone.value[stage]) return 'done'
      return stage === next.value && !isBusy ? 'next' : 'open'
    }
    return {
      documents: stateOf('documents'),
      corpus: stateOf('corpus'),
      models: stateOf('models'),
      runs: stateOf('runs'),
      comparison: stateOf('comparison'),
      report: stateOf('report'),
    }
  })

  /** The comparison of the latest run has been seen. */
  function markCompared(): void {
    if (latestFinished.value !== null) compared.add(latestFinished.value.id)
  }

  /** Keeps the list of runs up to date, whatever view is open. */
  watch(
    [folder, () => activeJob.value?.id, () => activeJob.value?.run],
    () => {
      if (folder.value !== null) void runs.load(folder.value)
    },
    { immediate: true },
  )

  return { activeJob, latestFinished, next, states, markCompared }
})
