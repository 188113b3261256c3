import { spawn } from 'node:child_process'
import { EventEmitter, once } from 'node:events'

import { expect, test, vi } from 'vitest'

const { fork } = vi.hoisted(() => ({ fork: vi.fn() }))
vi.mock('electron', () => ({ utilityProcess: { fork } }))

const { startUtilityProgram } = await import('../../src/main/utility-program.ts')

class FakeUtility extends EventEmitter {
  pid: number | undefined
  readonly stderr = null
  kill = vi.fn()
}

test('a program that is ended before it has come up does not stay behind', async () => {
  const utility = new FakeUtility()
  fork.mockReturnValue(utility)
  const program = startUtilityProgram('/app/arm-process.js', { name: 'Soroban arm', env: {} })
  program.kill()

  const comingUp = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' })
  const ended = once(comingUp, 'exit')
  await once(comingUp, 'spawn')
  utility.pid = comingUp.pid
  utility.emit('spawn')
  expect(await ended).toEqual([null, 'SIGKILL'])
})
