import type { Handlers } from '../../../src/rpc/handlers.ts'
import type { OutputOf, ProcedureName } from '../../../src/shared/contract.ts'
import type { DocumentsOverview } from '../../../src/shared/contract/documents.ts'
import type { AppSettings } from '../../../src/shared/contract/settings.ts'
import type { Project } from '../../../src/shared/contract/projects.ts'
import { AppError } from '../../../src/shared/errors.ts'
import type { Assumptions } from '../../../src/shared/roi/assumptions.ts'
import { defaultAssumptions, devicesIn } from './assumptions.ts'
import { REPORT } from './doctor.ts'
import { corpusOverview } from './corpus.ts'
import { deletionOf, documentsOverview, documentText } from './documents.ts'
import { generate } from './generation.ts'
import { BASELINE, CANDIDATE } from './models.ts'
import { originalPiece } from './originals.ts'
import { reportModel } from './report.ts'
import { finishedResults } from './results.ts'
import { roiResult } from './roi.ts'
import { type FakeWorld, HOME, SAMPLE_FOLDER, sampleProject } from './world.ts'

/** How the fake behaves where time or the door matters. */
export interface FakeBehaviour {
  readonly door: 'desktop' | 'browser'
  readonly systemLocale: string
  /** Waits between the steps of what streams; at once in tests. */
  readonly pause: (milliseconds: number) => Promise<void>
  /** Moves a started job on by itself; tests move it by hand. */
  readonly driveJob?: (world: FakeWorld, job: string) => void
}

const TREE: Readonly<Record<string, OutputOf<'folders.list'>>> = {
  '/home/soroban': {
    folder: '/home/soroban',
    parent: '/home',
    entries: [
      { name: 'documents', path: '/home/soroban/documents', kind: 'folder' },
      { name: 'models', path: '/home/soroban/models', kind: 'folder' },
      { name: 'サンプル', path: SAMPLE_FOLDER, kind: 'project' },
    ],
    files: 3,
  },
  '/home/soroban/models': {
    folder: '/home/soroban/models',
    parent: '/home/soroban',
    entries: [
      { name: 'archive', path: '/home/soroban/models/archive', kind: 'folder' },
      { name: 'llama-3-8b', path: '/home/soroban/models/llama-3-8b', kind: 'model' },
    ],
    files: 0,
  },
  '/home/soroban/documents': {
    folder: '/home/soroban/documents',
    parent: '/home/soroban',
    entries: [],
    files: 41,
  },
}

