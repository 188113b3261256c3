import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import {
  createProject,
  openProject,
  readProject,
  suggestedParent,
  updateProject,
} from '../../../../src/engine/index.ts'
import { quietContext } from '../../../../src/engine/kernel/run-context.ts'
import { changeProject } from '../../../../src/engine/workflows/project/project-file.ts'
import type { ProjectPatch } from '../../../../src/shared/contract/projects.ts'
import { DEFAULT_CORPUS_SETTINGS } from '../../../../src/shared/documents.ts'
import { failureOf } from '../../../fixtures/app-error.ts'

const ctx = quietContext()
let folder: string
const path = (...names: string[]): string => join(folder, ...names)
const create = (name: string) => createProject({ home: path('home'), parent: path('work'), name }, ctx)
const fileOf = (project: string): string => join(project, 'soroban-project.json')

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'soroban-projects-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

describe('createProject', () => {
  it('makes a folder with a project file, nothing chosen yet', async () => {
    const project = await create('購買 PoC')
    expect(project).toEqual({
      folder: path('work', '購買 PoC'),
      name: '購買 PoC',
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      isSample: false,
      documents: null,
      baseline: null,
      candidates: [],
      plan: { contexts: [256, 1024, 2048], quantization: 'none', marginNll: 0.01, seed: 1 },
      corpus: DEFAULT_CORPUS_SETTINGS,
    })
    expect(await readdir(project.folder)).toEqual(['soroban-project.json'])
    expect(await readProject(project.folder)).toEqual(project)
  })

  it('uses a folder that is there and empty, and leaves any other alone', async () => {
    await mkdir(path('work', 'empty'), { recursive: true })
    expect((await create('empty')).folder).toBe(path('work', 'empty'))
    await mkdir(path('work', 'full'))
    await writeFile(path('work', 'full', 'mine.txt'), 'mine')
    expect(await failureOf(() => create('full'))).toEqual({
      code: 'projects/exists',
      params: { folder: path('work', 'full') },
    })
    expect(await readdir(path('work', 'full'))).toEqual(['mine.txt'])
  })

  it.each(['..', 'a/b', 'a:b', 'NUL', '.hidden', 'end.'])('refuses the name %s', async (name) => {
    expect(await failureOf(() => create(name))).toEqual({ code: 'projects/name', params: { name } })
    expect(await readdir(folder)).toEqual([])
  })

  it('refuses a name that is too long for a folder, and a parent that is not absolute', async () => {
    const name = 'あ'.repeat(86)
    expect(await failureOf(() => create(name))).toEqual({ code: 'projects/name-too-long', params: { name } })
    const relative = { home: path('home'), parent: 'work', name: 'x' }
    expect(await failureOf(() => createProject(relative, ctx))).toEqual({
      code: 'path/not-absolute',
      params: { path: 'work' },
    })
  })
})

describe('openProject', () => {
  const open = (project: string) => openProject({ home: path('home'), folder: project }, ctx)

  it('opens what was created, also where the list of recent projects cannot be written', async () => {
    const project = await create('a')
    await rm(path('home'), { recursive: true })
    await writeFile(path('home'), 'no folder')
    expect(await open(`${project.folder}/`)).toEqual(project)
  })

  it('tells what is not a project', async () => {
    await mkdir(path('plain'))
    expect(await failureOf(() => open(path('plain')))).toEqual({
      code: 'projects/not-a-project',
      params: { folder: path('plain'), file: 'soroban-project.json' },
    })
    expect(await failureOf(() => open(path('gone')))).toEqual({
      code: 'file/not-found',
      params: { path: path('gone') },
    })
    expect(await failureOf(() => open('relative'))).toEqual({
      code: 'path/not-absolute',
      params: { path: 'relative' },
    })
  })

  it('tells which field of a damaged or newer file is wrong, and leaves it as it is', async () => {
    const project = await create('a')
    const file = fileOf(project.folder)
    const sound = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>
    const damages: readonly (readonly [unknown, string, string?])[] = [
      [{ ...sound, candidates: ['', 1] }, 'projects/file-damaged', 'candidates.0'],
      [
        { ...sound, plan: { ...(sound['plan'] as object), contexts: [] } },
        'projects/file-damaged',
        'plan.contexts',
      ],
      [{ ...sound, extra: true }, 'projects/file-damaged', 'extra'],
      [{ ...sound, schema: 'something/1' }, 'projects/file-damaged', 'schema'],
      [[], 'projects/file-damaged', 'JSON'],
      [{ ...sound, schema: 'soroban.project/2', units: [] }, 'projects/newer'],
    ]
    for (const [content, code, field] of damages) {
      const text = JSON.stringify(content)
      await writeFile(file, text)
      const failure = await failureOf(() => open(project.folder))
      expect([failure.code, failure.params['path'], failure.params['field']]).toEqual([code, file, field])
      expect(await readFile(file, 'utf8')).toBe(text)
    }
    await writeFile(file, '{"schema": ')
    expect(await failureOf(() => open(project.folder))).toEqual({
      code: 'file/not-json',
      params: { path: file, line: 1, column: 12 },
    })
  })

  it('reads a file from before there were settings of the corpus', async () => {
    const project = await create('a')
    const { corpus: _, ...before } = JSON.parse(
      await readFile(fileOf(project.folder), 'utf8'),
    ) as typeof project
    await writeFile(fileOf(project.folder), JSON.stringify(before))
    expect(await open(project.folder)).toEqual(project)
  })

  it('reads a file that an editor has put a byte order mark into', async () => {
    const project = await create('a')
    await writeFile(fileOf(project.folder), `\ufeff${await readFile(fileOf(project.folder), 'utf8')}`)
    expect(await open(project.folder)).toEqual(project)
  })
})

