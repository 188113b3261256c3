/**
 * Character error rate of every reader against files whose text is known, by format and language. Prints a table; `--write` puts it
 * into docs/documents.md and docs/documents.ja.md; `--ocr` reads the scanned files too, which takes minutes. Exits with
 * 1 when a row of the table exceeds its limit.
 */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

import { writeFileAtomically } from '../src/engine/kernel/files.ts'
import { fidelityRows, fidelityTable, fixtureSet, measureFidelity, needsOcr } from './support/fidelity.ts'

const FIDELITY_TABLE = /<!-- fidelity -->[\s\S]*<!-- \/fidelity -->/

const { values } = parseArgs({
  options: { ocr: { type: 'boolean', default: false }, write: { type: 'boolean', default: false } },
})
if (values.write && !values.ocr) throw new Error('--write needs --ocr: the table has the scanned files too')

const entries = fixtureSet()
const files = await measureFidelity(
  entries.filter((entry) => !needsOcr(entry)),
  false,
)
if (values.ocr) files.push(...(await measureFidelity(entries.filter(needsOcr), true)))

for (const { entry, edits, characters, problems } of files) {
  if (edits / characters > entry.maxCer) console.log(`${entry.file}: ${edits} of ${characters}`)
  for (const problem of problems) console.log(problem)
}
const rows = fidelityRows(files)
const table = fidelityTable(rows)
console.log(table)
if (values.write) {
  for (const name of ['documents.md', 'documents.ja.md']) {
    const page = fileURLToPath(new URL(`../docs/${name}`, import.meta.url))
    const text = readFileSync(page, 'utf8')
    if (!FIDELITY_TABLE.test(text)) throw new Error(`${name} has no place for the table`)
    await writeFileAtomically(
      page,
      text.replace(FIDELITY_TABLE, () => `<!-- fidelity -->\n\n${table}\n\n<!-- /fidelity -->`),
    )
  }
}
if (rows.some(({ cer, maxCer }) => cer > maxCer)) process.exitCode = 1
