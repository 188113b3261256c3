import { it, vi } from 'vitest'

import { openCompany } from '../cli/company.ts'

/** A journey opens the whole app, some of them twice; a busy machine takes its time. */
const JOURNEY_MS = 300_000
vi.setConfig({ testTimeout: JOURNEY_MS, hookTimeout: JOURNEY_MS })

/** A test with a company, which all tests of a file share. */
export const journey = it.extend('company', { scope: 'file' }, async ({}, { onCleanup }) => {
  const company = await openCompany()
  onCleanup(() => company[Symbol.asyncDispose]())
  return company
})
