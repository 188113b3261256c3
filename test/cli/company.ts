import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import Encoding from 'encoding-japanese'

import type { DecoderConfig } from '../../src/engine/graph/index.ts'
import { SeededRandom } from '../../src/engine/kernel/random.ts'
import { quietContext } from '../../src/engine/kernel/run-context.ts'
import { writeHfFolder } from '../../src/engine/models/index.ts'
import { trainByteLevelBpe } from '../../src/engine/tokens/index.ts'
import { RANDOM_CONFIGS, randomModel, type RandomModel } from '../fixtures/random-models.ts'

const JAPANESE = [
  '本規程は、設備の点検と記録の方法を定める。',
  '担当者は、毎朝の始業前に油圧と温度を確認し、点検表に記入すること。',
  '異常を見つけた場合は、ただちに運転を止め、保全課へ連絡する。',
  '部品の交換は、承認された手順書に従って行う。',
  '検査の結果は三年間保管し、監査のときに提示できるようにする。',
  '納期の変更は、営業部と生産管理部の合意を必要とする。',
  '不適合品は赤い札を付けて隔離し、処置が決まるまで動かさない。',
]
const ENGLISH = [
  'The supplier shall report any change of material before delivery.',
  'Check the oil level and the temperature every morning and write them down.',
  'Parts that do not conform are tagged in red and kept apart until a decision is made.',
  'A record of each inspection is kept for three years.',
  'If the pressure falls below the limit, stop the machine and call maintenance.',
]

function prose(sentences: readonly string[], count: number, seed: number): string {
  const random = new SeededRandom(seed)
  return Array.from({ length: count }, () => sentences[random.integer(sentences.length)]!).join('\n')
}

/** Documents as a company would have them: Japanese and English, four formats, one file in Shift_JIS. */
export const DOCUMENTS: Readonly<Record<string, string | Uint8Array>> = {
  '規程/点検規程.txt': `点検規程\n${prose(JAPANESE, 12, 1)}`,
  '規程/保管規程.txt': Uint8Array.from(
    Encoding.convert(Encoding.stringToCode(`保管規程\n${prose(JAPANESE, 9, 2)}`), 'SJIS', 'UNICODE'),
  ),
  '議事録.md': `# 議事録\n\n${prose(JAPANESE, 10, 3)}`,
  'faq.html': `<html><head><title>FAQ</title></head><body><h1>よくある質問</h1><p>${prose(JAPANESE, 7, 4)}</p></body></html>`,
  'claims.csv': `no,claim\n${prose(ENGLISH, 8, 5)
    .split('\n')
    .map((line, index) => `${index + 1},"${line}"`)
    .join('\n')}\n`,
  'english/supplier-manual.md': `# Supplier manual\n\n${prose(ENGLISH, 14, 6)}`,
  'english/weekly-report.txt': `Weekly report\n${prose(ENGLISH, 9, 7)}`,
}

export async function writeDocuments(
  folder: string,
  documents: Readonly<Record<string, string | Uint8Array>> = DOCUMENTS,
): Promise<string> {
  for (const [name, content] of Object.entries(documents)) {
    await mkdir(join(folder, name, '..'), { recursive: true })
    await writeFile(join(folder, name), content)
  }
  return folder
}

const TEXTS = [prose(JAPANESE, 40, 11), prose(ENGLISH, 40, 12)]

/** A byte-level tokenizer of exactly this many tokens. */
export const trainTokenizer = (vocabSize: number): Promise<string> =>
  trainByteLevelBpe(TEXTS, { vocabSize }, quietContext())

/** A small MHA architecture; 256 positions. */
const SMALL: DecoderConfig = {
  ...RANDOM_CONFIGS.llama,
  vocabSize: 320,
  maxPositions: 256,
  bosTokenId: 0,
  eosTokenIds: [0],
}

async function writeModel(
  folder: string,
  { config, weights }: RandomModel,
  tokenizerJson: string,
): Promise<string> {
  await writeHfFolder(folder, { config, weights, dtype: 'F32', tokenizerJson })
  return folder
}

/** A model that is surely worse than a random one: as ignorant, but sure of itself. */
function overconfident(model: RandomModel): RandomModel {
  const weights = new Map(model.weights)
  weights.set(
    'lm_head.weight',
    weights.get('lm_head.weight')!.map((value) => 4 * value),
  )
  return { config: model.config, weights }
}

/** A temporary folder with documents and models, and a home for the runs. */
export interface Company extends AsyncDisposable {
  readonly folder: string
  readonly home: string
  readonly documents: string
  /** MHA. */
  readonly baseline: string
  /** GQA at 4:1, worse than the baseline. */
  readonly gqa: string
  /** Another tokenizer and vocabulary. */
  readonly foreign: string
  readonly path: (...parts: readonly string[]) => string
}

export async function openCompany(): Promise<Company> {
  const folder = await mkdtemp(join(tmpdir(), 'soroban-cli-'))
  const path = (...parts: readonly string[]): string => join(folder, ...parts)
  const tokenizer = await trainTokenizer(SMALL.vocabSize)
  return {
    folder,
    path,
    home: path('home'),
    documents: await writeDocuments(path('documents')),
    baseline: await writeModel(path('models', 'mha'), randomModel(SMALL, 1), tokenizer),
    gqa: await writeModel(
      path('models', 'gqa'),
      overconfident(randomModel({ ...SMALL, kvHeads: 1 }, 2)),
      tokenizer,
    ),
    foreign: await writeModel(
      path('models', 'foreign'),
      randomModel({ ...SMALL, kvHeads: 2, vocabSize: 300 }, 3),
      await trainTokenizer(300),
    ),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  }
}
