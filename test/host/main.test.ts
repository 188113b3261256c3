import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, expect, it, vi } from 'vitest'

import { EngineHost } from './engine-host.ts'

let home: string
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'soroban-host-'))
})
afterAll(() => rm(home, { recursive: true }))

it('says that it is ready, then that it is alive, and ends with its parent', async () => {
  const host = await EngineHost.start(home)
  await vi.waitUntil(() => host.notices.length >= 3, { timeout: 30_000 })
  expect(host.notices.slice(0, 3)).toEqual([
    { kind: 'ready', pid: host.pid },
    { kind: 'heartbeat' },
    { kind: 'heartbeat' },
  ])
  host.disconnect()
  expect(await host.exited).toEqual({ code: 0, signal: null })
})

it('ends when it is told to, and fails what it was asked', async () => {
  const host = await EngineHost.start(home)
  const watching = host.call('jobs.watch', {})
  host.send({ kind: 'close' })
  await expect(watching).rejects.toMatchObject({ code: 'cancelled' })
  expect(await host.exited).toEqual({ code: 0, signal: null })
})

it('dies on what it did not expect, and says why', async () => {
  const host = await EngineHost.start(home)
  host.send({ kind: 'nonsense' })
  expect(await host.exited).toEqual({ code: 1, signal: null })
  expect(host.notices.at(-1)).toMatchObject({ kind: 'failed', error: { code: 'internal' } })
})

it('refuses to reach another machine, and tells', async () => {
  // Code inside the process that calls out with every message; the address is reserved for documentation.
  const calling = `
    import net from 'node:net'
    process.on('message', () => net.connect(81, '192.0.2.1').on('error', () => {}))`
  await using host = await EngineHost.start(home, {
    NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(calling)}`,
  })
  expect(await host.call('settings.read', {})).toMatchObject({ provider: 'cpu' })
  expect(host.notices.filter(({ kind }) => kind === 'outbound-refused')).toEqual([
    { kind: 'outbound-refused', target: '192.0.2.1:81' },
  ])
})
