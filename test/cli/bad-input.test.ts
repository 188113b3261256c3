import { cp, mkdir, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { AppError } from '../../src/shared/errors.ts'
import { LOCALES } from '../../src/shared/messages/index.ts'
import { type Company, openCompany, trainTokenizer, writeDocuments } from './company.ts'
import {
  damagedCopy,
  tensorsOf,
  truncated,
  withConfig,
  withNaN,
  without,
  withText,
} from './damaged-models.ts'
import { filesBelow } from './results.ts'
import { type CommandLine, soroban, sorobanJson } from './soroban.ts'

const TIMEOUT = 120_000

let company: Company
beforeAll(async () => {
  company = await openCompany()
}, TIMEOUT)
afterAll(() => company[Symbol.asyncDispose]())

interface Refusal {
  /** What the user gets wrong. */
  readonly mistake: string
  /** Spoils what it must and gives the options of poc; those left out are right. */
  readonly prepare: () => Promise<PocOptions>
  /** What the user is told. */
  readonly told: (options: Required<PocOptions>) => AppError | Promise<AppError>
}

interface PocOptions {
  readonly documents?: string
  readonly baseline?: string
  readonly contexts?: string
  readonly provider?: string
  readonly out?: string
}

/** A refused command: its message in both languages, whole, alone, and nothing left behind. */
async function expectRefusal(
  args: readonly string[],
  told: readonly AppError[],
  options: Partial<CommandLine> = {},
): Promise<void> {
  const outcomes = await Promise.all(
    LOCALES.map((lang) => soroban(args, { home: company.home, lang, ...options })),
  )
  for (const [index, { status, stdout, stderr }] of outcomes.entries()) {
    const message = told.map((error) => `${error.localized(LOCALES[index]!)}\n`).join('')
    expect(stderr).toBe(message)
    expect([status, stdout]).toEqual([1, ''])
    expect(stderr).not.toMatch(/\{\w+\}|^\s+at /m) // No gap in the message, no stack.
  }
  expect(outcomes[0]?.stderr).not.toBe(outcomes[1]?.stderr)
}

async function expectPocRefusal({ prepare, told }: Refusal): Promise<void> {
  const out = company.path('refused')
  const options = {
    documents: company.documents,
    baseline: company.baseline,
    contexts: '64',
    provider: 'cpu',
    out,
    ...(await prepare()),
  }
  const { documents, baseline, contexts, provider } = options
  const inputs = ['--documents', documents, '--baseline', baseline, '--candidate', company.gqa]
  const settings = ['--contexts', contexts, '--provider', provider, '--out', options.out, '--threads', '1']
  await expectRefusal(['poc', ...inputs, ...settings], [await told(options)])
  expect(await filesBelow(out)).toEqual([])
}

const damaged =
  (name: string, spoil: (folder: string) => Promise<void>) => async (): Promise<PocOptions> => ({
    baseline: await damagedCopy(company.baseline, company.path('damaged', name), spoil),
  })

const fileMissing =
  (file: string) =>
  ({ baseline: folder }: Required<PocOptions>): AppError =>
    new AppError('models/file-missing', { folder, file })

const REFUSALS: readonly Refusal[] = [
  {
    mistake: 'a document folder that is not there',
    prepare: async () => ({ documents: company.path('nowhere') }),
    told: ({ documents }) => new AppError('file/not-found', { path: documents }),
  },
  {
    mistake: 'a document in place of a folder',
    prepare: async () => ({ documents: join(company.documents, '議事録.md') }),
    told: ({ documents }) => new AppError('documents/not-a-folder', { path: documents }),
  },
  {
    mistake: 'a model folder that is not there',
    prepare: async () => ({ baseline: company.path('models', 'nowhere') }),
    told: ({ baseline }) => new AppError('file/not-found', { path: baseline }),
  },
  {
    mistake: 'a folder that holds no model',
    prepare: async () => ({ baseline: company.documents }),
    told: ({ baseline }) => new AppError('models/not-a-model', { folder: baseline }),
  },
  {
    mistake: 'a model without config.json',
    prepare: damaged('no-config', without('config.json')),
    told: fileMissing('config.json'),
  },
  {
    mistake: 'a model without tokenizer.json',
    prepare: damaged('no-tokenizer', without('tokenizer.json')),
    told: fileMissing('tokenizer.json'),
  },
  {
    mistake: 'a model without weights',
    prepare: damaged('no-weights', without('model.safetensors')),
    told: fileMissing('model.safetensors'),
  },
  {
    mistake: 'weights cut short',
    prepare: damaged('truncated', truncated),
    told: async ({ baseline }) => {
      const file = join(baseline, 'model.safetensors')
      const last = (await tensorsOf(file)).sort((a, b) => b.end - a.end)[0]!
      const params = { file, tensor: last.name, needed: last.end, actual: last.end - 1 }
      return new AppError('models/weights-truncated', params)
    },
  },
  {
    mistake: 'weights of another shape than config.json tells',
    prepare: damaged('shapes', withConfig({ intermediate_size: 96 })),
    told: ({ baseline }) =>
      new AppError('models/weights-shape', {
        file: join(baseline, 'model.safetensors'),
        tensor: 'model.layers.0.mlp.gate_proj.weight',
        actual: '80, 48',
        expected: '96, 48',
      }),
  },
  {
    mistake: 'NaN weights',
    prepare: damaged('nan', withNaN('model.layers.1.mlp.up_proj.weight', 17)),
    told: ({ baseline }) =>
      new AppError('models/weights-not-finite', {
        file: join(baseline, 'model.safetensors'),
        tensor: 'model.layers.1.mlp.up_proj.weight',
        index: 17,
      }),
  },
  {
    mistake: 'an unsupported architecture',
    prepare: damaged('gemma', withConfig({ model_type: 'gemma2' })),
    told: ({ baseline }) =>
      new AppError('models/unsupported', {
        file: join(baseline, 'config.json'),
        field: 'model_type',
        value: '"gemma2"',
        supported: 'llama, mistral, qwen2, qwen3',
      }),
  },
  {
    mistake: 'a setting that is not supported',
    prepare: damaged('gelu', withConfig({ hidden_act: 'gelu_new' })),
    told: ({ baseline }) =>
      new AppError('models/unsupported', {
        file: join(baseline, 'config.json'),
        field: 'hidden_act',
        value: '"gelu_new"',
        supported: 'silu',
      }),
  },
  {
    mistake: 'a config.json that is no JSON',
    prepare: damaged('json', withText('config.json', '{"model_type": "llama",')),
    told: ({ baseline }) =>
      new AppError('file/not-json', { path: join(baseline, 'config.json'), line: 1, column: 24 }),
  },
  {
    mistake: 'a tokenizer with ids beyond the vocabulary of the model',
    prepare: async () => damaged('tokenizer', withText('tokenizer.json', await trainTokenizer(330)))(),
    told: ({ baseline }) =>
      new AppError('tokens/mismatch', {
        path: join(baseline, 'tokenizer.json'),
        largest: 329,
        modelVocabulary: 320,
      }),
  },
  {
    mistake: 'a context longer than the positions of the model',
    prepare: async () => ({ contexts: '64,512' }),
    told: () => new AppError('poc/context-beyond-positions', { context: 512, arm: 'mha', positions: 256 }),
  },
  {
    mistake: 'a context too short to be measured',
    prepare: async () => ({ contexts: '32,64' }),
    told: () => new AppError('poc/context-too-short', { context: 32, least: 64 }),
  },
  {
    mistake: 'a file for --out',
    prepare: async () => ({ out: join(company.documents, 'faq.html') }),
    told: ({ out }) => new AppError('poc/out-is-a-file', { path: out }),
  },
  {
    mistake: 'a place for --out below a file',
    prepare: async () => ({ out: join(company.documents, 'faq.html', 'out') }),
    told: ({ out }) => new AppError('file/unwritable', { path: out, reason: 'ENOTDIR' }),
  },
]

describe('poc refuses, in both languages, before anything is written', () => {
  for (const refusal of REFUSALS) it(refusal.mistake, () => expectPocRefusal(refusal), TIMEOUT)

  it(
    'a provider that is not there',
    async () => {
      const { home } = company
      const { runtime } = await sorobanJson<{ runtime: { providers: string[] } }>(['doctor'], { home })
      const available = runtime.providers.join(', ')
      const provider = ['cuda', 'dml'].find((name) => !runtime.providers.includes(name))!
      await expectPocRefusal({
        mistake: '',
        prepare: async () => ({ provider }),
        told: () => new AppError('runtime/provider-missing', { provider, available }),
      })
    },
    TIMEOUT,
  )

  it('and leaves no run, and no part of a graph', async () => {
    expect(await sorobanJson(['runs', 'list'], { home: company.home })).toEqual([])
    expect((await filesBelow(company.home)).filter((path) => /\.part\b|\.tmp\b/.test(path))).toEqual([])
  })
})

describe('documents', () => {
  it(
    'a folder without a document that can be read is refused; the message says why the first was not',
    async () => {
      const documents = company.path('only-empty')
      await writeDocuments(documents, { '空.txt': ' \n' })
      const nothing = company.path('nothing')
      await mkdir(nothing)
      const args = (folder: string): string[] => ['score', '--model', company.baseline, '--documents', folder]
      await expectRefusal(args(documents), [
        new AppError('documents/none', { path: documents, skipped: 1 }),
        new AppError('documents/empty', { name: '空.txt' }),
      ])
      await expectRefusal(args(nothing), [new AppError('documents/none', { path: nothing, skipped: 0 })])
    },
    TIMEOUT,
  )

  it(
    'what cannot be read is left out of the scores and named, with the reason',
    async () => {
      const documents = company.path('mixed')
      await writeDocuments(documents, {
        'good.txt': 'The pressure is checked every morning.',
        'empty.txt': '',
        'bytes.txt': Uint8Array.from({ length: 999 }, (_, index) => (index * 7919) % 251),
        'movie.webm': Uint8Array.of(0x1a, 0x45, 0xdf, 0xa3),
      })
      await symlink(documents, join(documents, 'loop'))
      const excluded = ['--exclude', 'empty.txt', '--exclude', 'god.txt']
      const args = [
        'score',
        '--model',
        company.baseline,
        '--documents',
        documents,
        '--threads',
        '1',
        ...excluded,
      ]
      const { home } = company
      const score = await sorobanJson<Score>(args, { home })
      expect(score.documents.map(({ name }) => name)).toEqual(['good.txt'])
      expect(score.skipped.map(({ name, code }) => [name, code])).toEqual([
        ['bytes.txt', 'documents/not-text'],
        ['empty.txt', 'documents/empty'],
        ['loop', 'documents/not-regular'],
        ['movie.webm', 'documents/unsupported-type'],
      ])
      const spoken = await soroban(args, { home, lang: 'ja' })
      expect(spoken.status).toBe(0)
      // What cannot be read is there all the same.
      expect(score.unknownExclusions).toEqual(['god.txt'])
      expect(spoken.stderr.match(/--exclude に指定した .* という文書はありません/g)).toEqual([
        '--exclude に指定した god.txt という文書はありません',
      ])
      for (const { name } of score.skipped)
        expect(spoken.stderr).toContain(`読み飛ばし  ${name}: ${name} を除外`)
    },
    TIMEOUT,
  )
})

interface Score {
  readonly documents: readonly { readonly name: string }[]
  readonly skipped: readonly Skipped[]
  readonly unknownExclusions: readonly string[]
}

interface Skipped {
  readonly name: string
  readonly code: string
}

describe('other places', () => {
  it(
    'a folder that is not empty for model export, and models that cannot be exported',
    async () => {
      const { baseline, documents } = company
      await expectRefusal(
        ['model', 'export', '--model', baseline, '--out', documents],
        [new AppError('models/folder-not-empty', { folder: documents })],
      )
      const out = company.path('exported')
      const tensor = 'lm_head.weight'
      const folder = company.path('damaged', 'nan-head')
      await damagedCopy(baseline, folder, withNaN(tensor, 3))
      await expectRefusal(
        ['model', 'export', '--model', folder, '--out', out],
        [
          new AppError('models/weights-not-finite', {
            file: join(folder, 'model.safetensors'),
            tensor,
            index: 3,
          }),
        ],
      )
      expect((await filesBelow(company.folder)).filter((path) => path.startsWith(out))).toEqual([])
    },
    TIMEOUT,
  )

  it(
    'a home that is a file, and a database that is not ours',
    async () => {
      const file = join(company.documents, 'faq.html')
      await expectRefusal(
        ['runs', 'list'],
        [new AppError('file/unwritable', { path: file, reason: 'EEXIST' })],
        {
          home: file,
        },
      )
      const home = company.path('spoilt-home')
      await mkdir(home)
      const path = join(home, 'soroban.db')
      await writeFile(path, 'not a database, and long enough to be taken for one'.repeat(40))
      await expectRefusal(
        ['runs', 'list'],
        [new AppError('store/corrupt', { path, reason: 'file is not a database' })],
        { home },
      )
      await rm(home, { recursive: true })
      await cp(company.documents, home, { recursive: true })
      expect(await sorobanJson(['runs', 'list'], { home })).toEqual([])
    },
    TIMEOUT,
  )
})
