import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

import { afterEach, expect, it, vi } from 'vitest'

import { packageRoot, resourcesFolder } from '../../../src/engine/kernel/package-root.ts'
import { packageVersion } from '../../../src/engine/kernel/version.ts'

afterEach(() => vi.unstubAllEnvs())

it('finds the package that the engine belongs to, its version and its resources', async () => {
  const root = join(import.meta.dirname, '..', '..', '..')
  const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string }
  expect(packageRoot()).toBe(root)
  expect(packageVersion()).toBe(manifest.version)
  expect(resourcesFolder()).toBe(join(root, 'resources'))
  expect(existsSync(resourcesFolder())).toBe(true)
})

it('takes the resources from where the packed application put them', () => {
  vi.stubEnv('SOROBAN_RESOURCES', '/opt/Soroban/resources')
  expect(resourcesFolder()).toBe('/opt/Soroban/resources')
})
