/**
 * Decoding one token reads every weight once, so memory bandwidth bounds it: bytes of weights per second of decoding
 * against the best of three ways of reading as many bytes, in the same run. More than a gigabyte of float32 weights,
 * because smaller models stay in the caches in part.
 */
import type { DecoderConfig } from '../src/engine/graph/index.ts'
import { quietContext } from '../src/engine/kernel/run-context.ts'
import { openBackend } from '../src/engine/runtime/index.ts'
import { createBenchModel, openLanguageModel, SMALL_MHA, TINY_MHA } from './support/models.ts'
import { benchOptions } from './support/options.ts'
import { openReduction, openSearch, reductionTensor } from './support/read-bandwidth.ts'
import { markdownTable, printResult } from './support/result.ts'
import { compareSides, decodeMs } from './support/rounds.ts'

/** 1.33 GB. Tied: the table is read as the output head, so that a token reads every parameter exactly once. */
const LARGE: DecoderConfig = {
  ...SMALL_MHA,
  hiddenSize: 2048,
  intermediateSize: 5632,
  layers: 7,
  queryHeads: 16,
  kvHeads: 4,
  headDim: 128,
  maxPositions: 2048,
  tiedEmbeddings: true,
}
const CONTEXT = 64
const NEW_TOKENS = 20
const GOAL = 0.85

const { quick, threads, rounds, goal } = await benchOptions(7)
const backend = await openBackend(quietContext())
using model = await createBenchModel(quick ? { ...TINY_MHA, tiedEmbeddings: true } : LARGE)
const { weightsBytes } = model.decoder
using language = openLanguageModel(backend, model.decoder, threads)
const tensor = reductionTensor(weightsBytes)
await using search = await openSearch(weightsBytes, threads)
await using sum = await openReduction('ReduceSum', backend, tensor, threads)
await using maximum = await openReduction('ReduceMax', backend, tensor, threads)

// The KV cache is read too but not counted, which is to our disadvantage.
const figures = await compareSides(
  {
    decode: async () => weightsBytes / decodeMs((await language.measure(CONTEXT, NEW_TOKENS)).gapsMs) / 1e6,
    memchr: search.measure,
    ReduceSum: sum.measure,
    ReduceMax: maximum.measure,
  },
  rounds,
)
const methods = ['memchr', 'ReduceSum', 'ReduceMax'] as const
const best = methods.reduce((a, b) => (figures.median(b) > figures.median(a) ? b : a))
const decode = figures.median('decode')
const gigabytes = (weightsBytes / 1e9).toFixed(2)
console.log(
  `\n${gigabytes} GB of float32 weights, decode ${(weightsBytes / decode / 1e6).toFixed(1)} ms/token`,
)
console.log(
  markdownTable(
    ['what reads', 'GB/s'],
    [['decode', decode.toFixed(2)], ...methods.map((method) => [method, figures.median(method).toFixed(2)])],
  ),
)
console.log(`the limit is ${best}`)
printResult({
  name: 'decode-vs-bandwidth',
  value: decode,
  unit: 'GB/s',
  ratio: figures.ratio('decode', best),
  goal: goal('at-least', GOAL),
})
