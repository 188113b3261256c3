/**
 * Makes test/fixtures/documents/set: files in every format that is read, each with the text that a person reads in it
 * (`<file>.txt`) and a manifest. The committed files are the truth; this script documents how they came about, and
 * makes them anew when one is added. It needs LibreOffice, Chromium, Poppler, Python 3, iconv and the Noto CJK fonts.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

import { revisedContract, zipFolders } from './document-fixtures/archives.ts'
import { convertAll, type Fixture, type FixtureEntry } from './document-fixtures/fixture.ts'
import { budgetsBySheetJs, inspectionByExceljs } from './document-fixtures/foreign-workbooks.ts'
import { mails, outlookMessages } from './document-fixtures/mails.ts'
import { printedPages, rawPdfs, scans } from './document-fixtures/pdf-documents.ts'
import { pages, plainTexts, richText, tables } from './document-fixtures/plain-texts.ts'
import { presentations } from './document-fixtures/presentations.ts'
import { wordDocuments } from './document-fixtures/word-documents.ts'
import { workbooks } from './document-fixtures/workbooks.ts'
import { Soffice } from './office/soffice.ts'

const SET = fileURLToPath(new URL('../test/fixtures/documents/set', import.meta.url))

const folder = mkdtempSync(path.join(os.tmpdir(), 'soroban-fixtures-'))
try {
  using office = new Soffice()
  const workshop = { folder, office }
  const simple = [
    ...convertAll([...wordDocuments(), ...workbooks(), ...presentations()], workshop),
    ...printedPages(workshop),
    ...rawPdfs(),
    ...scans(workshop),
    ...plainTexts(),
    ...tables(),
    ...pages(),
    ...richText(),
    await inspectionByExceljs(),
    ...budgetsBySheetJs(),
    revisedContract(),
    ...outlookMessages(),
  ]
  write([...simple, ...mails(simple), ...zipFolders(simple)])
} finally {
  rmSync(folder, { recursive: true, force: true })
}

function write(fixtures: readonly Fixture[]): void {
  rmSync(SET, { recursive: true, force: true })
  mkdirSync(SET, { recursive: true })
  const sorted = fixtures.toSorted((a, b) => (a.file < b.file ? -1 : 1))
  for (const { file, bytes, text } of sorted) {
    writeFileSync(path.join(SET, file), bytes)
    writeFileSync(path.join(SET, `${file}.txt`), text)
  }
  const manifest = sorted.map(({ file, format, language, features, madeBy, maxCer }): FixtureEntry => ({
    file,
    format,
    language,
    features,
    madeBy,
    maxCer,
  }))
  writeFileSync(path.join(SET, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`)
  const total = sorted.reduce((sum, { bytes }) => sum + bytes.length, 0)
  process.stdout.write(`${sorted.length} files, ${(total / 2 ** 20).toFixed(1)} MiB\n`)
}
