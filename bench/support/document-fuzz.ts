/** Surveys damaged files by the thousand, as the product does, and watches what becomes of the surveying process. */
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

import { z } from 'zod'

import { DEFAULT_LIMITS, type DocumentLimits, surveyDocuments } from '../../src/engine/documents/index.ts'
import { SeededRandom } from '../../src/engine/kernel/random.ts'
import { quietContext } from '../../src/engine/kernel/run-context.ts'
import type { AppError } from '../../src/shared/errors.ts'
import { mutated } from './document-mutations.ts'

const FIXTURES = new URL('../../test/fixtures/documents/set/', import.meta.url)
const BATCH = 250
const SEED_STRIDE = 1_000_003
/** A survey that finishes no file for so many times the time limit of one hangs. */
const HANGING_AT = 5
const CHILDREN_END_MS = 5000

export interface FuzzOptions {
  readonly files: number
  readonly seed: number
  readonly milliseconds: number
  /** Where the files are kept that something went wrong with. */
  readonly keep: string
  readonly onBatch?: (state: FuzzReport) => void
}

/** A file that was not refused as it should be. */
export interface FuzzFailure {
  /** Of the fixture and the change: `17-offer.docx` is the same for the same seed. */
  readonly name: string
  readonly code: string
  readonly message: string
}

/** The surveying process after a batch. */
export interface ParentState {
  /** JavaScript objects and buffers that are alive. */
  readonly liveBytes: number
  readonly residentBytes: number
  /** Open files, pipes and sockets. */
  readonly handles: number
}

export interface FuzzReport {
  readonly files: number
  /** How often each code was the outcome of a file or of what lay in it; `read` for those that were read. */
  readonly outcomes: ReadonlyMap<string, number>
  readonly failures: readonly FuzzFailure[]
  /** After each batch. */
  readonly parent: readonly ParentState[]
}

/** A file that the survey says nothing of. */
const UNTOLD = 'untold'
/** Codes that tell of a fault of the reader, not of the file. */
const FAULTS = new Set(['documents/crashed', 'documents/timeout', 'internal', UNTOLD])

/**
 * Damages the fixtures and surveys them, a batch at a time.
 *
 * @throws Error where a survey hangs or fails as a whole
 */
export async function fuzzDocuments(options: FuzzOptions): Promise<FuzzReport> {
  const sources = await fixtures()
  const outcomes = new Map<string, number>()
  const failures: FuzzFailure[] = []
  const parent: ParentState[] = []
  const limits = { ...DEFAULT_LIMITS, milliseconds: options.milliseconds }
  for (let from = 0; from < options.files; from += BATCH) {
    const to = Math.min(options.files, from + BATCH)
    const place = await mkdtemp(join(tmpdir(), 'soroban-fuzz-'))
    try {
      const folder = join(place, 'files')
      await mkdir(folder)
      for (let index = from; index < to; index++) {
        const { name, bytes } = fuzzFile(sources, options.seed, index)
        await writeFile(join(folder, name), bytes)
      }
      const store = join(place, 'texts')
      for (const { name, code, error } of await settled(folder, store, limits)) {
        outcomes.set(code, (outcomes.get(code) ?? 0) + 1)
        if (!isFault(code, error)) continue
        failures.push({ name, code, message: error?.message ?? '' })
        const [file = name] = name.split('/')
        await mkdir(options.keep, { recursive: true })
        await writeFile(join(options.keep, file), await readFile(join(folder, file)))
      }
    } finally {
      await rm(place, { recursive: true, force: true })
    }
    parent.push(await parentState())
    options.onBatch?.({ files: to, outcomes, failures, parent })
  }
  return { files: options.files, outcomes, failures, parent }
}

interface Source {
  readonly file: string
  readonly bytes: Uint8Array
}

async function fixtures(): Promise<readonly Source[]> {
  const manifest: unknown = JSON.parse(await readFile(new URL('manifest.json', FIXTURES), 'utf8'))
  const files = z.array(z.object({ file: z.string() })).parse(manifest)
  return await Promise.all(
    files.map(async ({ file }) => ({ file, bytes: await readFile(fileURLToPath(new URL(file, FIXTURES))) })),
  )
}

function fuzzFile(
  sources: readonly Source[],
  seed: number,
  index: number,
): Source & { readonly name: string } {
  const random = new SeededRandom(seed * SEED_STRIDE + index)
  const source = sources[index % sources.length]!
  const other = sources[random.integer(sources.length)]!.bytes
  const bytes = mutated({ bytes: source.bytes, other }, random)
  const stem = source.file.slice(0, -extname(source.file).length)
  return { file: source.file, bytes, name: `${index}-${stem}${extname(source.file)}` }
}

/** What became of everything in a folder, where what ran out of time was given a second chance with all of it. */
async function settled(folder: string, store: string, limits: DocumentLimits): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = []
  for (const outcome of await surveyed(folder, store, limits)) {
    if (outcome.code !== 'documents/timeout') outcomes.push(outcome)
    else {
      const alone = await mkdtemp(join(tmpdir(), 'soroban-fuzz-'))
      try {
        await copyFile(join(folder, outcome.name), join(alone, outcome.name))
        outcomes.push(...(await surveyed(alone, store, DEFAULT_LIMITS)))
      } finally {
        await rm(alone, { recursive: true, force: true })
      }
    }
  }
  return outcomes
}

interface Outcome {
  readonly name: string
  readonly code: string
  readonly error: AppError | null
}

/** What became of everything in a folder. */
async function surveyed(folder: string, store: string, limits: DocumentLimits): Promise<readonly Outcome[]> {
  const hanging = Promise.withResolvers<never>()
  const patience = limits.milliseconds * HANGING_AT
  const timer = setTimeout(() => hanging.reject(new Error(`nothing finished in ${patience} ms`)), patience)
  const ctx = { ...quietContext(), report: () => void timer.refresh() }
  try {
    const { documents, skipped } = await Promise.race([
      surveyDocuments(folder, { store, limits }, ctx),
      hanging.promise,
    ])
    const outcomes = [
      ...documents.map(({ name }) => ({ name, code: 'read', error: null })),
      ...skipped.map(({ name, error }) => ({ name, code: error.code, error })),
    ]
    const told = new Set(outcomes.map(({ name }) => name.split('/')[0]))
    const untold = (await readdir(folder)).filter((name) => !told.has(name))
    return [...outcomes, ...untold.map((name) => ({ name, code: UNTOLD, error: null }))]
  } finally {
    clearTimeout(timer)
  }
}

/** Whether a reader is to blame: it died, it ran out of time, or it threw what it should have put into words. */
function isFault(code: string, error: AppError | null): boolean {
  return FAULTS.has(code) || (code === 'documents/damaged' && error?.params['type'] === '-')
}

/** What this process holds once the reading children are gone and garbage is collected. */
async function parentState(): Promise<ParentState> {
  const end = performance.now() + CHILDREN_END_MS
  while (process.getActiveResourcesInfo().includes('ProcessWrap') && performance.now() < end) await delay(10)
  setFlagsFromString('--expose-gc')
  runInNewContext('gc')()
  const { heapUsed, external, rss } = process.memoryUsage()
  return {
    liveBytes: heapUsed + external,
    residentBytes: rss,
    handles: process.getActiveResourcesInfo().length,
  }
}
