import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { AppError } from '../../src/shared/errors.ts'
import { type Company, openCompany } from './company.ts'
import { soroban } from './soroban.ts'

const TIMEOUT = 300_000

let company: Company
beforeAll(async () => {
  company = await openCompany()
}, TIMEOUT)
afterAll(() => company[Symbol.asyncDispose]())

const poc = ({ documents, baseline, gqa }: Company, out: string): string[] =>
  ['poc', '--documents', documents, '--baseline', baseline, '--candidate', gqa].concat([
    '--out',
    out,
    '--contexts',
    '64',
    '--threads',
    '1',
  ])

/**
 * Runs a shell script around the command line ("$@") in a mount namespace of its own, with a real, small file system
 * at `folder`. It vanishes with the script.
 */
const onSmallDisk = (folder: string, kibibytes: number, script: string): readonly string[] => [
  'unshare',
  ...['--user', '--map-root-user', '--mount'],
  ...['sh', '-c', `set -e; mount -t tmpfs -o size=${kibibytes}k tmpfs "$0"; ${script}`, folder],
]

/** Resumes the only run; "$1" "$2" are node and the program. */
const RESUME = `"$1" "$2" runs resume "$("$1" "$2" runs list --json | sed -n 's/.*"id": "\\(.*\\)".*/\\1/p')"`

describe('a full disk', () => {
  it(
    'at --out: one message, nothing half-written; the finished run is written once there is room',
    async () => {
      const { home } = company
      const out = company.path('out')
      await mkdir(out)
      const script = [
        'status=0; "$@" || status=$?; echo "first $status"; ls -A "$0" | wc -l',
        'mount -o remount,size=4096k "$0"',
        RESUME,
        'ls "$0"',
      ].join('; ')
      const finished = await soroban(poc(company, out), { home, wrapper: onSmallDisk(out, 8, script) })
      expect(finished.stderr).toContain(
        `${new AppError('file/disk-full', { path: join(out, 'results.json') }).localized('en')}\n`,
      )
      expect(finished.stderr).not.toMatch(/^\s+at /m)
      expect(finished.stdout.split('\n')).toEqual(['first 1', '0', 'report.xlsx', 'results.json', ''])
      expect(finished.status).toBe(0)
    },
    TIMEOUT,
  )

  it(
    'at home, while graphs are built: one message, nothing half-written',
    async () => {
      const home = company.path('small-home')
      await mkdir(home)
      // What was read of the documents by then is whole, and may stay.
      const unfinished = 'find "$0" -type f \\( -path "*/graphs/*" -o -path "*.part*" \\)'
      const script = `status=0; "$@" || status=$?; ${unfinished} | wc -l; exit $status`
      const out = company.path('never')
      const finished = await soroban(poc(company, out), {
        home,
        lang: 'ja',
        wrapper: onSmallDisk(home, 64, script),
      })
      expect(finished.stderr).toMatch(/^ディスクの空きが足りません: .*small-home.*\n$/)
      expect([finished.status, finished.stdout]).toEqual([1, '0\n'])
    },
    TIMEOUT,
  )

  it(
    'at home, while samples are recorded: the run fails with that message and is resumed once there is room',
    async () => {
      const home = company.path('filling-home')
      const out = company.path('resumed')
      await mkdir(home)
      // Stopped when some samples are in the database's log; then what is left of the disk is filled.
      const script = [
        ': >"$0.log"; "$@" 2>"$0.log" & pid=$!',
        'size() { stat -c %s "$0/soroban.db-wal"; }',
        'until grep -q started "$0.log"; do :; done; before=$(size)',
        'until [ $(size) -gt $((before + 40000)) ]; do :; done; kill -STOP $pid',
        'cat /dev/zero >"$0/ballast" 2>/dev/null || true',
        'kill -CONT $pid; status=0; wait $pid || status=$?; echo "first $status"; grep -v -e █ -e ░ "$0.log"',
        'rm "$0/ballast"',
        RESUME,
      ].join('; ')
      const finished = await soroban(poc(company, out), { home, wrapper: onSmallDisk(home, 16_384, script) })
      const { stdout, stderr, status } = finished
      expect(stdout).toMatch(
        /^first 1\nRun \S+ started\..*\nThe disk is full while writing .*soroban\.db\. .*\n$/,
      )
      expect(stderr).toMatch(/^Run \S+ resumed\.\nVerdict /)
      expect(status).toBe(0)
    },
    TIMEOUT,
  )
})
