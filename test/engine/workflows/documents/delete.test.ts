import { access, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import {
  createProject,
  deleteDocuments,
  documentDeletion,
  documentsOverview,
  excludeDocuments,
  readProject,
  runPoc,
  storageIn,
  Surveys,
  textCache,
  updateProject,
} from '../../../../src/engine/index.ts'
import { quietContext } from '../../../../src/engine/kernel/run-context.ts'
import { sketchOf } from '../../../../src/engine/text/index.ts'
import { runReportsFolder } from '../../../../src/engine/workflows/project/run-reports.ts'
import { projectRunSettings } from '../../../../src/engine/workflows/project/run-settings.ts'
import type { Deletion } from '../../../../src/shared/contract/documents.ts'
import { failureOf } from '../../../fixtures/app-error.ts'
import { openCompany } from '../../../cli/company.ts'

const ctx = quietContext()
/** Words that nothing else on the machine holds. */
const SECRET = '極秘の試作機カワセミ弐号は来春の展示会で発表する予定である。'
const MAIL = `Subject: =?UTF-8?B?${Buffer.from('見積の件').toString('base64')}?=
From: a@example.co.jp
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=b

--b
Content-Type: text/plain; charset=utf-8

見積書を添付します。
--b
Content-Type: text/plain; charset=utf-8; name="memo.txt"
Content-Disposition: attachment; filename="memo.txt"

${SECRET}
--b--
`.replaceAll('\n', '\r\n')

let home: string
let project: string
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'soroban-delete-'))
  project = (await createProject({ home, parent: join(home, 'projects'), name: 'p' }, ctx)).folder
})
afterEach(() => rm(home, { recursive: true, force: true }))

const texts = (): string => textCache(home)
const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )

async function put(folder: string, name: string, content: string): Promise<string> {
  const path = join(folder, name)
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, content)
  return path
}

/**
 * Every file below a folder that holds the words, in whichever encoding a file of ours may have them, or the sketch by
 * which copies of the words are found.
 */
async function holders(folder: string, words: string): Promise<string[]> {
  const wanted = [Buffer.from(words), Buffer.from(words, 'utf16le'), minhashOf(words)]
  const found: string[] = []
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    const content = await readFile(path)
    if (wanted.some((bytes) => content.includes(bytes))) found.push(path)
  }
  return found
}

const minhashOf = (words: string): Buffer => Buffer.from(sketchOf(words).minhash.buffer)

async function survey(): Promise<void> {
  const { documents, corpus } = await readProject(project)
  await documentsOverview({ folder: documents!, corpus, surveys: new Surveys(texts()) }, ctx)
}

const deletion = async (names: readonly string[]): Promise<Deletion> =>
  await documentDeletion(await readProject(project), names, texts(), ctx)
const remove = async (names: readonly string[]): Promise<Deletion> =>
  await deleteDocuments(await readProject(project), names, texts(), ctx)

