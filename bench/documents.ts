/**
 * PDF pages per second over two processes that run with the flags of Soroban's readers, against pdftotext (poppler)
 * over two processes in the same run; the goal is 150 pages/s. Reads the PDFs of the folder named by the environment
 * variable SOROBAN_BENCH_PDFS; without it the fixtures of the tests, again and again.
 */
import { execFile, fork } from 'node:child_process'
import { once } from 'node:events'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

import { COLLECTING } from '../src/engine/documents/document-reader.ts'
import type { DocumentsSideAnswer } from './support/documents-side.ts'
import { benchOptions } from './support/options.ts'
import { markdownTable, printResult } from './support/result.ts'
import { compareSides } from './support/rounds.ts'

const GOAL = 150
const PROCESSES = 2
/** How often the fixtures are read: enough pages that starting the processes does not decide. */
const REPEATS = 60
const FIXTURES = fileURLToPath(new URL('../test/fixtures/documents/pdf/', import.meta.url))

const { quick, rounds, goal } = await benchOptions(5)
const folder = process.env['SOROBAN_BENCH_PDFS']
const shares = share(await pdfs(folder ?? FIXTURES, folder === undefined && !quick ? REPEATS : 1))
const { pages, characters } = await readShares()
console.log(`${shares.flat().length} PDFs, ${pages} pages, ${characters} characters`)

const figures = await compareSides(
  {
    readPdf: async () => await rate(readShares),
    pdftotext: async () => await rate(async () => await Promise.all(shares.map(popplerShare))),
  },
  rounds,
)
const speed = figures.median('readPdf')
console.log(
  markdownTable(
    ['reader', 'pages/s'],
    (['readPdf', 'pdftotext'] as const).map((side) => [side, figures.median(side).toFixed(0)]),
  ),
)
printResult({
  name: 'documents/pdf',
  value: speed,
  unit: 'pages/s',
  ratio: speed / GOAL,
  goal: goal('at-least', 1),
})
printResult({
  name: 'documents/pdf-vs-pdftotext',
  value: speed,
  unit: 'pages/s',
  ratio: figures.ratio('readPdf', 'pdftotext'),
  goal: null,
})

async function pdfs(path: string, repeats: number): Promise<readonly string[]> {
  const names = (await readdir(path, { recursive: true })).filter((name) => /\.pdf$/i.test(name)).sort()
  // The one with a password is there to be refused.
  const files = names.filter((name) => name !== 'encrypted.pdf').map((name) => join(path, name))
  if (files.length === 0) throw new RangeError(`${path} holds no PDF`)
  return Array.from({ length: repeats }, () => files).flat()
}

/** Every other file for each process. */
function share(files: readonly string[]): readonly (readonly string[])[] {
  return Array.from({ length: PROCESSES }, (_, process) =>
    files.filter((_file, index) => index % PROCESSES === process),
  )
}

async function rate(read: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await read()
  return (pages * 1000) / (performance.now() - started)
}

async function readShares(): Promise<DocumentsSideAnswer> {
  const answers = await Promise.all(shares.map(readShare))
  return {
    pages: answers.reduce((sum, answer) => sum + answer.pages, 0),
    characters: answers.reduce((sum, answer) => sum + answer.characters, 0),
  }
}

async function readShare(paths: readonly string[]): Promise<DocumentsSideAnswer> {
  const child = fork(fileURLToPath(new URL('./support/documents-side.ts', import.meta.url)), {
    execArgv: [...COLLECTING],
  })
  const ended = once(child, 'exit')
  const answered = Promise.race([
    once(child, 'message'),
    ended.then(([code]) => {
      throw new Error(`the reading process exited with ${code}`)
    }),
  ])
  child.send(paths)
  const [answer] = (await answered) as [DocumentsSideAnswer]
  await ended
  return answer
}

async function popplerShare(paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    await promisify(execFile)('pdftotext', [path, '-'], { maxBuffer: 2 ** 30 })
  }
}
