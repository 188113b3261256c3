import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { DEFAULT_LIMITS, readDocuments } from '../../../src/engine/documents/index.ts'
import { readDocument } from '../../../src/engine/documents/read-document.ts'
import { DocumentReader } from '../../../src/engine/documents/document-reader.ts'
import { sha256 } from '../../../src/engine/kernel/files.ts'
import { quietContext } from '../../../src/engine/kernel/run-context.ts'
import type { Progress } from '../../../src/shared/job.ts'
import { encoded } from './encoded.ts'

const PROSE = '出張旅費規程　第1条（目的）この規程は、従業員が出張する場合の旅費を定める。'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'soroban-documents-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

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
      'c/list.tsv': '品名\t数量\n',
      'page.htm': encoded(html, 'SJIS'),
    }
    for (const [name, content] of Object.entries(files)) await put(name, content)
    const { documents, skipped } = await readDocuments(folder, quietContext())
    const expected = [
      ['a/z.MD', 'markdown', 'utf-8', `# ${PROSE}`],
      ['a/規程.txt', 'text', 'shift_jis', PROSE],
      ['b.txt', 'text', 'utf-8', PROSE],
      ['c/list.csv', 'csv', 'euc-jp', '品名\t数量\nねじ\t3'],
      ['c/list.tsv', 'tsv', 'utf-8', '品名\t数量'],
      ['page.htm', 'html', 'shift_jis', '稟議が必要'],
    ] as const
    expect(documents).toEqual(
      expected.map(([name, format, encoding, text]) => ({
        name,
        format,
        encoding,
        text,
        sha256: sha256(files[name]!),
        bytes: Buffer.from(files[name]!).length,
        characters: text.length,
        brokenCharacters: 0,
      })),
    )
    expect(skipped).toEqual([])
  })

  it('lists what it skips with the reason, and reads the rest', async () => {
    await put('good.txt', PROSE)
    await put('.hidden.txt', PROSE)
    await put('.git/config.txt', PROSE)
    await put('~$lock.md', PROSE)
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

    const { documents, skipped } = await readDocuments(folder, quietContext(), limits)
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
      ['really.txt', 'documents/not-text'],
      ['report.pdf', 'documents/unsupported-type'],
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
      const { documents, skipped } = await readDocuments(folder, quietContext())
      expect(documents.map(({ name, text }) => [name, text])).toEqual([
        [`${nfd}.txt`, `${PROSE}2`],
        [`${nfc}.txt`, PROSE],
        [`${nfc}/規程.txt`, PROSE],
        [`${nfc}のみ.txt`, PROSE],
      ])
      expect(skipped.map(({ name, error }) => [name, error.code])).toEqual([
        [shiftJis.toString().slice(folder.length + 1), 'documents/name-not-utf8'],
      ])
    },
  )

  it('refuses more text than it can hold, naming the folder', async () => {
    for (const name of ['a.txt', 'b.txt', 'c.txt']) await put(name, 'x'.repeat(100))
    const upTo = (totalCharacters: number) => ({ ...DEFAULT_LIMITS, totalCharacters })
    expect((await readDocuments(folder, quietContext(), upTo(300))).documents).toHaveLength(3)
    await expect(readDocuments(folder, quietContext(), upTo(299))).rejects.toMatchObject({
      code: 'documents/too-much-text',
      params: { path: folder, limit: 299 },
    })
  })

  it('keeps a document with a little damage and counts it', async () => {
    await put('a.txt', `${PROSE.repeat(10)}\ufffd`)
    const { documents } = await readDocuments(folder, quietContext())
    expect(documents[0]).toMatchObject({ brokenCharacters: 1, characters: PROSE.length * 10 + 1 })
  })

  it('refuses a missing folder, a file, and a folder without a usable document', async () => {
    await expect(readDocuments(join(folder, 'none'), quietContext())).rejects.toMatchObject({
      code: 'file/not-found',
    })
    await put('a.txt', '')
    await expect(readDocuments(join(folder, 'a.txt'), quietContext())).rejects.toMatchObject({
      code: 'documents/not-a-folder',
    })
    await put('b.xlsx', 'PK')
    await expect(readDocuments(folder, quietContext())).rejects.toMatchObject({
      code: 'documents/none',
      params: { path: folder, skipped: 2 },
    })
  })

  it('reports progress file by file and stops when cancelled', async () => {
    for (const name of ['a.txt', 'b.txt', 'c.txt']) await put(name, PROSE)
    const events: Progress[] = []
    await readDocuments(folder, { ...quietContext(), report: (event) => events.push(event) })
    expect(events.map(({ kind, done, total }) => ({ kind, done, total }))).toEqual(
      [1, 2, 3].map((done) => ({ kind: 'documents', done, total: 3 })),
    )
    const abort = new AbortController()
    const context = { ...quietContext(abort.signal), report: () => abort.abort() }
    await expect(readDocuments(folder, context)).rejects.toMatchObject({ name: 'AbortError' })
  })

  it('gives in a child what it gives in this process', async () => {
    await put('a.html', `<h1>${PROSE}</h1>`)
    const { documents } = await readDocuments(folder, quietContext())
    expect(documents).toEqual([await readDocument(join(folder, 'a.html'), 'a.html', DEFAULT_LIMITS)])
  })

  it('tells an unreadable file by its name', async () => {
    await expect(readDocument(join(folder, 'gone.txt'), 'gone.txt', DEFAULT_LIMITS)).rejects.toMatchObject({
      code: 'file/not-found',
      params: { path: 'gone.txt' },
    })
  })
})