/** An engine in memory, behind the whole contract. */
export function fakeHandlers(world: FakeWorld, behaviour: FakeBehaviour): Handlers<ProcedureName> {
  const projectAt = (folder: string): Project => {
    const project = world.projects.get(folder)
    if (project === undefined) {
      throw new AppError('projects/not-a-project', { folder, file: 'soroban-project.json' })
    }
    return project
  }
  const documentsOf = (folder: string): DocumentsOverview => {
    const { documents, corpus } = projectAt(folder)
    if (documents === null) throw new AppError('projects/no-documents')
    return documentsOverview(documents, corpus, world.deleted)
  }
  const enter = (project: Project): Project => {
    world.projects.set(project.folder, project)
    const { folder, name, isSample } = project
    const openedAt = '2026-04-04T00:00:00.000Z'
    world.recent = [
      { folder, name, isSample, openedAt, exists: true },
      ...world.recent.filter((each) => each.folder !== folder),
    ]
    return project
  }
  const runAt = (run: string) => {
    const entry = world.runs.find(({ id }) => id === run)
    if (entry === undefined) throw new AppError('runs/unknown', { run })
    return entry
  }
  const setAt = (name: string): Assumptions => {
    const set = world.sets.get(name)
    if (set === undefined) throw new AppError('file/not-found', { path: name })
    return set
  }
  const start = (project: string, run: string | null): { job: string } => {
    if (world.jobs.value.some((job) => job.project === project && job.endedAt === null)) {
      throw new AppError('jobs/busy')
    }
    const job = world.startJob(project, run)
    behaviour.driveJob?.(world, job)
    return { job }
  }

  return {
    'settings.read': () => world.settings,
    'settings.write': (patch) => (world.settings = { ...world.settings, ...patch } as AppSettings),
    'cache.measure': () => ({
      folder: `${HOME}/cache/graphs`,
      bytes: world.cacheBytes,
      files: world.cacheBytes === 0 ? 0 : 9,
    }),
    'cache.clear': () => {
      world.cacheBytes = 0
      return { folder: `${HOME}/cache/graphs`, bytes: 0, files: 0 }
    },
    'doctor.examine': () => REPORT,

    'projects.recent': () => ({ projects: world.recent, suggestedParent: `${HOME}/projects` }),
    'projects.create': ({ parent, name }) => {
      const folder = `${parent}/${name}`
      if (world.projects.has(folder)) throw new AppError('projects/exists', { folder })
      return enter({
        ...sampleProject(),
        folder,
        name,
        isSample: false,
        documents: null,
        baseline: null,
        candidates: [],
      })
    },
    'projects.sample': () => enter(world.projects.get(SAMPLE_FOLDER) ?? sampleProject()),
    'projects.open': ({ folder }) => enter(projectAt(folder)),
    'projects.update': ({ folder, patch }) => {
      const project = projectAt(folder)
      // Of the optional fields only those that are there.
      const updated = { ...project, ...patch, corpus: { ...project.corpus, ...patch.corpus } } as Project
      world.projects.set(folder, updated)
      return updated
    },
    'projects.forget': ({ folder }) => {
      world.recent = world.recent.filter((each) => each.folder !== folder)
      return {}
    },

    'documents.inspect': async ({ project }, { emit, signal }) => {
      const overview = documentsOf(project)
      const total = overview.documents.length
      for (let done = 0; done <= total; done += 8) {
        if (signal.aborted) throw new AppError('cancelled')
        emit({ kind: 'documents', fraction: done / total, done, total, unit: 'documents', etaSeconds: null })
        await behaviour.pause(80)
      }
      return overview
    },
    'documents.text': ({ name }) => documentText(name),
    'documents.original': ({ name, offset }) => originalPiece(name, offset),
    'documents.exclude': ({ project, names, excluded }) => {
      const { corpus, ...rest } = projectAt(project)
      const others = corpus.excluded.filter((name) => !names.includes(name))
      world.projects.set(project, {
        ...rest,
        corpus: { ...corpus, excluded: excluded ? [...others, ...names] : others },
      })
      return {}
    },
    'documents.deletion': ({ project, names }) => deletionOf(documentsOf(project), names, world.runs),
    'documents.delete': ({ project, names }) => {
      const deletion = deletionOf(documentsOf(project), names, world.runs)
      for (const name of [...names, ...deletion.alongside]) world.deleted.add(name)
      world.runs = world.runs.filter(({ id }) => !deletion.runs.includes(id))
      return deletion
    },
    'corpus.describe': async ({ project }, { emit, signal }) => {
      const overview = documentsOf(project)
      const { corpus, plan, baseline, candidates } = projectAt(project)
      for (let done = 0; done <= 4; done++) {
        if (signal.aborted) throw new AppError('cancelled')
        const counts = { fraction: done / 4, done, total: 4, etaSeconds: null } as const
        emit({ kind: 'documents', unit: 'documents', ...counts })
        await behaviour.pause(80)
      }
      return corpusOverview(overview, corpus, plan.seed, [baseline, ...candidates])
    },
    'documents.upload': ({ project, offset, base64 }) => {
      const folder = `${project}/documents`
      world.projects.set(project, { ...projectAt(project), documents: folder })
      return { received: offset + Math.floor((base64.replace(/=+$/, '').length * 3) / 4) }
    },

    'models.inspect': ({ folder }) => {
      const known = [BASELINE, CANDIDATE].find((model) => model.folder === folder)
      if (known === undefined) throw new AppError('models/not-a-model', { folder })
      return known
    },
    'models.bundled': () => ({ baseline: BASELINE.folder, candidate: CANDIDATE.folder }),
    'folders.list': ({ folder }) => {
      const listing = TREE[folder ?? '/home/soroban']
      if (listing === undefined) throw new AppError('file/not-found', { path: folder ?? '' })
      return listing
    },

    'runs.plan': async ({ project }, { emit }) => {
      const { documents, baseline, candidates } = projectAt(project)
      if (documents === null) throw new AppError('projects/no-documents')
      if (baseline === null) throw new AppError('projects/no-baseline')
      if (candidates.length === 0) throw new AppError('projects/no-candidate')
      for (let done = 0; done <= 40; done += 10) {
        emit({ kind: 'documents', fraction: done / 40, done, total: 40, unit: 'documents', etaSeconds: null })
        await behaviour.pause(120)
      }
      return {
        documents: 35,
        tokens: 14_807,
        window: 1024,
        arms: [
          { id: 'baseline', role: 'baseline', name: BASELINE.name },
          { id: 'candidate-1', role: 'candidate', name: CANDIDATE.name },
        ],
        units: { quality: 72, 'self-check': 4, speed: 64, memory: 8 },
        warnings: [
          {
            code: 'poc/document-duplicate',
            message:
              '文書「minutes/品質会議-2025-05(コピー).txt」は別の文書と同じ内容のため、一度だけ評価します。',
          },
        ],
      }
    },
    'runs.list': ({ project }) => (projectAt(project).isSample ? world.runs : []),
    'runs.start': ({ project }) => start(project, null),
    'runs.resume': ({ project, run }) => start(project, runAt(run).id),
    'runs.delete': ({ run }) => {
      runAt(run)
      world.runs = world.runs.filter(({ id }) => id !== run)
      return {}
    },
    'runs.results': ({ run }) => {
      const { state, createdAt, unitsDone, unitsTotal } = runAt(run)
      if (state !== 'done')
        throw new AppError('poc/not-finished', { run, done: unitsDone, total: unitsTotal })
      return finishedResults(run, createdAt)
    },
    'jobs.watch': async (_input, { emit, signal }) => {
      await world.jobs.follow(emit, signal)
      return {}
    },
    'jobs.stop': async ({ job }) => {
      if (!world.jobs.value.some(({ id }) => id === job)) throw new AppError('jobs/unknown', { job })
      await behaviour.pause(400)
      world.stopJob(job)
      return {}
    },
    'report.preview': ({ run, assumptions }) => reportModel(run, runAt(run).createdAt, assumptions),
    'report.write': ({ project, run, format, path }) => {
      const target = path ?? `${project}/reports/soroban-${run}.${format}`
      world.written.push(target)
      return { path: target }
    },
    'report.content': ({ run, format }) => ({ name: `soroban-${run}.${format}`, base64: btoa('content') }),

    'roi.defaults': ({ run, currency }) => ({
      assumptions: defaultAssumptions(currency, runAt(run).id),
      devices: devicesIn(currency),
    }),
    'roi.calculate': async ({ run, assumptions }) => {
      await behaviour.pause(150)
      return roiResult(runAt(run).id, assumptions)
    },
    'assumptions.list': () => [...world.sets.keys()].map((name) => ({ name })),
    'assumptions.read': ({ name }) => setAt(name),
    'assumptions.save': ({ assumptions }) => {
      world.sets.set(assumptions.name, assumptions)
      return {}
    },
    'assumptions.delete': ({ name }) => {
      world.sets.delete(setAt(name).name)
      return {}
    },

    'generation.run': (input, call) => generate(input, call, behaviour.pause),

    'shell.describe': () => ({
      door: behaviour.door,
      version: '0.1.0',
      platform: 'win32',
      systemLocale: behaviour.systemLocale,
    }),
    'shell.chooseFolder': () => {
      if (behaviour.door === 'browser') throw new AppError('shell/no-dialogs')
      return { path: world.chosenPath }
    },
    'shell.chooseSavePath': () => {
      if (behaviour.door === 'browser') throw new AppError('shell/no-dialogs')
      return { path: world.chosenPath }
    },
    'shell.reveal': ({ path }) => {
      world.revealed.push(path)
      return {}
    },
    'shell.watchEngine': async (_input, { emit, signal }) => {
      await world.engine.follow(emit, signal)
      return {}
    },
    'shell.watchNetwork': async (_input, { emit, signal }) => {
      await world.network.follow(emit, signal)
      return {}
    },
  }
}
