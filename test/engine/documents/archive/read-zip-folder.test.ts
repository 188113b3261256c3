import { strToU8, zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'

import { readZipFolder } from '../../../../src/engine/documents/archive/read-zip-folder.ts'
import { DEFAULT_LIMITS } from '../../../../src/engine/documents/document.ts'
import type { EmbeddedFile } from '../../../../src/engine/documents/format-reader.ts'
import { UnpackBudget } from '../../../../src/engine/documents/unpack-budget.ts'
import { failureOf } from '../../../fixtures/app-error.ts'
import { readerInput } from '../plain/reader-input.ts'

const zip = (files: Readonly<Record<string, string>>): Uint8Array =>
  zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])))

async function filesOf(
  bytes: Uint8Array,
  changes: Parameters<typeof readerInput>[2] = {},
): Promise<EmbeddedFile[]> {
  const { text, embedded = [] } = await readZipFolder(readerInput('a.zip', bytes, changes))
  expect(text).toBeNull()
  return [...embedded]
}

/** Sets the flag of encryption of the entry with a name, in its local header and in the directory. */
function encrypt(bytes: Uint8Array, name: string): Uint8Array {
  const marked = Buffer.from(bytes)
  for (const [signature, flags, nameAt] of [
    ['PK\u0003\u0004', 6, 30],
    ['PK\u0001\u0002', 8, 46],
  ] as const) {
    for (let at = marked.indexOf(signature); at !== -1; at = marked.indexOf(signature, at + 1)) {
      if (marked.toString('latin1', at + nameAt, at + nameAt + name.length) === name) marked[at + flags]! |= 1
    }
  }
  return marked
}

describe('readZipFolder', () => {
  it('lists the files, read when they are asked for', async () => {
    const files = await filesOf(zip({ '規程/経費.txt': '経費', 'b.txt': 'b' }))
    expect(files.map(({ name, read }) => [name, Buffer.from(read()).toString()])).toEqual([
      ['規程/経費.txt', '経費'],
      ['b.txt', 'b'],
    ])
  })

  it('leaves out folders and what systems and Office leave beside documents', async () => {
    const names = [
      'folder/',
      '__MACOSX/._a.txt',
      'folder/.DS_Store',
      'Thumbs.db',
      'folder/desktop.ini',
      '.git/config',
      '~$report.docx',
      '.~lock.report.odt#',
      'folder/a.txt',
    ]
    const files = await filesOf(
      zip(Object.fromEntries(names.map((name) => [name, name.endsWith('/') ? '' : 'x']))),
    )
    expect(files.map(({ name }) => name)).toEqual(['folder/a.txt'])
  })

  it('names entries as the archive does, be they hostile', async () => {
    const names = ['../../etc/passwd', '/root.txt', 'C:\\windows\\a.txt', 'a\nb.txt']
    const files = await filesOf(zip(Object.fromEntries(names.map((name) => [name, 'x']))))
    expect(files.map(({ name }) => name)).toEqual([
      '../../etc/passwd',
      '/root.txt',
      'C:/windows/a.txt',
      'a\nb.txt',
    ])
  })

  it('refuses an encrypted entry, and no other', async () => {
    const [secret, open] = await filesOf(encrypt(zip({ 'secret.txt': 's', 'open.txt': 'o' }), 'secret.txt'))
    expect(await failureOf(() => secret!.read())).toEqual({
      code: 'documents/encrypted',
      params: { name: 'a.zip', type: 'ZIP' },
    })
    expect(Buffer.from(open!.read()).toString()).toBe('o')
  })

  it('takes the budget of the outermost file through archives in archives', async () => {
    let bytes = zip({ 'zeros.txt': '0'.repeat(1_000_000) })
    for (let depth = 0; depth < 6; depth++) bytes = zipSync({ 'inner.zip': bytes })
    const budget = new UnpackBudget(500_000)
    for (let depth = 0; depth < 6; depth++) bytes = (await filesOf(bytes, { budget }))[0]!.read()
    const [zeros] = await filesOf(bytes, { budget })
    expect(await failureOf(() => zeros!.read())).toEqual({
      code: 'documents/unpacked-too-large',
      params: { name: 'a.zip', limit: 500_000 },
    })
  })

  it('refuses more entries than may be read', async () => {
    const limits = { ...DEFAULT_LIMITS, entries: 2 }
    expect(await failureOf(async () => await filesOf(zip({ a: '1', b: '2', c: '3' }), { limits }))).toEqual({
      code: 'documents/too-many-entries',
      params: { name: 'a.zip', limit: 2 },
    })
  })

  it('refuses an archive cut anywhere', async () => {
    const bytes = zip({ 'a.txt': 'abc'.repeat(100), 'b.txt': 'def' })
    for (let length = 0; length < bytes.length; length += 7) {
      const failure = await failureOf(async () => await filesOf(bytes.subarray(0, length)))
      expect(failure).toMatchObject({ code: 'documents/damaged', params: { type: 'ZIP' } })
    }
  })
})
