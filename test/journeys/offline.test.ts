import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

import { expect, it } from 'vitest'

import { ensureBuilt } from './build-app.ts'

const STORY = fileURLToPath(new URL('./offline-story.ts', import.meta.url))

/** A network namespace of its own, in which the loopback is the only interface: nothing else can be reached. */
const LOOPBACK_ONLY = [
  '--user',
  '--map-root-user',
  '--net',
  'sh',
  '-c',
  'ip link set lo up && exec "$@"',
  'sh',
]

it('the whole way to a report works where there is nothing but 127.0.0.1, and nothing else is asked for', async () => {
  ensureBuilt()
  const { stdout } = await promisify(execFile)('unshare', [...LOOPBACK_ONLY, process.execPath, STORY])
  expect(JSON.parse(stdout)).toEqual({
    interfaces: ['lo'],
    strayRequests: [],
    complaints: [],
    refused: '外部通信 0 件',
    verdicts: ['worse'],
    isReportShown: true,
  })
}, 300_000)
