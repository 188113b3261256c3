import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

import { afterAll, beforeAll, expect, it } from 'vitest'

import { AppError } from '../../src/shared/errors.ts'
import { ensureBuilt } from './build-app.ts'
import { engineBelow } from './processes.ts'
import { until } from './until.ts'

const CLI = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url))

const TIMEOUT = 300_000

let home: string
beforeAll(async () => {
  ensureBuilt()
  home = await mkdtemp(join(tmpdir(), 'soroban-serve-'))
}, TIMEOUT)
afterAll(() => rm(home, { recursive: true, force: true }))

/** The command in a process of its own, with the lines it prints to stdout as they come. */
function serve(...options: string[]) {
  const child = spawn(process.execPath, [CLI, 'serve', '--home', home, '--lang', 'en', ...options], {
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  let told = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (told += text))
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  return {
    child,
    nextLine: async () => (await lines.next()).value as string | undefined,
    exit: once(child, 'close').then(([status]) => ({ status: status as number | null, told })),
  }
}

it('prints links to stdout, a fresh one for Enter and for SIGHUP, and ends in order on Ctrl-C', async () => {
  const { child, nextLine, exit } = serve('--port', '0')
  const link = /^http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{43}$/
  const first = (await nextLine()) ?? ''
  expect(first).toMatch(link)
  child.stdin.write('\n')
  const second = (await nextLine()) ?? ''
  expect(second).toMatch(link)
  child.kill('SIGHUP')
  const third = (await nextLine()) ?? ''
  expect(third).toMatch(link)
  expect(new Set([first, second, third]).size).toBe(3)
  const visits = await Promise.all(
    [first, second, third].map((address) => fetch(address, { redirect: 'manual' })),
  )
  expect(visits.map(({ status }) => status)).toEqual([401, 401, 303])

  const engine = await until(() => engineBelow(child.pid ?? 0))
  const { port } = new URL(first)
  const rival = await serve('--port', port).exit
  expect([rival.status, rival.told]).toEqual([
    1,
    `${new AppError('serve/port-taken', { port }).localized('en')}\n`,
  ])

  child.kill('SIGINT')
  expect(await exit).toEqual({
    status: 0,
    told: [
      'Open the link above in a browser. It works once, within 10 minutes.',
      'Press Enter for a new link, Ctrl-C to stop.',
      'Stopping. Work in progress is ended; what is finished is kept.',
      'Stopped. A run that was in progress can be resumed from the Runs view the next time.',
      '',
    ].join('\n'),
  })
  expect(() => process.kill(engine, 0)).toThrow('ESRCH')
  expect(await nextLine()).toBeUndefined()
})

it('warns where other machines can connect', async () => {
  const { child, nextLine, exit } = serve('--port', '0', '--host', '0.0.0.0', '--allow-host', 'gpu-7')
  expect(await nextLine()).toMatch(/^http:\/\/gpu-7:\d+\//)
  child.kill('SIGINT')
  const { status, told } = await exit
  expect(status).toBe(0)
  expect(told).toMatch(/^Warning {2}Other machines can connect \(0\.0\.0\.0\)/)
})
