import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { DEFAULT_LIMITS } from '../../../src/engine/documents/index.ts'
import { DocumentReader } from '../../../src/engine/documents/document-reader.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'soroban-reader-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

describe('DocumentReader', () => {
  /** A reading child that misbehaves on the file `bad` and reads every other one as itself. */
  async function misbehaving(action: string): Promise<string> {
    const program = join(folder, 'child.mjs')
    await writeFile(
      program,
      `process.on('message', ({ name }) => {
        if (name === 'bad') { ${action} }
        process.send({ kind: 'read', residentBytes: 1,
          reading: { sha256: String(process.pid), documents: [], skipped: [] } })
      })`,
    )
    return program
  }
  const signal = new AbortController().signal
  const limits = { ...DEFAULT_LIMITS, heapMebibytes: 64 }
  const readerOf = async (action: string, changes: Partial<typeof limits> = {}): Promise<DocumentReader> =>
    new DocumentReader({
      limits: { ...limits, ...changes },
      ocr: false,
      store: join(folder, 'texts'),
      program: await misbehaving(action),
    })

  it('kills a child that takes too long and goes on with a new one', async () => {
    using reader = await readerOf('for (;;);', { milliseconds: 1500 })
    const first = await reader.read('', 'good', signal)
    await expect(reader.read('', 'bad', signal)).rejects.toMatchObject({
      code: 'documents/timeout',
      params: { name: 'bad', seconds: 1.5 },
    })
    const second = await reader.read('', 'good', signal)
    expect(second.sha256).not.toBe(first.sha256)
  })

  it('survives a child that dies, runs out of memory or answers nonsense', async () => {
    const actions = [
      ['process.exit(3)', 'documents/crashed'],
      ['const all = []; for (;;) all.push(new Array(1e5).fill(0.5))', 'documents/memory'],
      ["process.send({ kind: 'read', reading: 5 })", 'documents/crashed'],
    ] as const
    for (const [action, code] of actions) {
      using reader = await readerOf(action)
      await expect(reader.read('', 'bad', signal)).rejects.toMatchObject({
        code,
        params: { name: 'bad' },
      })
      expect((await reader.read('', 'good', signal)).documents).toEqual([])
    }
  })

  it('lets a child work longer that says it gets on', async () => {
    const slow = `
      let words = 0
      const timer = setInterval(() => {
        if (++words < 8) return process.send({ kind: 'advanced' })
        clearInterval(timer)
        process.send({ kind: 'read', residentBytes: 1,
          reading: { sha256: 'slow', documents: [], skipped: [] } })
      }, 250)
      return`
    using reader = await readerOf(slow, { milliseconds: 1500 })
    expect((await reader.read('', 'bad', signal)).sha256).toBe('slow')
  })

  it('kills a child that gets on without end', async () => {
    const endless = "return setInterval(() => process.send({ kind: 'advanced' }), 50)"
    using reader = await readerOf(endless, { milliseconds: 60_000, totalMilliseconds: 1500 })
    await expect(reader.read('', 'bad', signal)).rejects.toMatchObject({
      code: 'documents/timeout',
      params: { name: 'bad', seconds: 1.5 },
    })
  })

  it('replaces a child that keeps much memory', async () => {
    const greedy = `return process.send({ kind: 'read', residentBytes: 2 ** 40,
      reading: { sha256: String(process.pid), documents: [], skipped: [] } })`
    using reader = await readerOf(greedy)
    const first = await reader.read('', 'bad', signal)
    expect((await reader.read('', 'good', signal)).sha256).not.toBe(first.sha256)
  })

  it('starts a new child when the idle one was killed', async () => {
    using reader = await readerOf('')
    const pid = Number((await reader.read('', 'good', signal)).sha256)
    process.kill(pid, 'SIGKILL')
    while (isAlive(pid)) await nextTurn()
    expect(Number((await reader.read('', 'good', signal)).sha256)).not.toBe(pid)
  })

  it('blames a document only for the death of a child of its own', async () => {
    using reader = await readerOf('process.exit(3)')
    const first = await reader.read('', 'good', signal)
    await expect(reader.read('', 'bad', signal)).rejects.toMatchObject({
      code: 'documents/crashed',
      params: { name: 'bad', reason: 'exit 3' },
    })
    expect((await reader.read('', 'good', signal)).sha256).not.toBe(first.sha256)
  })

  it('has a child that ends with its parent', async () => {
    const program = new URL('../../../src/engine/documents/reader-process.ts', import.meta.url)
    const child = fork(fileURLToPath(program), [String(2 ** 30)], { execArgv: [] })
    const request = { path: join(folder, 'none.txt'), name: 'none.txt', ocr: false }
    child.send({ ...request, limits: DEFAULT_LIMITS, store: join(folder, 'texts') })
    const [reply] = (await once(child, 'message')) as [unknown]
    expect(reply).toMatchObject({ kind: 'failed', error: { code: 'file/not-found' } })
    const ended = once(child, 'exit')
    child.disconnect()
    expect(await ended).toEqual([0, null])
  })

  it('is killed at once when cancelled', async () => {
    const abort = new AbortController()
    using reader = await readerOf('for (;;);')
    await reader.read('', 'good', signal)
    const reading = reader.read('', 'bad', abort.signal)
    abort.abort()
    await expect(reading).rejects.toMatchObject({ name: 'AbortError' })
  })

  it('takes a buffer that grows in a busy child for what it is: too much memory', async () => {
    const program = join(folder, 'greedy.ts')
    const watchdog = new URL('../../../src/engine/documents/memory-watchdog.ts', import.meta.url)
    await writeFile(
      program,
      `import { startMemoryWatchdog } from ${JSON.stringify(watchdog.href)}
       startMemoryWatchdog(Number(process.argv[2]))
       process.on('message', () => {
         const all = []
         for (;;) all.push(Buffer.alloc(2 ** 20, 1))
       })`,
    )
    const greedy = { limits: { ...limits, memoryMebibytes: 300 }, ocr: false, store: '', program }
    using reader = new DocumentReader(greedy)
    await expect(reader.read('', 'bad', signal)).rejects.toMatchObject({
      code: 'documents/memory',
      params: { name: 'bad', limit: 300 },
    })
  })
})
