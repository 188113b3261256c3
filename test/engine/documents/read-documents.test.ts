import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { DEFAULT_LIMITS, type DocumentFolder, readDocuments } from '../../../src/engine/documents/index.ts'
import { sha256 } from '../../../src/engine/kernel/files.ts'
import { quietContext } from '../../../src/engine/kernel/run-context.ts'
import type { Progress } from '../../../src/shared/job.ts'
import { encoded } from './encoded.ts'

const PROSE = '出張旅費規程　第1条（目的）この規程は、従業員が出張する場合の旅費を定める。'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'soroban-documents-'))
})
afterEach(async () => {
  for (const path of [folder, store()]) await rm(path, { recursive: true, force: true })
})

/** Where the texts go; not inside the folder that is read. */
const store = (): string => `${folder}-texts`
const read = (limits = DEFAULT_LIMITS, ctx = quietContext()): Promise<DocumentFolder> =>
  readDocuments(folder, { store: store(), limits }, ctx)
const withTexts = ({ documents, textOf }: DocumentFolder): Promise<(readonly [string, string])[]> =>
  Promise.all(documents.map(async (document) => [document.name, await textOf(document)] as const))

async function put(name: string, content: string | Uint8Array): Promise<void> {
  const path = join(folder, name)
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, content)
}

