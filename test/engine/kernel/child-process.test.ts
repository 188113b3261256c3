import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

import { afterEach, describe, expect, it } from 'vitest'

import {
  type ChildChannel,
  type ChildExit,
  forkChild,
  parentChannel,
  siblingModule,
  spawnChild,
  useChildSpawner,
} from '../../../src/engine/kernel/child-process.ts'
import { parentChildSpawner } from '../../../src/engine/kernel/parent-spawner.ts'

const ECHO = fileURLToPath(new URL('echo-child.ts', import.meta.url))
const MODULE = new URL('../../../src/engine/kernel/child-process.ts', import.meta.url).href

let child: ChildChannel
afterEach(() => child.kill())

const exitOf = (channel: ChildChannel): Promise<ChildExit> =>
  new Promise((resolve) => channel.onExit(resolve))
const next = (channel: ChildChannel): Promise<unknown> => new Promise((resolve) => channel.onMessage(resolve))

describe('spawnChild', () => {
  it('starts a program with arguments, flags and environment, and talks with it', async () => {
    const options = { args: ['a', 'b'], execArgv: ['--no-warnings'], env: { SOROBAN_GIVEN: 'here' } }
    child = spawnChild(ECHO, options)
    const messages: unknown[] = []
    const echoed = new Promise<void>((resolve) => {
      child.onMessage((message) => messages.push(message) === 2 && resolve())
    })
    const values = { floats: Float32Array.of(1.5), map: new Map([['文書', 1n]]) }
    child.send(values)
    await echoed
    expect(messages).toEqual([
      { args: ['a', 'b'], execArgv: ['--no-warnings'], given: 'here', path: process.env['PATH'] },
      { echo: values },
    ])
    expect(process.kill(child.pid!, 0)).toBe(true)
    const exit = exitOf(child)
    child.kill()
    expect(await exit).toEqual({ code: null, signal: 'SIGKILL', stderr: '' })
    child.send('too late')
  })

  it('tells the exit code and the last words', async () => {
    child = spawnChild(ECHO)
    const exit = exitOf(child)
    child.send('fail')
    expect(await exit).toEqual({ code: 4, signal: null, stderr: 'broken on purpose\n' })
    // Whoever asks late hears it all the same.
    expect(await exitOf(child)).toEqual(await exit)
  })

  it('tells of a program that does not exist', async () => {
    child = spawnChild('/nowhere/program.js')
    expect(await exitOf(child)).toMatchObject({ code: 1, signal: null })
  })

  it('ends with its parent, even a killed one', async () => {
    const script = `
      const { spawnChild } = await import(${JSON.stringify(MODULE)})
      const child = spawnChild(${JSON.stringify(ECHO)})
      child.onMessage(() => process.stdout.write(String(child.pid)))
    `
    const parent = spawn(process.execPath, ['--input-type=module', '--eval', script])
    const [pid] = (await once(parent.stdout, 'data')) as [Buffer]
    parent.kill('SIGKILL')
    await once(parent, 'exit')
    await expect.poll(() => isAlive(Number(pid)), { timeout: 10_000 }).toBe(false)
  })
})

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

describe('useChildSpawner', () => {
  afterEach(() => useChildSpawner(forkChild))

  it('lets another process start the children, over messages', async () => {
    const asked: unknown[] = []
    let tell: (message: unknown) => void = () => {}
    useChildSpawner(
      parentChildSpawner({
        send: (message) => asked.push(message),
        onMessage: (listener) => {
          tell = listener
        },
      }),
    )
    child = spawnChild('/app/arm.js', { args: ['x'], env: { SOROBAN_GIVEN: 'here' } })
    const other = spawnChild('/app/reader.js', { execArgv: ['--max-old-space-size=64'] })
    const [first, exits] = [next(child), [] as ChildExit[]]
    child.onExit((exit) => exits.push(exit))
    other.onExit(() => exits.push({ code: 99, signal: null, stderr: '' }))
    child.send({ ids: Int32Array.of(1) })

    tell({ kind: 'call', id: 0, procedure: 'models.bundled', input: {} })
    tell({ kind: 'child-message', child: 7, message: 'of nobody' })
    tell({ kind: 'child-message', child: 0, message: { ready: true } })
    expect(await first).toEqual({ ready: true })
    child.kill()
    tell({ kind: 'child-exit', child: 0, code: null, signal: 'SIGKILL', stderr: 'bye' })
    tell({ kind: 'child-exit', child: 0, code: null, signal: 'SIGKILL', stderr: 'bye' })
    // Who asks late is told too, as of a forked child.
    const late: PromiseWithResolvers<ChildExit> = Promise.withResolvers()
    child.onExit(late.resolve)
    expect(await late.promise).toEqual({ code: null, signal: 'SIGKILL', stderr: 'bye' })
    expect(exits).toEqual([await late.promise])
    expect(asked).toEqual([
      {
        kind: 'child-start',
        child: 0,
        program: '/app/arm.js',
        args: ['x'],
        execArgv: [],
        env: { ...process.env, SOROBAN_GIVEN: 'here' },
      },
      {
        kind: 'child-start',
        child: 1,
        program: '/app/reader.js',
        args: [],
        execArgv: ['--max-old-space-size=64'],
        env: { ...process.env },
      },
      { kind: 'child-send', child: 0, message: { ids: Int32Array.of(1) } },
      { kind: 'child-kill', child: 0 },
    ])
  })
})

describe('parentChannel', () => {
  const portOwner = process as { parentPort?: unknown }
  afterEach(() => delete portOwner.parentPort)

  it('is the port of a utility process where there is one', () => {
    const listeners = new Map<string, (event: unknown) => void>()
    const posted: unknown[] = []
    const heard: unknown[] = []
    portOwner.parentPort = {
      postMessage: (message: unknown) => posted.push(message),
      on: (event: string, listener: (event: unknown) => void) => listeners.set(event, listener),
    }
    const parent = parentChannel()
    parent.send('up')
    parent.onMessage((message) => heard.push(message))
    parent.onClose(() => heard.push('closed'))
    listeners.get('message')?.({ data: { down: 1 }, ports: [] })
    listeners.get('close')?.(undefined)
    expect([posted, heard]).toEqual([['up'], [{ down: 1 }, 'closed']])
  })

  it('is missing in a program that was started by hand', () => {
    const run = (): Buffer => execFileSync(process.execPath, [ECHO], { stdio: 'pipe' })
    expect(run).toThrow(/started by Soroban, not by hand/)
  })
})

describe('siblingModule', () => {
  it('is the module beside the asking one, in the sources and in a build', () => {
    expect(siblingModule('arm-process', import.meta.url)).toBe(
      fileURLToPath(new URL('arm-process.ts', import.meta.url)),
    )
    expect(siblingModule('arm-process', 'file:///opt/a%20b/arm.js')).toBe('/opt/a b/arm-process.js')
  })
})
