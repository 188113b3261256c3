import { join } from 'node:path'
import { expect, it } from 'vitest'

import { databasePathIn, sorobanHome } from '../../../src/engine/store/index.ts'

const homeFolder = '/home/me'

it.each([
  ['an override wins', { SOROBAN_HOME: '/data/s' }, 'win32', '/data/s'],
  [
    'an empty override does not',
    { SOROBAN_HOME: '' },
    'linux',
    join(homeFolder, '.local', 'share', 'soroban'),
  ],
  ['Linux, XDG', { XDG_DATA_HOME: '/xdg' }, 'linux', join('/xdg', 'soroban')],
  ['macOS', {}, 'darwin', join(homeFolder, 'Library', 'Application Support', 'Soroban')],
  ['Windows', { LOCALAPPDATA: '/local' }, 'win32', join('/local', 'Soroban')],
  ['Windows, bare', {}, 'win32', join(homeFolder, 'AppData', 'Local', 'Soroban')],
] as const)('%s', (_name, environment, platform, expected) => {
  expect(sorobanHome({ environment, platform, homeFolder })).toBe(expected)
})

it('keeps the database in the home', () => {
  expect(databasePathIn('/data/s')).toBe(join('/data/s', 'soroban.db'))
})
