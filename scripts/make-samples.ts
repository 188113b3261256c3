/**
 * Makes the sample documents of resources/samples out of scripts/samples/sources: the files of a company in the formats
 * in which a company has them. For developers; the committed files are the product's. It needs LibreOffice with Writer,
 * Calc and Impress, Chromium, Python 3, iconv and the Noto CJK fonts; without them it stops and changes nothing.
 */
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

import { writeMail, type Mail } from './document-fixtures/mails.ts'
import { encode } from './document-fixtures/plain-texts.ts'
import type { Block } from './office/blocks.ts'
import { flatSheets } from './office/flat-sheets.ts'
import { flatSlides } from './office/flat-slides.ts'
import { flatText } from './office/flat-text.ts'
import { parseMarkdown } from './office/markdown.ts'
import { Soffice } from './office/soffice.ts'
import { parsePlainText } from './samples/plain-text.ts'
import { SAMPLES, type Sample } from './samples/samples.ts'
import { sheetOf } from './samples/sheet-of.ts'
import { slidesOf } from './samples/slides-of.ts'

const SOURCES = fileURLToPath(new URL('samples/sources', import.meta.url))
const TARGET = fileURLToPath(new URL('../resources/samples', import.meta.url))

const scratch = mkdtempSync(path.join(os.tmpdir(), 'soroban-samples-'))
const made = path.join(scratch, 'made')
try {
  using office = new Soffice()
  for (const sample of SAMPLES) mkdirSync(path.dirname(path.join(made, sample.file)), { recursive: true })
  convert(
    SAMPLES.filter(({ how }) => how === 'office' || how === 'attachment'),
    office,
  )
  for (const sample of SAMPLES) make(sample)
  rmSync(TARGET, { recursive: true, force: true })
  for (const { file, how } of SAMPLES)
    if (how !== 'attachment') cpSync(path.join(made, file), path.join(TARGET, file), { recursive: true })
} finally {
  rmSync(scratch, { recursive: true, force: true })
}

/** All of one format at once: starting LibreOffice takes longer than converting. */
function convert(samples: readonly Sample[], office: Soffice): void {
  const formats = Map.groupBy(samples, ({ file }) => path.extname(file).slice(1))
  for (const [format, group] of formats) {
    const folders = Map.groupBy(group, ({ file }) => path.dirname(file))
    for (const [folder, members] of folders) {
      const flat = members.map((sample) => {
        const { content, ending } = flatOf(sample)
        const file = path.join(scratch, `${path.basename(sample.file, `.${format}`)}.${ending}`)
        writeFileSync(file, content)
        return file
      })
      office.convert(flat, format === 'rtf' ? 'rtf:Rich Text Format' : format, path.join(made, folder))
    }
  }
}

function flatOf(sample: Sample): { content: string; ending: string } {
  const text = sourceOf(sample)
  if (sample.file.endsWith('.xlsx'))
    return { content: flatSheets([sheetOf(text, sample.title)]), ending: 'fods' }
  if (sample.file.endsWith('.pptx'))
    return { content: flatSlides(slidesOf(parseMarkdown(text))), ending: 'fodp' }
  const english = sample.source.startsWith('english/')
  const layout = {
    title: sample.title,
    language: english ? 'en' : 'ja',
    font: sample.font ?? 'sans',
    header: `${english ? 'Kitamigawa Seiki Co., Ltd.' : '北見川精機株式会社'}\u3000${numberOf(text) ?? sample.title}`,
    footer: english ? 'Page' : sample.title,
  } as const
  return { content: flatText(blocksOf(sample, text), layout), ending: 'fodt' }
}

function blocksOf({ source }: Sample, text: string): Block[] {
  return source.endsWith('.md') ? parseMarkdown(text) : parsePlainText(text)
}

function make(sample: Sample): void {
  const target = path.join(made, sample.file)
  switch (sample.how) {
    case 'office':
    case 'attachment':
      return
    case 'as-is':
      writeFileSync(target, sourceOf(sample))
      return
    case 'shift-jis':
      writeFileSync(target, encode(sourceOf(sample).replaceAll('\n', '\r\n'), 'CP932'))
      return
    case 'print':
      print(path.join(SOURCES, sample.source), target)
      return
    case 'mail':
      writeFileSync(target, writeMail(mailOf(sample)))
  }
}

/** A page of the intranet, printed from the browser. */
function print(page: string, target: string): void {
  const options = ['--headless', '--no-sandbox', '--disable-gpu', '--no-pdf-header-footer']
  const profile = `--user-data-dir=${path.join(scratch, 'chromium')}`
  execFileSync('chromium', [...options, profile, `--print-to-pdf=${target}`, pathToFileURL(page).href], {
    stdio: 'ignore',
  })
}

function mailOf(sample: Sample): Mail {
  const text = sourceOf(sample)
  const end = text.indexOf('\n\n')
  const fields = new Map(
    text
      .slice(0, end)
      .split('\n')
      .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)] as const),
  )
  const field = (name: string): string => fields.get(name) ?? ''
  const addresses = (name: string): string[] =>
    field(name)
      .split('; ')
      .filter((address) => address !== '')
  const charset = sample.charset ?? 'utf-8'
  return {
    from: addresses('From'),
    to: addresses('To'),
    cc: addresses('Cc'),
    date: field('Date'),
    subject: field('Subject'),
    charset,
    transfer: charset === 'utf-8' ? 'base64' : '7bit',
    plain: text.slice(end + 2),
    attachments: (sample.attached ?? []).map(({ file, name, type }) => ({
      name,
      type,
      bytes: readFileSync(path.join(made, file)),
    })),
  }
}

function sourceOf({ source }: Sample): string {
  return readFileSync(path.join(SOURCES, source), 'utf8')
}

function numberOf(text: string): string | null {
  return (
    /(?:文書|規程|報告書|標準|契約)番号[\s：:|]*([^\s|（]+)|Document number: ([^,\n]+)/
      .exec(text)
      ?.slice(1)
      .find(Boolean) ?? null
  )
}
