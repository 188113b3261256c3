import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'

import { tryLock } from '../../../src/engine/store/index.ts'

it('has one holder at a time and is free again when disposed', () => {
  const folder = mkdtempSync(join(tmpdir(), 'soroban-lock-'))
  const path = join(folder, 'deep', 'run.lock')
  const first = tryLock(path, 0)
  expect(first).not.toBeNull()
  expect(tryLock(path, 0)).toBeNull()
  first?.[Symbol.dispose]()
  const second = tryLock(path, 0)
  expect(second).not.toBeNull()
  second?.[Symbol.dispose]()
  rmSync(folder, { recursive: true })
})
