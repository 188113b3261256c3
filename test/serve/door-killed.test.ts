/** The door's own process is killed in the middle of a run: nothing that it started stays behind. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

import { afterEach, beforeEach, expect, it } from 'vitest'
import { WebSocket } from 'ws'

import { CallClient } from '../../src/rpc/call-client.ts'
import { ensureBuilt } from '../journeys/build-app.ts'
import { descendantsOf } from '../journeys/processes.ts'
import { until } from '../journeys/until.ts'

const CLI = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url))

let home: string
let door: ChildProcess | undefined
beforeEach(async () => {
  ensureBuilt()
  home = await mkdtemp(join(tmpdir(), 'soroban-killed-'))
}, 180_000)
afterEach(async () => {
  door?.kill('SIGKILL')
  await rm(home, { recursive: true, force: true })
})

/** Opens a link as a browser does, and calls as its page does. */
async function enter(link: string): Promise<CallClient> {
  const { host, origin } = new URL(link)
  const { headers } = await fetch(link, { redirect: 'manual' })
  const cookie = headers.get('set-cookie')?.split(';')[0] ?? ''
  const socket = new WebSocket(`ws://${host}/rpc`, { headers: { cookie, origin } })
  const client = new CallClient((message) => socket.send(JSON.stringify(message)))
  socket.on('message', (content: Buffer) => client.receive(JSON.parse(String(content))))
  await once(socket, 'open')
  return client
}

const isArm = (pid: number): boolean =>
  existsSync(`/proc/${pid}/cmdline`) && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('arm-process')

it('the engine and its arms end with a door that was killed', async () => {
  const started = spawn(process.execPath, [CLI, 'serve', '--port', '0', '--home', home], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  door = started
  const exited = once(started, 'exit')
  const [link] = await Promise.race([once(createInterface({ input: started.stdout }), 'line'), exited])
  const client = await enter(String(link))
  const { folder: project } = await client.call('projects.sample', {})
  await client.call('runs.start', { project, locale: 'ja' })
  const processes = await until(() => {
    const pids = descendantsOf(started.pid ?? 0)
    return pids.some(isArm) ? pids : null
  })

  started.kill('SIGKILL')
  await exited
  await until(() => (processes.some((pid) => existsSync(`/proc/${pid}`)) ? null : true))
  expect(processes.length).toBeGreaterThan(1)
})