describe('DocumentReader', () => {
  /** A reading child that misbehaves on the file `bad` and reads every other one as itself. */
  async function misbehaving(action: string): Promise<string> {
    const program = join(folder, 'child.mjs')
    await writeFile(
      program,
      `process.on('message', ({ name }) => {
        if (name === 'bad') { ${action} }
        process.send({ ok: true, value: { name, sha256: '', bytes: 1, encoding: 'utf-8', format: 'text',
          characters: 1, brokenCharacters: 0, text: String(process.pid) } })
      })`,
    )
    return program
  }
  const signal = new AbortController().signal
  const limits = { ...DEFAULT_LIMITS, heapMebibytes: 64 }

  it('kills a child that takes too long and goes on with a new one', async () => {
    using reader = new DocumentReader({ ...limits, milliseconds: 1500 }, await misbehaving('for (;;);'))
    const first = await reader.read('', 'good', signal)
    await expect(reader.read('', 'bad', signal)).rejects.toMatchObject({
      code: 'documents/timeout',
      params: { name: 'bad', seconds: 1.5 },
    })
    const second = await reader.read('', 'good', signal)
    expect(second.text).not.toBe(first.text)
  })

  it('survives a child that dies, runs out of memory or answers nonsense', async () => {
    const actions = [
      'process.exit(3)',
      'const all = []; for (;;) all.push(new Array(1e5).fill(0.5))',
      'process.send({ ok: true, value: { text: 5 } })',
    ]
    for (const action of actions) {
      using reader = new DocumentReader(limits, await misbehaving(action))
      await expect(reader.read('', 'bad', signal)).rejects.toMatchObject({
        code: 'documents/crashed',
        params: { name: 'bad' },
      })
      expect((await reader.read('', 'good', signal)).name).toBe('good')
    }
  })

  it('starts a new child when the idle one was killed', async () => {
    using reader = new DocumentReader(limits, await misbehaving(''))
    const pid = Number((await reader.read('', 'good', signal)).text)
    process.kill(pid, 'SIGKILL')
    while (isAlive(pid)) await nextTurn()
    expect(Number((await reader.read('', 'good', signal)).text)).not.toBe(pid)
  })

  it('blames a document only for the death of a child of its own', async () => {
    using reader = new DocumentReader(limits, await misbehaving('process.exit(3)'))
    const first = await reader.read('', 'good', signal)
    await expect(reader.read('', 'bad', signal)).rejects.toMatchObject({
      code: 'documents/crashed',
      params: { name: 'bad', reason: 'exit 3' },
    })
    expect((await reader.read('', 'good', signal)).text).not.toBe(first.text)
  })

  it('has a child that ends with its parent', async () => {
    const program = new URL('../../../src/engine/documents/reader-process.ts', import.meta.url)
    const child = fork(fileURLToPath(program), { execArgv: [] })
    child.send({ path: join(folder, 'none.txt'), name: 'none.txt', limits: { fileBytes: 1, characters: 1 } })
    const [reply] = (await once(child, 'message')) as [unknown]
    expect(reply).toMatchObject({ ok: false, error: { code: 'file/not-found' } })
    const ended = once(child, 'exit')
    child.disconnect()
    expect(await ended).toEqual([0, null])
  })

  it('is killed at once when cancelled', async () => {
    const abort = new AbortController()
    using reader = new DocumentReader(limits, await misbehaving('for (;;);'))
    await reader.read('', 'good', signal)
    const reading = reader.read('', 'bad', abort.signal)
    abort.abort()
    await expect(reading).rejects.toMatchObject({ name: 'AbortError' })
  })
})
