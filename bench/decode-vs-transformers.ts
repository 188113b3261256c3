/**
 * Decode time per token at contexts of 512, 2,048 and 8,192 tokens against transformers.js, which runs the same
 * weights, exported by `exportModel`, through onnxruntime-node with as many threads. Both generate greedily from the
 * same prompts, and must generate the same tokens.
 */
import { quietContext } from '../src/engine/kernel/run-context.ts'
import { SeededRandom } from '../src/engine/kernel/random.ts'
import { exportModel } from '../src/engine/models/index.ts'
import { openBackend, type Backend, type LanguageModel } from '../src/engine/runtime/index.ts'
import { createBenchModel, openLanguageModel, SMALL_MHA, TINY_MHA } from './support/models.ts'
import { benchOptions, type BenchOptions } from './support/options.ts'
import { markdownTable, printResult, type BenchResult } from './support/result.ts'
import { compareSides, decodeMs } from './support/rounds.ts'
import { TransformersSide } from './support/transformers-side.ts'

const NEW_TOKENS = 16
const GOAL = { context: 2048, ratio: 3 } as const

const options = await benchOptions(5)
const backend = await openBackend(quietContext())
const contexts = options.quick ? [32, 64] : [512, 2048, 8192]
const results: BenchResult[] = []
for (const kvHeads of [8, 2]) results.push(...(await compareModel(backend, kvHeads, options)))
results.forEach(printResult)

async function compareModel(
  backend: Backend,
  kvHeads: number,
  { quick, threads, rounds, goal }: BenchOptions,
): Promise<BenchResult[]> {
  using model = await createBenchModel({ ...(quick ? TINY_MHA : SMALL_MHA), kvHeads })
  await exportModel(model.source, model.scratch, { quantization: 'none' }, quietContext())
  using ours = openLanguageModel(backend, model.decoder, threads)
  using theirs = await TransformersSide.open(model.scratch, threads)
  const results: BenchResult[] = []
  const rows: string[][] = []
  for (const context of contexts) {
    const prompt = promptOf(context, model.source.config.vocabSize)
    await assertSameTokens(ours, theirs, prompt)
    const figures = await compareSides(
      {
        ours: async () => decodeMs((await ours.generate(prompt, { maxTokens: NEW_TOKENS })).gapsMs),
        theirs: async () => decodeMs((await theirs.generate(prompt, NEW_TOKENS)).gapsMs),
      },
      rounds,
    )
    const value = figures.median('ours')
    const ratio = figures.ratio('theirs', 'ours')
    rows.push([String(context), value.toFixed(2), figures.median('theirs').toFixed(2), ratio.toFixed(2)])
    results.push({
      name: `decode-vs-transformers/kv${kvHeads}/${context}`,
      value,
      unit: 'ms/token',
      ratio,
      goal: context === GOAL.context ? goal('at-least', GOAL.ratio) : null,
    })
  }
  console.log(
    `\n8 query heads, ${kvHeads} KV heads; ${backend.driver} driver, transformers.js ${theirs.version}`,
  )
  const head = ['context', 'ours, ms/token', 'transformers.js, ms/token', 'times faster']
  console.log(markdownTable(head, rows))
  return results
}

function promptOf(length: number, vocabSize: number): Int32Array {
  const random = new SeededRandom(length)
  return Int32Array.from({ length }, () => random.integer(vocabSize))
}

/** @throws Error when the sides do not compute the same, which would make the comparison void */
async function assertSameTokens(
  ours: LanguageModel,
  theirs: TransformersSide,
  prompt: Int32Array,
): Promise<void> {
  const { tokens } = await ours.generate(prompt, { maxTokens: NEW_TOKENS })
  const expected = (await theirs.generate(prompt, NEW_TOKENS)).tokens
  if (tokens.join() === expected.join()) return
  throw new Error(
    `at ${prompt.length} tokens the sides differ: ours ${tokens.join()}, theirs ${expected.join()}`,
  )
}
