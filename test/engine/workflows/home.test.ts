import { expect, it } from 'vitest'

import { resolveThreads } from '../../../src/engine/index.ts'
import { childrenOf } from '../../fixtures/processes.ts'

it('takes the threads asked for, else one for each physical core, for which the machine is asked once', async () => {
  expect(await resolveThreads(3)).toBe(3)
  const first = resolveThreads(undefined)
  expect(childrenOf(process.pid)).not.toEqual([])
  const cores = await first
  expect(cores).toBeGreaterThan(0)
  const before = childrenOf(process.pid)
  const again = resolveThreads(undefined)
  expect(childrenOf(process.pid).filter((pid) => !before.includes(pid))).toEqual([])
  expect(await again).toBe(cores)
})
