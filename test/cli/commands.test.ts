import { readFile, writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { COMMANDS } from '../../src/cli/commands/index.ts'
import { GLOBAL_OPTIONS } from '../../src/cli/options.ts'
import { LOCALES, type Locale } from '../../src/shared/messages/index.ts'
import { type Company, openCompany } from './company.ts'
import { type Finished, RunningSoroban, soroban, sorobanJson } from './soroban.ts'

const TIMEOUT = 120_000

let company: Company
beforeAll(async () => {
  company = await openCompany()
}, TIMEOUT)
afterAll(() => company[Symbol.asyncDispose]())

const run = (args: readonly string[], lang: Locale = 'en'): Promise<Finished> =>
  soroban(args, { home: company.home, lang })
const json = <T>(args: readonly string[]): Promise<T> => sorobanJson<T>(args, { home: company.home })

interface Generated {
  readonly text: string
  readonly tokens: readonly number[]
  readonly promptTokens: number
  readonly stopped: string
  readonly ttftMs: number
}

describe('generate', () => {
  const PROMPT = '点検の記録は、'
  const generate = (...options: string[]): string[] => [
    ...['generate', '--model', company.baseline, '--threads', '1'],
    ...options,
  ]

  it(
    'streams the text that --json gives, whether the prompt comes as an option or from a file',
    async () => {
      const file = company.path('prompt.txt')
      await writeFile(file, `\ufeff${PROMPT}`)
      const options = ['--prompt', PROMPT, '--max-tokens', '48']
      const [told, streamed, fromFile] = await Promise.all([
        json<Generated>(generate(...options)),
        run(generate(...options), 'ja'),
        json<Generated>(generate('--prompt-file', file, '--max-tokens', '48')),
      ])
      expect(streamed.status).toBe(0)
      expect(streamed.stdout).toBe(`${told.text}\n`)
      expect(streamed.stderr).toMatch(
        new RegExp(`^入力 ${told.promptTokens} トークン.*生成 ${told.tokens.length} トークン.*\n$`),
      )
      expect([fromFile.text, fromFile.tokens]).toEqual([told.text, told.tokens])
      expect(told.tokens.length).toBe(48)
      expect(told.stopped).toBe('length')
      expect(told.ttftMs).toBeGreaterThan(0)
    },
    TIMEOUT,
  )

  it(
    'refuses more tokens than the model has positions, a prompt file that is not there, empty or not UTF-8',
    async () => {
      const [empty, foreign] = [company.path('empty.txt'), company.path('sjis.txt')]
      await writeFile(empty, ' \n')
      await writeFile(foreign, Uint8Array.of(0x93, 0x5f, 0x8c, 0x9f))
      const missing = company.path('missing.txt')
      const outcomes = await Promise.all([
        run(generate('--prompt', 'abc', '--max-tokens', '300')),
        run(generate('--prompt-file', missing)),
        run(generate('--prompt-file', company.documents)),
        run(generate('--prompt-file', empty)),
        run(generate('--prompt-file', foreign), 'ja'),
        run(generate()),
        run(generate('--prompt', 'abc', '--prompt-file', foreign)),
      ])
      expect(outcomes.map(({ status, stdout }) => [status, stdout])).toEqual([
        [1, ''],
        [1, ''],
        [1, ''],
        [2, ''],
        [2, ''],
        [2, ''],
        [2, ''],
      ])
      const [tooMany, ...rest] = outcomes.map(({ stderr }) => stderr)
      expect(tooMany).toMatch(/^3\d\d tokens exceed the 256 positions .*\n$/)
      expect(rest).toEqual([
        `File or folder not found: ${missing}. Check the path.\n`,
        expect.stringMatching(/^Cannot read .*documents \(EISDIR\)\..*\n$/),
        `The value of --prompt-file is not valid: ${empty} holds no text.\n`,
        `--prompt-file の値が正しくありません: ${foreign} は UTF-8 の文章ではありません。UTF-8 で保存し直してください。\n`,
        'Please give --prompt (text to continue).\n',
        'Unexpected argument: --prompt, --prompt-file. See soroban generate --help.\n',
      ])
    },
    TIMEOUT,
  )
})

describe('model', () => {
  it(
    'inspect tells heads, sizes and KV cache, as text and as JSON',
    async () => {
      const [facts, text] = await Promise.all([
        json<Record<string, unknown>>(['model', 'inspect', company.gqa]),
        run(['model', 'inspect', company.gqa], 'ja'),
      ])
      expect(facts).toMatchObject({
        layout: 'hf',
        name: 'gqa',
        family: 'llama',
        layers: 2,
        hiddenSize: 48,
        queryHeads: 4,
        kvHeads: 1,
        headDim: 16,
        vocabSize: 320,
        maxPositions: 256,
        kvBytesPerToken: 256,
        storedTypes: ['F32'],
      })
      expect(text.status).toBe(0)
      expect(text.stdout).toContain('クエリヘッド n_h 4、KVヘッド n_kv 1（4:1、MQA）')
      expect(text.stdout).toContain(String(facts['sha256']))
    },
    TIMEOUT,
  )

  it(
    'export writes an ONNX folder that inspect, generate and score take as they take the original',
    async () => {
      const out = company.path('exported', 'mha')
      const report = await json<{ folder: string; files: { name: string; bytes: number }[] }>([
        ...['model', 'export', '--model', company.baseline, '--out', out],
      ])
      expect(report.folder).toBe(out)
      const sizes = await Promise.all(
        report.files.map(async ({ name }) => (await readFile(`${out}/${name}`)).length),
      )
      expect(report.files.map(({ bytes }) => bytes)).toEqual(sizes)
      expect(report.files.map(({ name }) => name)).toEqual(
        expect.arrayContaining(['config.json', 'genai_config.json', 'onnx/model.onnx', 'tokenizer.json']),
      )

      const options = ['--prompt', 'Check the oil', '--max-tokens', '24', '--threads', '1']
      const documents = ['--documents', company.documents, '--threads', '1']
      interface Score {
        readonly total: { readonly nll: number }
      }
      const [facts, original, exported, before, after] = await Promise.all([
        json<Record<string, unknown>>(['model', 'inspect', out]),
        json<Generated>(['generate', '--model', company.baseline, ...options]),
        json<Generated>(['generate', '--model', out, ...options]),
        json<Score>(['score', '--model', company.baseline, ...documents]),
        json<Score>(['score', '--model', out, ...documents]),
      ])
      expect(facts).toMatchObject({ layout: 'onnx', kvHeads: 4, queryHeads: 4, kvBytesPerToken: 1024 })
      expect([exported.text, exported.tokens]).toEqual([original.text, original.tokens])
      // float32 throughout; another graph sums in another order.
      expect(after.total.nll).toBeCloseTo(before.total.nll, 5)
    },
    TIMEOUT,
  )
})

describe('doctor', () => {
  it(
    'tells what is there, as text and as JSON',
    async () => {
      interface Doctor {
        readonly machine: { readonly node: string; readonly cpu: { readonly model: string } }
        readonly runtime: { readonly driver: string; readonly version: string; readonly providers: string[] }
        readonly home: { readonly path: string; readonly writable: boolean }
      }
      const [report, text, unusable] = await Promise.all([
        json<Doctor>(['doctor']),
        run(['doctor'], 'ja'),
        run(['doctor', '--home', `${company.documents}/faq.html`]),
      ])
      expect(report.machine.node).toBe(process.versions.node)
      expect(report.runtime.providers).toContain('cpu')
      expect(report.home).toMatchObject({ path: company.home, writable: true })
      expect(text.status).toBe(0)
      for (const part of [report.machine.cpu.model, report.runtime.version, '外部への通信は行いません']) {
        expect(text.stdout).toContain(part)
      }
      expect(unusable.status).toBe(1)
      expect(unusable.stdout).toContain('cannot be written')
    },
    TIMEOUT,
  )
})

describe('help', () => {
  const JAPANESE = /[\u3040-\u30ff\u4e00-\u9fff]/

  it('has both languages for every command, argument and option', () => {
    for (const { summary, arguments: positional, options } of COMMANDS) {
      const texts = [
        summary,
        ...positional.map((argument) => argument.summary),
        ...Object.values({ ...GLOBAL_OPTIONS, ...options }).map((option) => option.summary),
      ]
      for (const { ja, en } of texts) {
        expect(ja).toMatch(JAPANESE)
        expect(en).toMatch(/[a-z]/)
        expect(en).not.toMatch(JAPANESE)
      }
    }
  })

  it(
    'is shown for every command, in Japanese and in English',
    async () => {
      for (const { path, summary, options, arguments: positional } of COMMANDS) {
        const shown = await Promise.all(LOCALES.map((lang) => run([...path, '--help'], lang)))
        for (const [index, { status, stdout, stderr }] of shown.entries()) {
          const locale = LOCALES[index]!
          expect([status, stderr]).toEqual([0, ''])
          expect(stdout.split('\n')[0]).toBe(summary[locale])
          expect(stdout).toContain(`soroban ${path.join(' ')}`)
          for (const argument of positional) expect(stdout).toContain(argument.summary[locale])
          for (const [name, option] of Object.entries({ ...GLOBAL_OPTIONS, ...options })) {
            expect(stdout).toMatch(new RegExp(`^ {2}--${name}\\b`, 'm'))
            expect(stdout).toContain(option.summary[locale])
          }
        }
      }
    },
    2 * TIMEOUT,
  )

  it(
    'lists every command; --version gives the version of package.json',
    async () => {
      const [none, help, group, version] = await Promise.all([
        run([]),
        run(['--help'], 'ja'),
        run(['runs', '--help']),
        run(['--version']),
      ])
      for (const { status, stdout } of [none, help, group]) {
        expect(status).toBe(0)
        for (const { path } of COMMANDS) expect(stdout).toContain(`  ${path.join(' ')}  `)
      }
      expect(group.stdout).toBe(none.stdout)
      for (const { summary } of COMMANDS) expect(help.stdout).toContain(summary.ja)
      const { version: packaged } = JSON.parse(
        await readFile(new URL('../../package.json', import.meta.url), 'utf8'),
      ) as { version: string }
      expect(version).toMatchObject({ status: 0, stdout: `${packaged}\n`, stderr: '' })
    },
    TIMEOUT,
  )
})

describe('usage', () => {
  const MISTAKES: readonly (readonly [args: readonly string[], ja: string, en: string])[] = [
    [['frobnicate'], '「frobnicate」というコマンドはありません', 'There is no command "frobnicate"'],
    [['runs', 'lst'], '「runs lst」というコマンド', 'There is no command "runs lst"'],
    [
      ['doctor', '--fast'],
      '「doctor」に --fast というオプションはありません',
      '"doctor" has no option --fast',
    ],
    [['doctor', 'now'], '余分な引数です: now', 'Unexpected argument: now'],
    [['doctor', '--json=yes'], '余分な引数です: --json=yes', 'Unexpected argument: --json=yes'],
    [['runs', 'show'], '引数 RUN を指定してください', 'The argument RUN is missing'],
    [['score', '--model'], '--model には値が必要です', '--model needs a value, as in --model DIR'],
    [['score', '--model=', '--documents', '.'], '--model には値が必要です', '--model needs a value'],
    [['score', '--model', '--json'], '--model には値が必要です', '--model needs a value'],
    [['score', '--model', '.'], '--documents を指定してください', 'Please give --documents (folder of'],
    [poc('--seed', 'three'), '--seed の値が正しくありません', 'The value of --seed is not valid'],
    [poc('--seed=-1'), '--seed の値が正しくありません', 'The value of --seed is not valid'],
    [poc('--margin-nll', '0'), '--margin-nll の値', 'The value of --margin-nll is not valid'],
    [poc('--threads', '1.5'), '--threads の値', 'The value of --threads is not valid'],
    [
      poc('--contexts', '64;128'),
      '--contexts の値が正しくありません: N,N…',
      '--contexts is not valid: expected N,N…',
    ],
    [poc('--provider', 'tpu'), '--provider の値', 'The value of --provider is not valid'],
    [poc('--quantize', 'int2'), '--quantize の値', 'The value of --quantize is not valid'],
    [['doctor', '--home'], '--home には値が必要です', '--home needs a value, as in --home DIR'],
  ]

  function poc(...rest: string[]): string[] {
    return ['poc', '--documents', '.', '--baseline', '.', '--candidate', '.', '--out', 'never', ...rest]
  }

  it.each(MISTAKES)(
    '%j: status 2 and one line',
    async (args, ja, en) => {
      const [japanese, english] = await Promise.all([run(args, 'ja'), run(args, 'en')])
      for (const [{ status, stdout, stderr }, part] of [
        [japanese, ja],
        [english, en],
      ] as const) {
        expect([status, stdout]).toEqual([2, ''])
        expect(stderr).toContain(part)
        expect(stderr.indexOf('\n')).toBe(stderr.length - 1)
      }
    },
    TIMEOUT,
  )

  it(
    'a language that is not spoken is refused; --lang goes before SOROBAN_LANG',
    async () => {
      const [french, english] = await Promise.all([
        run(['doctor', '--lang', 'fr']),
        run(['frobnicate', '--lang=en'], 'ja'),
      ])
      expect([french.status, french.stderr]).toEqual([2, expect.stringContaining('--lang is not valid')])
      expect(english.stderr).toContain('There is no command')
    },
    TIMEOUT,
  )

  it(
    'a reader that leaves early is no failure to tell about',
    async () => {
      const { home } = company
      const wrapper = ['sh', '-c', '"$@" | head -c 1', 'sh']
      const { stdout, stderr } = await new RunningSoroban(['--help'], { home, wrapper }).finished
      expect([stdout.length, stderr]).toEqual([1, ''])
    },
    TIMEOUT,
  )
})
