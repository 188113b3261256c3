/**
 * A whole training step (gradients by the tuning stage's gradient session, clipping, AdamW) in GFLOP/s, counted as
 * 6·N·tokens, against plain MatMuls of the same shapes, in the same run: for every weight the product forward and
 * the two backward. N counts the weights that tokens are multiplied with; attention counts as nothing.
 */
import { ADAMW_DEFAULTS, adamWStep } from '../src/engine/autodiff/index.ts'
import type { DecoderConfig } from '../src/engine/graph/index.ts'
import { quietContext } from '../src/engine/kernel/run-context.ts'
import { SeededRandom } from '../src/engine/kernel/random.ts'
import { openBackend, type Backend } from '../src/engine/runtime/index.ts'
import { GradientSession } from '../src/engine/tuning/gradient-session.ts'
import { ParameterStore, TokenStream } from '../src/engine/tuning/index.ts'
import { REFERENCE_PLAN } from '../src/engine/workflows/reference/reference-plan.ts'
import { MatMulLimit, matMulFlops, type MatMulShape } from './support/matmul.ts'
import { linearShapes, SMALL_MHA, TINY_MHA } from './support/models.ts'
import { benchOptions } from './support/options.ts'
import { markdownTable, printResult, type BenchResult } from './support/result.ts'
import { compareSides, type Side } from './support/rounds.ts'

interface TrainedModel {
  readonly name: string
  readonly config: DecoderConfig
  readonly batch: number
  readonly length: number
  readonly goalRatio: number | null
}

const REFERENCE_BATCH = REFERENCE_PLAN.baseline.phases[0]!
const MODELS: readonly TrainedModel[] = [
  {
    // The bundled reference baseline, with the batches that most of its training takes.
    name: 'reference',
    config: {
      ...REFERENCE_PLAN.architecture,
      vocabSize: REFERENCE_PLAN.vocabSize,
      bosTokenId: null,
      eosTokenIds: [],
    },
    batch: REFERENCE_BATCH.batch,
    length: REFERENCE_BATCH.length,
    goalRatio: null,
  },
  { name: '30M', config: { ...SMALL_MHA, tiedEmbeddings: true }, batch: 4, length: 512, goalRatio: 0.5 },
]
const TINY: TrainedModel = {
  name: 'tiny',
  config: { ...TINY_MHA, tiedEmbeddings: true },
  batch: 1,
  length: 32,
  goalRatio: null,
}
const LEARNING_RATE = 1e-4

const { quick, threads, rounds, goal } = await benchOptions(7)
const backend = await openBackend(quietContext())
const rows: string[][] = []
const results: BenchResult[] = []
for (const trained of quick ? [TINY] : MODELS) {
  const { name, config, goalRatio } = trained
  const shapes = trainingShapes(trained)
  using limit = await MatMulLimit.open(backend, shapes, 'input', threads)
  using step = await openTrainingStep(backend, trained, threads)
  const flops = matMulFlops(shapes)
  const figures = await compareSides(
    { training: async () => flops / (await step.measure()) / 1e6, limit: () => limit.measure() },
    rounds,
  )
  const value = figures.median('training')
  const ratio = figures.ratio('training', 'limit')
  const size = `${(new ParameterStore(config).values.length / 1e6).toFixed(1)}M`
  rows.push([name, size, value.toFixed(1), figures.median('limit').toFixed(1), ratio.toFixed(3)])
  results.push({
    name: `training-vs-matmul/${name}`,
    value,
    unit: 'GFLOP/s',
    ratio,
    goal: goalRatio === null ? null : goal('at-least', goalRatio),
  })
}
const head = ['model', 'parameters', 'training step, GFLOP/s', 'plain MatMul, GFLOP/s', 'ratio']
console.log(`\n${markdownTable(head, rows)}`)
results.forEach(printResult)

/** The forward product and those for the gradients of input and weight: 6·in·out·tokens in all. */
function trainingShapes({ config, batch, length }: TrainedModel): MatMulShape[] {
  const { layers, head } = linearShapes(config)
  const tokens = batch * length
  return [...layers, head].flatMap(([out, input]) => [
    { m: tokens, k: input, n: out },
    { m: tokens, k: out, n: input },
    { m: input, k: tokens, n: out },
  ])
}

/** A training that goes on over random tokens; `measure` gives the milliseconds of one step. */
async function openTrainingStep(
  backend: Backend,
  { config, batch, length }: TrainedModel,
  threads: number,
): Promise<Disposable & { readonly measure: Side }> {
  const random = new SeededRandom(1)
  const student = ParameterStore.initialized(config, random)
  const size = student.values.length
  const gradients = new Float32Array(size)
  const moments = { first: new Float32Array(size), second: new Float32Array(size) }
  const document = Int32Array.from({ length: 65_536 }, () => random.integer(config.vocabSize))
  const stream = new TokenStream([document], 0, 1)
  const all = (): boolean => true
  const ranges = student.ranges(all)
  const goal = { kind: 'cross-entropy' } as const
  const session = await GradientSession.open(
    backend,
    student,
    gradients,
    { batch, length },
    goal,
    all,
    threads,
  )
  const { signal } = new AbortController()
  let done = 0
  return {
    async measure() {
      const start = performance.now()
      gradients.fill(0)
      await session.accumulate(stream.next(batch, length), 1, signal)
      adamWStep(student.values, gradients, moments, ranges, ++done, LEARNING_RATE, ADAMW_DEFAULTS)
      return performance.now() - start
    },
    [Symbol.dispose]: () => session[Symbol.dispose](),
  }
}