describe('updateProject', () => {
  it('changes what is given, in ascending order and each once, and keeps it', async () => {
    const { folder: place, ...before } = await create('a')
    const patch = {
      documents: path('texts', '..', 'texts'),
      baseline: path('mha'),
      candidates: [path('gqa'), path('gqa')],
      plan: { contexts: [2048, 512, 512], quantization: 'int8', marginNll: 0.02, seed: 7 },
    } as const
    const changed = await updateProject(place, {
      ...patch,
      candidates: [...patch.candidates],
      plan: { ...patch.plan, contexts: [...patch.plan.contexts] },
    })
    expect(changed).toEqual({
      ...before,
      folder: place,
      documents: path('texts'),
      baseline: path('mha'),
      candidates: [path('gqa')],
      plan: { ...patch.plan, contexts: [512, 2048] },
    })
    expect(await readProject(place)).toEqual(changed)
    expect(await updateProject(place, { documents: null, name: undefined })).toEqual({
      ...changed,
      documents: null,
    })
  })

  it('leaves nothing out of another document folder, where names mean other documents', async () => {
    const { folder: place, corpus } = await create('a')
    await updateProject(place, { documents: path('texts') })
    const leftOut = { ...corpus, ocr: true, excluded: ['a.txt'], forgotten: ['b.txt'] }
    await changeProject(place, (project) => ({ ...project, corpus: leftOut }))
    const same = await updateProject(place, { documents: path('texts'), name: 'b' })
    expect(same.corpus).toEqual(leftOut)
    const moved = await updateProject(place, { documents: path('others') })
    expect(moved.corpus).toEqual({ ...corpus, ocr: true })
  })

  it('loses no change of many at once, and leaves nothing half-written', async () => {
    const { folder: place } = await create('a')
    const patches: ProjectPatch[] = [
      { name: 'b' },
      { documents: path('texts') },
      { baseline: path('mha') },
      { candidates: [path('gqa')] },
    ]
    await Promise.all(patches.map((patch) => updateProject(place, patch)))
    expect(await readProject(place)).toMatchObject(Object.assign({}, ...patches))
    expect(await readdir(place)).toEqual(['soroban-project.json'])
  })

  it('refuses a relative path and leaves the file as it was', async () => {
    const project = await create('a')
    const update = () => updateProject(project.folder, { candidates: [path('gqa'), 'gqa'] })
    expect(await failureOf(update)).toEqual({ code: 'path/not-absolute', params: { path: 'gqa' } })
    expect(await readProject(project.folder)).toEqual(project)
  })
})

it("suggests the user's documents for new projects, else Soroban's own folder", async () => {
  expect(await suggestedParent(path('home'), path('user'))).toBe(path('home', 'projects'))
  await mkdir(path('user', 'Documents'), { recursive: true })
  expect(await suggestedParent(path('home'), path('user'))).toBe(path('user', 'Documents', 'Soroban'))
})
