import { execFileSync } from 'node:child_process'
import { afterAll, beforeAll, expect, it } from 'vitest'

import { type Company, openCompany } from './company.ts'
import { readResults } from './results.ts'
import { soroban } from './soroban.ts'

/** A network namespace of its own, with not one interface up. */
const OFFLINE = ['unshare', '--user', '--map-root-user', '--net']

let company: Company
beforeAll(async () => {
  company = await openCompany()
})
afterAll(() => company[Symbol.asyncDispose]())

it('poc runs where there is no network at all, with --gate passed by a baseline that is its own candidate', async () => {
  const [unshare = '', ...words] = OFFLINE
  const script = 'console.log(Object.keys(require("node:os").networkInterfaces()).length)'
  expect(execFileSync(unshare, [...words, process.execPath, '-e', script], { encoding: 'utf8' })).toBe('0\n')

  const { home, documents, baseline, path } = company
  const out = path('out')
  const { status, stderr } = await soroban(
    ['poc', '--documents', documents, '--baseline', baseline, '--candidate', baseline].concat([
      '--out',
      out,
      '--contexts',
      '64',
      '--threads',
      '1',
      '--gate',
    ]),
    { home, wrapper: OFFLINE },
  )
  expect(stderr).toContain('quality kept')
  expect(status).toBe(0)
  const { comparisons } = await readResults(out)
  expect(comparisons.find(({ metric }) => metric === 'nll')).toMatchObject({ verdict: 'kept' })
}, 300_000)
