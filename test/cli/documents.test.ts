import { createHash } from 'node:crypto'
import { cp, mkdir, mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import Encoding from 'encoding-japanese'
import { zipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'

import { errorLine } from '../../src/cli/commands/documents-words.ts'
import { corpusProcedures, type CorpusOverview } from '../../src/shared/contract/corpus.ts'
import { documentsProcedures, type DocumentsOverview } from '../../src/shared/contract/documents.ts'
import { AppError } from '../../src/shared/errors.ts'
import type { Locale } from '../../src/shared/messages/index.ts'
import { trainTokenizer, writeDocuments } from './company.ts'
import { type Said, sorobanHere } from './soroban-here.ts'
import { RunningSoroban } from './soroban.ts'

const TIMEOUT = 120_000
const FIXTURES = fileURLToPath(new URL('../fixtures/documents/', import.meta.url))

const RULES = Array.from(
  { length: 40 },
  (_, index) => `第${index + 1}条 設備番号 ${index * 37 + 11} の点検記録は ${index + 3} 年間保管する。`,
).join('\n')
const NEARLY_RULES = RULES.replace(/保管する。$/, '保管。')
const MEMO = '# 連絡\n\n担当は anzai@kitamigawa.example です。'
const ORDERS = 'no\tpart\n1\tseal kit'
const OFFER = 'We are pleased to offer the valves on these terms.'
const NOTE = 'Please find the note.'
const MAIL_BODY = 'The drawing is attached.'
/** As a mail program shows it. */
const MAIL_TEXT = `Subject: Drawing\nFrom: A <a@kitamigawa.example>\nTo: B <b@kitamigawa.example>\n\n${MAIL_BODY}`
const MAIL = [
  'Subject: Drawing',
  'From: A <a@kitamigawa.example>',
  'To: B <b@kitamigawa.example>',
  'MIME-Version: 1.0',
  'Content-Type: multipart/mixed; boundary="parts"',
  '',
  '--parts',
  'Content-Type: text/plain; charset=utf-8',
  '',
  MAIL_BODY,
  '--parts',
  'Content-Type: text/plain; charset=utf-8',
  'Content-Disposition: attachment; filename="note.txt"',
  '',
  NOTE,
  '--parts--',
  '',
].join('\r\n')

const shiftJis = (text: string): Uint8Array =>
  Uint8Array.from(Encoding.convert(Encoding.stringToCode(text), 'SJIS', 'UNICODE'))
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

let folder: string
let home: string
let documents: string
let first: Inspected
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'soroban-cli-documents-'))
  home = join(folder, 'home')
  documents = await writeDocuments(join(folder, 'documents'), {
    '規程/点検ガイド.txt': shiftJis(RULES),
    '規程/点検 改.txt': NEARLY_RULES,
    '連絡.md': MEMO,
    '連絡の写し.txt': MEMO,
    'offer.zip': zipSync({ 'letters/offer.txt': utf8(OFFER), 'orders.tsv': utf8(ORDERS) }),
    'drawing.eml': MAIL,
    'locked.pdf': await readFile(join(FIXTURES, 'pdf/encrypted.pdf')),
    'scan.png': await readFile(join(FIXTURES, 'picture/travel-ja.png')),
  })
  first = await inspect()
}, TIMEOUT)
afterAll(() => rm(folder, { recursive: true, force: true }))

const run = (args: readonly string[], lang: Locale = 'en', at = home): Promise<Said> =>
  sorobanHere(['documents', ...args, '--home', at], lang)

interface Inspected extends DocumentsOverview {
  readonly corpus: CorpusOverview | null
}

/** What `inspect --json` prints, which has the shapes of the contract and nothing else. */
async function inspect(args: readonly string[] = [], directory = documents, at = home): Promise<Inspected> {
  const { status, stdout } = await run(['inspect', directory, ...args, '--json'], 'en', at)
  const { corpus, ...overview } = JSON.parse(stdout) as Record<string, unknown>
  const inspected = {
    ...documentsProcedures['documents.inspect'].output.parse(overview),
    corpus: corpusProcedures['corpus.describe'].output.nullable().parse(corpus),
  }
  expect({ ...overview, corpus }).toEqual(inspected)
  expect(status).toBe(inspected.corpus === null ? 1 : 0)
  return inspected
}

