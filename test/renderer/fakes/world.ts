import type { AppSettings } from '../../../src/shared/contract/settings.ts'
import type { Project, RecentProject } from '../../../src/shared/contract/projects.ts'
import type { Job, RunEntry } from '../../../src/shared/contract/runs.ts'
import type { EngineState, NetworkState } from '../../../src/shared/contract/shell.ts'
import type { Progress } from '../../../src/shared/job.ts'
import type { Assumptions } from '../../../src/shared/roi/assumptions.ts'
import { BASELINE, CANDIDATE } from './models.ts'

export const HOME = '/home/soroban/.soroban'
export const SAMPLE_FOLDER = `${HOME}/projects/サンプル`
/** As its file has it, for all languages. */
const SAMPLE_NAME = 'サンプル / Sample'

/** A value that several may watch: each gets the present one first, then every change. */
class Watched<T> {
  #value: T
  readonly #listeners = new Set<(value: T) => void>()

  constructor(value: T) {
    this.#value = value
  }

  get value(): T {
    return this.#value
  }

  set(value: T): void {
    this.#value = value
    for (const listener of this.#listeners) listener(value)
  }

  /** Tells the listener until the signal aborts. */
  async follow(listener: (value: T) => void, signal: AbortSignal): Promise<void> {
    listener(this.#value)
    this.#listeners.add(listener)
    await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
    this.#listeners.delete(listener)
  }
}

export const sampleProject = (): Project => ({
  folder: SAMPLE_FOLDER,
  name: SAMPLE_NAME,
  createdAt: '2026-04-01T00:00:00.000Z',
  isSample: true,
  documents: '/opt/soroban/resources/samples',
  baseline: BASELINE.folder,
  candidates: [CANDIDATE.folder],
  plan: { contexts: [256, 512, 1024, 2048], quantization: 'none', marginNll: 0.01, seed: 1 },
  corpus: { excluded: [], forgotten: [], ocr: false, nearDuplicates: 'drop', purpose: 'evaluate' },
})

export const FINISHED_RUN = '20260402-101500-a1b2'

const runs = (): RunEntry[] => [
  {
    id: '20260403-173000-e5f6',
    createdAt: '2026-04-03T08:30:00.000Z',
    state: 'interrupted',
    failure: null,
    unitsDone: 61,
    unitsTotal: 148,
  },
  {
    id: '20260403-090000-c3d4',
    createdAt: '2026-04-03T00:00:00.000Z',
    state: 'failed',
    failure: { code: 'runtime/out-of-memory', params: { reason: 'std::bad_alloc' } },
    unitsDone: 92,
    unitsTotal: 148,
  },
  {
    id: FINISHED_RUN,
    createdAt: '2026-04-02T01:15:00.000Z',
    state: 'done',
    failure: null,
    unitsDone: 148,
    unitsTotal: 148,
  },
]

/** Everything that the fake engine knows; tests read and change it. */
export class FakeWorld {
  settings: AppSettings = { locale: null, theme: 'system', provider: 'cpu', threads: null, tourDone: true }
  readonly projects = new Map<string, Project>([[SAMPLE_FOLDER, sampleProject()]])
  recent: RecentProject[] = [
    {
      folder: SAMPLE_FOLDER,
      name: SAMPLE_NAME,
      isSample: true,
      openedAt: '2026-04-03T08:00:00.000Z',
      exists: true,
    },
    {
      folder: '/mnt/share/poc-2025',
      name: '社内文書 PoC 2025',
      isSample: false,
      openedAt: '2026-02-12T02:30:00.000Z',
      exists: false,
    },
  ]
  /** Names of documents that were deleted. */
  readonly deleted = new Set<string>()
  cacheBytes = 187 * 2 ** 20
  runs: RunEntry[] = runs()
  /** Saved assumptions, by name. */
  readonly sets = new Map<string, Assumptions>()
  /** Paths that were written or shown, in order. */
  readonly written: string[] = []
  readonly revealed: string[] = []
  /** What the native dialogs answer. */
  chosenPath: string | null = null
  readonly jobs = new Watched<Job[]>([])
  readonly engine = new Watched<EngineState>({ state: 'ready', pid: 4242, starts: 1, reason: null })
  readonly network = new Watched<NetworkState>({ refused: 0, latest: [] })

  /** A machine on which Soroban has never run. */
  static empty(): FakeWorld {
    const world = new FakeWorld()
    world.projects.clear()
    world.recent = []
    world.runs = []
    world.cacheBytes = 0
    world.settings = { ...world.settings, tourDone: false }
    return world
  }

  startJob(project: string, resumed: string | null): string {
    const id = `job-${this.jobs.value.length + 1}`
    const run = resumed ?? `20260404-1200${String(this.runs.length).padStart(2, '0')}-0123`
    const unitsDone = this.runs.find((entry) => entry.id === run)?.unitsDone ?? 0
    const entry: RunEntry = {
      id: run,
      createdAt: '2026-04-04T03:00:00.000Z',
      state: 'running',
      failure: null,
      unitsDone,
      unitsTotal: 148,
    }
    this.runs = [entry, ...this.runs.filter(({ id: each }) => each !== run)]
    this.jobs.set([
      ...this.jobs.value,
      {
        id,
        project,
        run,
        state: 'running',
        startedAt: '2026-04-04T03:00:00.000Z',
        endedAt: null,
        progress: [],
        unitsDone,
        unitsTotal: 148,
        error: null,
        log: [{ at: '2026-04-04T03:00:00.000Z', level: 'info', text: '文書 36 件、14,807 トークン' }],
      },
    ])
    return id
  }

  /** Moves a job on by some units; the last one ends it. */
  advanceJob(id: string, units: number): void {
    this.#changeJob(id, (job) => {
      const unitsDone = Math.min(job.unitsTotal, job.unitsDone + units)
      const isDone = unitsDone === job.unitsTotal
      return {
        ...job,
        unitsDone,
        state: isDone ? 'done' : job.state,
        endedAt: isDone ? '2026-04-04T03:21:00.000Z' : null,
        progress: progressAt(unitsDone, job.unitsTotal),
        log: [
          ...job.log,
          {
            at: '2026-04-04T03:01:00.000Z',
            level: 'info',
            text: `${unitsDone} / ${job.unitsTotal}`,
          } as const,
        ].slice(-200),
      }
    })
  }