describe('readDocuments', () => {
  it('reads every format and encoding below the folder, sorted by name', async () => {
    const html = '<meta charset=shift_jis><p>稟議が必要</p>'
    const files: Record<string, string | Uint8Array> = {
      'b.txt': PROSE,
      'a/規程.txt': encoded(PROSE, 'SJIS'),
      'a/z.MD': `# ${PROSE}`,
      'c/list.csv': encoded('品名,数量\nねじ,3\n', 'EUCJP'),
      'c/list.tsv': '品名\t数量の合計\n',
      'page.htm': encoded(html, 'SJIS'),
    }
    for (const [name, content] of Object.entries(files)) await put(name, content)
    const found = await read()
    const { documents, skipped } = found
    const expected = [
      ['a/z.MD', 'markdown', 'utf-8', `# ${PROSE}`],
      ['a/規程.txt', 'text', 'shift_jis', PROSE],
      ['b.txt', 'text', 'utf-8', PROSE],
      ['c/list.csv', 'csv', 'euc-jp', '品名\t数量\nねじ\t3'],
      ['c/list.tsv', 'tsv', 'utf-8', '品名\t数量の合計'],
      ['page.htm', 'html', 'shift_jis', '稟議が必要'],
    ] as const
    expect(documents).toEqual(
      expected.map(([name, format, encoding, text]) => ({
        name,
        file: name,
        format,
        encoding,
        sha256: sha256(files[name]!),
        bytes: Buffer.from(files[name]!).length,
        characters: text.length,
        textBytes: Buffer.byteLength(text),
        textSha256: sha256(text),
        language: 'ja',
        steps: [],
        pages: null,
        health: {
          unreadable: 0,
          mojibake: 0,
          pagesWithoutText: 0,
          ocr: null,
          formulasWithoutResult: 0,
          macros: false,
          sensitive: [],
        },
      })),
    )
    expect(await withTexts(found)).toEqual(expected.map(([name, , , text]) => [name, text]))
    expect(skipped).toEqual([])
  })

  it('lists what it skips with the reason, and reads the rest', async () => {
    await put('good.txt', PROSE)
    await put('.hidden.txt', PROSE)
    await put('.git/config.txt', PROSE)
    await put('~$lock.md', PROSE)
    for (const name of ['desktop.ini', 'Thumbs.db', '.DS_Store']) await put(name, PROSE)
    await put('empty.txt', '')
    await put('blank.md', ' \r\n\t\u3000\n')
    await put('report.pdf', '%PDF-1.7')
    await put('really.txt', '%PDF-1.7 …')
    await put(
      'noise.txt',
      Uint8Array.from({ length: 2000 }, (_, index) => (index * 7919) % 256),
    )
    await put('garbled.txt', new TextDecoder('windows-1252').decode(encoded(PROSE, 'UTF8')))
    await put('broken.txt', `${PROSE}${'\ufffd'.repeat(20)}`)
    await put('open.csv', 'a,b\n1,"open\n')
    await put('deep.html', '<div>'.repeat(2000))
    await put('large.txt', 'x'.repeat(3000))
    await put('long.txt', 'x'.repeat(1500))
    await symlink(join(folder, 'good.txt'), join(folder, 'link.txt'))
    await symlink(folder, join(folder, 'loop'))
    const limits = { ...DEFAULT_LIMITS, fileBytes: 2500, characters: 1000 }
    // deep.html (10,000 bytes) must come below the size limit to show its own reason.
    await put('deep.html', '<i>'.repeat(600))

    const { documents, skipped } = await read(limits)
    expect(documents.map(({ name }) => name)).toEqual(['good.txt'])
    expect(skipped.map(({ name, error }) => [name, error.code])).toEqual([
      ['blank.md', 'documents/empty'],
      ['broken.txt', 'documents/broken-text'],
      ['deep.html', 'documents/too-deep'],
      ['empty.txt', 'documents/empty'],
      ['garbled.txt', 'documents/mojibake'],
      ['large.txt', 'documents/too-large'],
      ['link.txt', 'documents/not-regular'],
      ['long.txt', 'documents/too-long'],
      ['loop', 'documents/not-regular'],
      ['noise.txt', 'documents/not-text'],
      ['open.csv', 'documents/malformed'],
      ['really.txt', 'documents/damaged'],
      ['report.pdf', 'documents/damaged'],
    ])
    for (const { name, error } of skipped) {
      for (const locale of ['ja', 'en'] as const) {
        expect(error.localized(locale)).toContain(name)
        expect(error.localized(locale)).not.toMatch(/\{\w+\}/)
      }
    }
  })

  it.skipIf(process.platform !== 'linux')(
    'tells names apart that are equal in NFC, and asks for others where a name is not UTF-8',
    async () => {
      const [nfc, nfd] = ['が', 'が'.normalize('NFD')] as const
      await put(`${nfc}.txt`, PROSE)
      await put(`${nfd}.txt`, `${PROSE}2`)
      await put(`${nfd}のみ.txt`, PROSE)
      await put(`${nfd}/規程.txt`, PROSE)
      const shiftJis = Buffer.concat([
        Buffer.from(`${folder}/`),
        encoded('規程', 'SJIS'),
        Buffer.from('.txt'),
      ])
      await writeFile(shiftJis, PROSE)
      const found = await read()
      expect(await withTexts(found)).toEqual([
        [`${nfd}.txt`, `${PROSE}2`],
        [`${nfc}.txt`, PROSE],
        [`${nfc}/規程.txt`, PROSE],
        [`${nfc}のみ.txt`, PROSE],
      ])
      expect(found.skipped.map(({ name, error }) => [name, error.code])).toEqual([
        [shiftJis.toString().slice(folder.length + 1), 'documents/name-not-utf8'],
      ])
    },
  )

  it('makes no difference between a name and a line break', async () => {
    await put('a\nb.txt', PROSE)
    await put('good.txt', PROSE)
    const { documents, skipped } = await read()
    expect(documents.map(({ name }) => name)).toEqual(['good.txt'])
    expect(skipped.map(({ name, error }) => [name, error.code])).toEqual([
      ['a\u240ab.txt', 'documents/name-control'],
    ])
  })

  it('reads what it has read before out of its store, and what has changed anew', async () => {
    await put('a.txt', PROSE)
    await put('copy/a.txt', PROSE)
    const first = await read()
    const kept = await readdir(store(), { recursive: true })
    expect(await withTexts(await read())).toEqual(await withTexts(first))
    expect(await readdir(store(), { recursive: true })).toEqual(kept)

    await put('a.txt', `${PROSE}改定`)
    const changed = await read()
    expect(await withTexts(changed)).toEqual([
      ['a.txt', `${PROSE}改定`],
      ['copy/a.txt', PROSE],
    ])
  })

  it('tells when a text was taken from the store, or is not the one described', async () => {
    await put('a.txt', PROSE)
    const found = await read()
    for (const path of await readdir(store(), { recursive: true }))
      if (path.endsWith('.txt')) await writeFile(join(store(), path), '別の本文')
    const gone = { code: 'documents/text-gone', params: { name: 'a.txt' } }
    await expect(found.textOf({ name: 'a.txt' })).rejects.toMatchObject(gone)
    // Reading again, as the error asks for, helps.
    expect(await withTexts(await read())).toEqual([['a.txt', PROSE]])
    await rm(store(), { recursive: true })
    await expect(found.textOf({ name: 'a.txt' })).rejects.toMatchObject(gone)
    await expect(found.textOf({ name: 'b.txt' })).rejects.toMatchObject({ code: 'documents/text-gone' })
  })

  it('keeps a document with a little damage and counts it', async () => {
    await put('a.txt', `${PROSE.repeat(10)}\ufffd`)
    const { documents } = await read()
    expect(documents[0]).toMatchObject({ health: { unreadable: 1 }, characters: PROSE.length * 10 + 1 })
  })

  it('refuses a missing folder, a file, and a folder without a usable document', async () => {
    await expect(
      readDocuments(join(folder, 'none'), { store: store() }, quietContext()),
    ).rejects.toMatchObject({
      code: 'file/not-found',
    })
    await put('a.txt', '')
    await expect(
      readDocuments(join(folder, 'a.txt'), { store: store() }, quietContext()),
    ).rejects.toMatchObject({
      code: 'documents/not-a-folder',
    })
    await put('b.xlsx', 'PK\u0003\u0004')
    await expect(read()).rejects.toMatchObject({
      code: 'documents/none',
      params: { path: folder, skipped: 2 },
    })
  })

  it('reports progress by bytes and stops when cancelled', async () => {
    const bytes = Buffer.byteLength(PROSE)
    for (const name of ['a.txt', 'b.txt', 'c.txt']) await put(name, PROSE)
    const events: Progress[] = []
    await read(DEFAULT_LIMITS, { ...quietContext(), report: (event) => events.push(event) })
    expect(events.map(({ kind, unit, done, total }) => ({ kind, unit, done, total }))).toEqual(
      [1, 2, 3].map((files) => ({ kind: 'documents', unit: 'bytes', done: files * bytes, total: 3 * bytes })),
    )
    const abort = new AbortController()
    const context = { ...quietContext(abort.signal), report: () => abort.abort() }
    await expect(read(DEFAULT_LIMITS, context)).rejects.toMatchObject({ name: 'AbortError' })
  })

  it('describes a folder alike in whatever order and however often it is read', async () => {
    for (const [index, name] of ['z.txt', 'a.txt', 'm/n.txt'].entries()) await put(name, `${PROSE}${index}`)
    const first = await read()
    await rm(store(), { recursive: true })
    const second = await read()
    expect(second.documents).toEqual(first.documents)
  })
})