const statesOf = ({ documents: entries }: Inspected): Record<string, string> =>
  Object.fromEntries(entries.map(({ name, state }) => [name, state]))

describe('documents inspect', () => {
  it(
    'prints a line for each document on stdout, apart by tabs, and the corpus in words on stderr',
    async () => {
      const { documents: entries, corpus } = first
      const near = entries.find(({ name }) => name === '規程/点検 改.txt')?.nearDuplicate
      // An estimate is never told as certainty.
      expect(near?.similarity).toBe(1)
      const percent = '99'
      const counted = [RULES, MEMO, OFFER, ORDERS, MAIL_TEXT, NOTE]
      const total = counted.join('').length
      const sizes = counted.map(({ length }) => length).sort((a, b) => a - b)
      const [ja, en] = await Promise.all([run(['inspect', documents], 'ja'), run(['inspect', documents])])
      expect(en).toEqual({
        status: 0,
        stdout: [
          `used\teml\t${MAIL_TEXT.length}\tdrawing.eml\tmail addresses 2`,
          `used\ttext\t${NOTE.length}\tdrawing.eml/note.txt`,
          'unreadable\t-\t-\tlocked.pdf\tit is protected by a password (PDF). Save it again without protection.',
          `used\ttext\t${OFFER.length}\toffer.zip/letters/offer.txt`,
          `used\ttsv\t${ORDERS.length}\toffer.zip/orders.tsv`,
          'unreadable\t-\t-\tscan.png\tit has no text (pages that are only pictures: 1). Turn text recognition (OCR) on.',
          `near-duplicate\ttext\t${NEARLY_RULES.length}\t規程/点検 改.txt\tnearly the same as 規程/点検ガイド.txt (similarity ${percent} %)`,
          `used\ttext\t${RULES.length}\t規程/点検ガイド.txt`,
          `used\tmarkdown\t${MEMO.length}\t連絡.md\tmail addresses 1`,
          `duplicate\ttext\t${MEMO.length}\t連絡の写し.txt\tthe same as 連絡.md, mail addresses 1`,
          '',
        ].join('\n'),
        stderr: [
          'With --ocr, pages without text and pictures are read by text recognition (OCR).',
          `Used         6 documents, ${total.toLocaleString('en')} characters`,
          'Not used     0 excluded, 1 duplicates, 1 near-duplicates, 2 unreadable',
          `Characters   ${total.toLocaleString('en')} in all; documents: 50 % up to ${sizes[2]}, 90 % up to ${RULES.length.toLocaleString('en')}, 99 % up to ${RULES.length.toLocaleString('en')}`,
          `Fingerprint  SHA-256 ${corpus?.sha256}`,
          '',
        ].join('\n'),
      })
      expect(ja.status).toBe(0)
      expect(ja.stdout.split('\n')).toEqual([
        `使用\teml\t${MAIL_TEXT.length}\tdrawing.eml\tメールアドレス 2`,
        `使用\ttext\t${NOTE.length}\tdrawing.eml/note.txt`,
        '読めない\t-\t-\tlocked.pdf\tパスワードで保護されています（PDF）。保護を外して保存し直してください。',
        `使用\ttext\t${OFFER.length}\toffer.zip/letters/offer.txt`,
        `使用\ttsv\t${ORDERS.length}\toffer.zip/orders.tsv`,
        '読めない\t-\t-\tscan.png\t文字情報がありません（画像だけのページ 1 ページ）。文字認識（OCR）を有効にしてください。',
        `ほぼ重複\ttext\t${NEARLY_RULES.length}\t規程/点検 改.txt\t「規程/点検ガイド.txt」とほぼ同じ（類似度 ${percent} %）`,
        `使用\ttext\t${RULES.length}\t規程/点検ガイド.txt`,
        `使用\tmarkdown\t${MEMO.length}\t連絡.md\tメールアドレス 1`,
        `重複\ttext\t${MEMO.length}\t連絡の写し.txt\t「連絡.md」と同じ、メールアドレス 1`,
        '',
      ])
      expect(ja.stderr).toBe(
        [
          '文字のないページや画像は、--ocr を付けると文字認識（OCR）で読みます。',
          `使う文書     6 件、${total.toLocaleString('ja')} 文字`,
          '使わない文書 除外 0 件、重複 1 件、ほぼ重複 1 件、読めない 2 件',
          `長さ（文字） 合計 ${total.toLocaleString('ja')}。文書の 50 % は ${sizes[2]} 以下、90 % は ${RULES.length.toLocaleString('ja')} 以下、99 % は ${RULES.length.toLocaleString('ja')} 以下`,
          `指紋         SHA-256 ${corpus?.sha256}`,
          '',
        ].join('\n'),
      )
    },
    TIMEOUT,
  )

  it(
    'gives the fingerprint of the texts: the same read again, from a copy of other names and times, without its cache',
    async () => {
      const texts = [MAIL_TEXT, NOTE, RULES, MEMO, OFFER, ORDERS]
      const fingerprint = sha256(texts.map(sha256).sort().join('\n'))
      expect([first.sha256, first.corpus?.sha256]).toEqual([fingerprint, fingerprint])
      expect(await inspect()).toEqual(first)

      const copy = join(folder, 'copy')
      await mkdir(copy)
      const files = [...new Set(first.documents.map(({ file }) => file))]
      for (const [index, file] of files.entries()) {
        // Sorted the other way round, and in one folder.
        const name = `${String(files.length - index).padStart(2, '0')} ${file.replaceAll('/', ' ')}`
        await cp(join(documents, file), join(copy, name))
        await utimes(join(copy, name), 86_400 * index, 86_400 * index)
      }
      const other = await inspect([], copy, join(folder, 'other home'))
      expect(other.documents.map(({ name }) => name)).not.toEqual(first.documents.map(({ name }) => name))
      expect([other.sha256, other.corpus?.sha256]).toEqual([fingerprint, fingerprint])

      await rm(join(home, 'cache'), { recursive: true })
      expect(await inspect()).toEqual(first)
    },
    TIMEOUT,
  )

  it(
    'leaves out what is excluded, and says so where there is no such document',
    async () => {
      const decomposed = '規程/点検ガイド.txt'.normalize('NFD')
      const excluded = ['offer.zip/orders.tsv', decomposed, 'offer.zip']
      const options = excluded.flatMap((name) => ['--exclude', name])
      const { status, stdout, stderr } = await run(['inspect', documents, ...options], 'ja')
      expect(status).toBe(0)
      const states = stdout.split('\n').map((line) => line.split('\t'))
      expect(states.filter(([state]) => state === '除外' || state === 'ほぼ重複')).toEqual([
        ['除外', 'tsv', String(ORDERS.length), 'offer.zip/orders.tsv'],
        ['除外', 'text', String(RULES.length), '規程/点検ガイド.txt'],
      ])
      expect(stderr).toContain(
        '--exclude に指定した offer.zip という文書はありません。documents inspect の一覧にある名前をそのまま指定してください。\n',
      )
      expect(stderr).toContain('\n使わない文書 除外 2 件、重複 1 件、ほぼ重複 0 件、読めない 2 件\n')
      expect(stderr.match(/--exclude/g)).toHaveLength(1)
    },
    TIMEOUT,
  )

  it(
    'keeps near-duplicates, together in one split, when told so',
    async () => {
      const kept = await inspect(['--near-duplicates', 'keep', '--purpose', 'tune', '--seed', '3'])
      expect(statesOf(kept)).toEqual({ ...statesOf(first), '規程/点検 改.txt': 'ready' })
      expect(kept.corpus?.seed).toBe(3)
      expect(kept.corpus?.splits.map(({ split }) => split)).toEqual(['held-out', 'tuning', 'validation'])
      expect(kept.corpus?.clusters).toEqual([
        ['drawing.eml', 'drawing.eml/note.txt'],
        ['規程/点検 改.txt', '規程/点検ガイド.txt'],
      ])
      for (const cluster of kept.corpus?.clusters ?? []) {
        const splits = kept.corpus?.splits.filter(({ names }) => cluster.some((name) => names.includes(name)))
        expect(splits).toHaveLength(1)
      }
    },
    TIMEOUT,
  )

  it(
    'counts tokens by each tokenizer once, names the model that has none, and shows a split for tuning',
    async () => {
      const tokenizer = await trainTokenizer(300)
      const models = ['first', 'second', 'without'].map((name) => join(folder, 'models', name))
      for (const model of models) await mkdir(model, { recursive: true })
      for (const model of models.slice(0, 2)) await writeFile(join(model, 'tokenizer.json'), tokenizer)
      const options = models.flatMap((model) => ['--model', model])
      const { status, stderr } = await run(['inspect', documents, ...options, '--purpose', 'tune'])
      expect(status).toBe(0)
      expect(stderr).toMatch(/^Tokens \(first, second\) {3}[\d,]+ in all; documents: 50 % up to \d+, /m)
      expect(stderr).toContain(
        `\nTokens (without)   File or folder not found: ${join(folder, 'models', 'without', 'tokenizer.json')}. Check the path.\n`,
      )
      expect(stderr).toMatch(
        /^Splits {7}held-out \d \([\d,]+ characters\), tuning \d \([\d,]+ characters\), validation \d \(/m,
      )
    },
    TIMEOUT,
  )

  it(
    'fails without a document to evaluate on, without the folder, and on words it does not know',
    async () => {
      const empty = join(folder, 'empty')
      await mkdir(empty)
      expect(await inspect([], empty)).toEqual({
        folder: empty,
        documents: [],
        characters: 0,
        sha256: null,
        corpus: null,
      })
      const missing = join(folder, 'missing')
      const file = join(documents, '連絡.md')
      expect(
        await Promise.all([
          run(['inspect', empty], 'ja'),
          run(['inspect', missing]),
          run(['inspect', file]),
          run(['inspect', documents, '--near-duplicates', 'some']),
          run(['inspect']),
        ]),
      ).toEqual([
        { status: 1, stdout: '', stderr: '評価に使える文書がありません。\n' },
        { status: 1, stdout: '', stderr: `File or folder not found: ${missing}. Check the path.\n` },
        {
          status: 1,
          stdout: '',
          stderr: `${file} is not a folder. Give the folder that holds the documents.\n`,
        },
        { status: 2, stdout: '', stderr: expect.stringContaining('near-duplicates') },
        { status: 2, stdout: '', stderr: expect.stringContaining('DIR') },
      ])
    },
    TIMEOUT,
  )
})

describe('what an error says of a file', () => {
  it('gives a terminal no orders', () => {
    const error = new AppError('documents/damaged', {
      name: 'a.docx',
      type: 'DOCX',
      part: 'word/\u001b[2J\r\nx',
    })
    expect(errorLine(error, 'en')).toBe(
      'a.docx was skipped: it is damaged as DOCX (word/ [2J x). Get it again from the original.',
    )
  })
})

const textsSchema = z.strictObject({
  documents: z.array(z.looseObject({ name: z.string(), text: z.string(), format: z.string() })),
  skipped: z.array(z.strictObject({ name: z.string(), code: z.string(), message: z.string() })),
})

describe('documents text', () => {
  it(
    'prints the text as it is scored, of all that lies in the file or of one document inside',
    async () => {
      const path = (name: string): string => join(documents, name)
      expect(
        await Promise.all([
          run(['text', path('規程/点検ガイド.txt')]),
          run(['text', path('offer.zip')], 'ja'),
          run(['text', path('offer.zip')]),
          run(['text', path('offer.zip/orders.tsv')]),
          run(['text', path('offer.zip/letters')]),
          run(['text', path('drawing.eml/note.txt')]),
        ]),
      ).toEqual([
        { status: 0, stdout: `${RULES}\n`, stderr: '' },
        {
          status: 0,
          stdout: `${OFFER}\n${ORDERS}\n`,
          stderr: '―― offer.zip/letters/offer.txt\n―― offer.zip/orders.tsv\n',
        },
        {
          status: 0,
          stdout: `${OFFER}\n${ORDERS}\n`,
          stderr: '-- offer.zip/letters/offer.txt\n-- offer.zip/orders.tsv\n',
        },
        { status: 0, stdout: `${ORDERS}\n`, stderr: '' },
        { status: 0, stdout: `${OFFER}\n`, stderr: '' },
        { status: 0, stdout: `${NOTE}\n`, stderr: '' },
      ])
    },
    TIMEOUT,
  )

  it(
    'gives texts and reasons as JSON, without what only finds near-copies',
    async () => {
      const read = await run(['text', join(documents, 'offer.zip'), '--json'])
      const { documents: found, skipped } = textsSchema.parse(JSON.parse(read.stdout))
      expect(found.map(({ name, format, text }) => [name, format, text])).toEqual([
        ['offer.zip/letters/offer.txt', 'text', OFFER],
        ['offer.zip/orders.tsv', 'tsv', ORDERS],
      ])
      expect(found.some((document) => 'sketch' in document)).toBe(false)
      expect([read.status, read.stderr, skipped]).toEqual([0, '', []])
      const locked = await run(['text', join(documents, 'locked.pdf'), '--json'], 'ja')
      expect([locked.status, locked.stderr, textsSchema.parse(JSON.parse(locked.stdout))]).toEqual([
        1,
        '',
        {
          documents: [],
          skipped: [
            {
              name: 'locked.pdf',
              code: 'documents/encrypted',
              message:
                'locked.pdf を除外しました: パスワードで保護されています（PDF）。保護を外して保存し直してください。',
            },
          ],
        },
      ])
    },
    TIMEOUT,
  )

  it(
    'says what is wrong with what cannot be read, and how to turn recognition on',
    async () => {
      const path = (name: string): string => join(documents, name)
      const zip = path('offer.zip')
      expect(
        await Promise.all([
          run(['text', path('locked.pdf')], 'ja'),
          run(['text', path('scan.png')]),
          run(['text', documents], 'ja'),
          run(['text', path('missing/offer.txt')]),
          run(['text', join(zip, 'missing.txt')]),
          run(['text']),
        ]),
      ).toEqual([
        {
          status: 1,
          stdout: '',
          stderr:
            'locked.pdf を除外しました: パスワードで保護されています（PDF）。保護を外して保存し直してください。\n',
        },
        {
          status: 1,
          stdout: '',
          stderr:
            'scan.png was skipped: it has no text (pages that are only pictures: 1). Turn text recognition (OCR) on.\n' +
            'With --ocr, pages without text and pictures are read by text recognition (OCR).\n',
        },
        {
          status: 1,
          stdout: '',
          stderr: `${documents} はファイルではありません。一つのファイルを指定してください。\n`,
        },
        {
          status: 1,
          stdout: '',
          stderr: `File or folder not found: ${path('missing/offer.txt')}. Check the path.\n`,
        },
        {
          status: 1,
          stdout: '',
          stderr: `${zip} holds no document offer.zip/missing.txt. Read the documents again.\n`,
        },
        { status: 2, stdout: '', stderr: expect.stringContaining('FILE') },
      ])
    },
    TIMEOUT,
  )

  it(
    'stops at once on Ctrl-C, and takes its reading process with it',
    async () => {
      const args = ['documents', 'text', join(documents, 'scan.png'), '--ocr']
      const running = new RunningSoroban(args, { home: join(folder, 'stopped') })
      await running.until(() => running.members.length > 1 || undefined)
      running.killGroup('SIGINT')
      expect(await running.finished).toMatchObject({ status: 130, stdout: '' })
      await running.gone()
    },
    TIMEOUT,
  )
})