  stopJob(id: string): void {
    this.#changeJob(id, (job) => ({ ...job, state: 'stopped', endedAt: '2026-04-04T03:10:00.000Z' }))
  }

  #changeJob(id: string, change: (job: Job) => Job): void {
    const before = this.jobs.value.find((job) => job.id === id)
    if (before === undefined || before.endedAt !== null) return
    const after = change(before)
    const states = {
      running: 'running',
      stopping: 'running',
      stopped: 'interrupted',
      failed: 'failed',
      done: 'done',
    } as const
    this.runs = this.runs.map((entry) =>
      entry.id === after.run ? { ...entry, unitsDone: after.unitsDone, state: states[after.state] } : entry,
    )
    this.jobs.set(this.jobs.value.map((job) => (job.id === id ? after : job)))
  }
}

/** Quality first, then speed and memory. */
function progressAt(done: number, total: number): Progress[] {
  const quality = Math.round(total * 0.7)
  const scored = Math.min(done, quality)
  const timed = Math.max(0, done - quality)
  return [
    {
      kind: 'score',
      label: 'reference-gqa',
      fraction: scored / quality,
      done: scored,
      total: quality,
      unit: 'windows',
      etaSeconds: (quality - scored) * 1.4,
    },
    ...(timed === 0
      ? []
      : [
          {
            kind: 'measure',
            fraction: timed / (total - quality),
            done: timed,
            total: total - quality,
            unit: 'repetitions',
            etaSeconds: (total - done) * 2.1,
          } as const,
        ]),
  ]
}
