import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

import { expect, test } from 'vitest'

const START = join(import.meta.dirname, '..', '..', 'scripts', 'start.ts')

test('npm start without Electron says in both languages how to go on', () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [START], {
    encoding: 'utf8',
    env: { ...process.env, ELECTRON_EXEC_PATH: '/nowhere/electron' },
  })
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
  expect(stderr).toContain('デスクトップ版を起動できません')
  expect(stderr).toContain('The desktop window cannot open')
  expect(stderr.match(/npm run serve/g)).toHaveLength(2)
})