describe('documents of the project’s own folder', () => {
  const own = (): string => join(project, 'documents')
  beforeEach(async () => {
    await put(own(), '秘密.txt', SECRET)
    await put(own(), 'mail/見積.eml', MAIL)
    await put(own(), 'other.txt', '別の文書です。')
    await updateProject(project, { documents: own() })
    await survey()
  })

  it('go with every text that was ever made of them', async () => {
    // An earlier content of the same file was read too.
    await put(own(), '秘密.txt', `${SECRET}改定版`)
    await survey()
    const before = await holders(home, SECRET)
    expect(before.length).toBeGreaterThan(3)
    expect(before.some((path) => path.endsWith('.sketch'))).toBe(true)

    const wanted = ['秘密.txt', 'mail/見積.eml/memo.txt']
    const expected = {
      files: [join(own(), 'mail/見積.eml'), join(own(), '秘密.txt')],
      originalsKept: [],
      alongside: [],
      runs: [],
    }
    expect(await deletion(wanted)).toEqual(expected)
    expect(await remove(wanted)).toEqual(expected)
    expect(await holders(home, SECRET)).toEqual([])
    expect(await exists(join(own(), 'other.txt'))).toBe(true)
    await survey()
    expect((await holders(home, '別の文書です。')).length).toBeGreaterThan(1)
  })

  it('take along what lies in the same mail, which is told before', async () => {
    await put(
      own(),
      'mail/二件.eml',
      MAIL.replace(
        /--b--\r\n$/,
        `--b
Content-Type: text/plain; charset=utf-8; name="list.txt"
Content-Disposition: attachment; filename="list.txt"

部品表です。
--b--
`.replaceAll('\n', '\r\n'),
      ),
    )
    expect(await deletion(['mail/二件.eml/memo.txt'])).toMatchObject({
      files: [join(own(), 'mail/二件.eml')],
      alongside: ['mail/二件.eml/list.txt'],
    })
  })

  it('go even from where a killed process left them, and whoever reads them meanwhile keeps nothing', async () => {
    const [content] = await readdir(texts())
    await put(join(texts(), content!, '0123456789abcdef.0123.part'), '0.txt', SECRET)
    const reading = survey()
    await remove(['秘密.txt', 'mail/見積.eml', 'other.txt'])
    await reading
    expect(await holders(home, SECRET)).toEqual([])
    expect(await readdir(texts())).toEqual([])
  })

  it('are not deleted by a name that is not there', async () => {
    for (const name of ['gone.txt', '../../settings.json', '']) {
      expect(await failureOf(() => remove([name]))).toEqual({
        code: 'documents/not-found',
        params: { name, path: own() },
      })
    }
    expect(await exists(join(own(), '秘密.txt'))).toBe(true)
  })
})

describe('documents elsewhere', () => {
  const elsewhere = (): string => join(home, 'company')
  beforeEach(async () => {
    await put(elsewhere(), '秘密.txt', SECRET)
    await put(elsewhere(), 'other.txt', '別の文書です。')
    await updateProject(project, { documents: elsewhere() })
    await survey()
  })

  it('stay, and are not read any more until they are taken in again', async () => {
    const original = join(elsewhere(), '秘密.txt')
    await excludeDocuments(project, ['秘密.txt', '秘密.txt'], true)
    expect((await readProject(project)).corpus.excluded).toEqual(['秘密.txt'])
    expect(await remove(['秘密.txt'])).toEqual({
      files: [],
      originalsKept: [original],
      alongside: [],
      runs: [],
    })
    expect((await readProject(project)).corpus).toMatchObject({ excluded: [], forgotten: ['秘密.txt'] })
    await survey()
    expect(await holders(home, SECRET)).toEqual([original])

    await excludeDocuments(project, ['秘密.txt'], false)
    expect((await readProject(project)).corpus.forgotten).toEqual([])
    await survey()
    expect((await holders(home, SECRET)).length).toBe(3)
  })
})

describe('runs', () => {
  it('that measured the document go with their samples, results and reports; others stay', async () => {
    await using company = await openCompany()
    const documents = join(project, 'documents')
    await put(documents, 'other.txt', '担当者は点検表に記入する。'.repeat(8))
    const opened = await updateProject(project, {
      documents,
      baseline: company.baseline,
      candidates: [company.gqa],
      plan: { ...(await readProject(project)).plan, contexts: [64] },
    })
    const run = async (id: string): Promise<void> => {
      const settings = await projectRunSettings(
        await readProject(project),
        { provider: 'cpu', threads: 1 },
        'ja',
        id,
      )
      await runPoc(settings, { ...storageIn(home), home: opened.folder }, ctx, { run: id })
    }
    await run('without')
    await put(documents, '規程.txt', `点検規程。${SECRET.repeat(4)}`)
    await run('with')

    expect((await deletion(['規程.txt'])).runs).toEqual(['with'])
    await remove(['規程.txt'])
    expect(await holders(home, SECRET)).toEqual([])
    // Not even its name is left in the ledger, the results or the reports.
    expect(await holders(home, '規程.txt')).toEqual([])
    expect(await exists(runReportsFolder(project, 'with'))).toBe(false)
    expect(await exists(join(runReportsFolder(project, 'without'), 'results.json'))).toBe(true)
  }, 120_000)
})
