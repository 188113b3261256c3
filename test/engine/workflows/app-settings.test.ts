import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, expect, it } from 'vitest'

import { readAppSettings, writeAppSettings } from '../../../src/engine/index.ts'
import { quietContext } from '../../../src/engine/kernel/run-context.ts'
import { failureOf } from '../../fixtures/app-error.ts'

const DEFAULTS = { locale: null, theme: 'system', provider: 'cpu', threads: null, tourDone: false }

const ctx = quietContext()
let home: string
const file = (): string => join(home, 'settings.json')

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'soroban-settings-'))
})
afterEach(() => rm(home, { recursive: true, force: true }))

it('has defaults, keeps what is changed and leaves the rest', async () => {
  expect(await readAppSettings(home, ctx)).toEqual(DEFAULTS)
  expect(await readdir(home)).toEqual([])
  expect(await writeAppSettings(home, { theme: 'dark', threads: 4 }, ctx)).toEqual({
    ...DEFAULTS,
    theme: 'dark',
    threads: 4,
  })
  const changed = await writeAppSettings(home, { threads: null, locale: 'en', theme: undefined }, ctx)
  expect(changed).toEqual({ ...DEFAULTS, theme: 'dark', locale: 'en' })
  expect(await readAppSettings(home, ctx)).toEqual(changed)
})

it('loses no change of many at once', async () => {
  await Promise.all([
    writeAppSettings(home, { theme: 'light' }, ctx),
    writeAppSettings(home, { locale: 'ja' }, ctx),
    writeAppSettings(home, { tourDone: true }, ctx),
  ])
  expect(await readAppSettings(home, ctx)).toEqual({
    ...DEFAULTS,
    theme: 'light',
    locale: 'ja',
    tourDone: true,
  })
})

it('takes defaults for fields that an older file does not have', async () => {
  await writeFile(file(), '{"schema":"soroban.settings/1","locale":"en"}')
  expect(await readAppSettings(home, ctx)).toEqual({ ...DEFAULTS, locale: 'en' })
})

it.each([
  '{"schema":"soroban.settings/1","theme":"blue"}',
  '{"schema":"soroban.settings/1","new":1}',
  '{}',
  '',
])('keeps the damaged file %s under another name and goes on with the defaults', async (content) => {
  await writeFile(file(), content)
  expect(await readAppSettings(home, ctx)).toEqual(DEFAULTS)
  const [kept, ...more] = await readdir(home)
  expect([kept, more]).toEqual([expect.stringMatching(/^settings\.damaged-\d{8}T\d{9}Z\.json$/), []])
  expect(await readFile(join(home, kept!), 'utf8')).toBe(content)
})

it('tells that a file cannot be read', async () => {
  await mkdir(file())
  expect(await failureOf(() => readAppSettings(home, ctx))).toEqual({
    code: 'file/unreadable',
    params: { path: file(), reason: 'EISDIR' },
  })
})
