/**
 * Decode time per token at one context with KV buffers of several lengths: a token's keys and values are written in
 * place, so that the length of the buffer must not matter.
 */
import { quietContext } from '../src/engine/kernel/run-context.ts'
import { compiledDecoderIo, openBackend } from '../src/engine/runtime/index.ts'
import { DecoderSession } from '../src/engine/runtime/decoder-session.ts'
import { createBenchModel, SMALL_MHA, TINY_MHA } from './support/models.ts'
import { benchOptions } from './support/options.ts'
import { markdownTable, printResult } from './support/result.ts'
import { compareSides, decodeMs, type Side } from './support/rounds.ts'

const NEW_TOKENS = 40
const GOAL = 1.1

const { quick, threads, rounds, goal } = await benchOptions(9)
const backend = await openBackend(quietContext())
const lengths = quick ? [128, 256] : [1024, 4096, 16_384]
const context = quick ? 32 : 512
using model = await createBenchModel(quick ? TINY_MHA : SMALL_MHA)
using session = await DecoderSession.open(backend, model.decoder, compiledDecoderIo('generate', 4), {
  provider: 'cpu',
  threads,
  spinning: true,
})

const sides = Object.fromEntries(lengths.map((length) => [String(length), decodeWith(length)]))
const figures = await compareSides(sides, rounds)
const [shortest, longest] = [String(lengths[0]), String(lengths.at(-1))]
console.log(`\n8 KV heads, context ${context}`)
console.log(
  markdownTable(
    ['KV buffer, tokens', 'decode, ms/token', `against ${shortest}`],
    Object.keys(sides).map((length) => [
      length,
      figures.median(length).toFixed(3),
      figures.ratio(length, shortest).toFixed(3),
    ]),
  ),
)
printResult({
  name: 'kv-update-independence',
  value: figures.median(longest),
  unit: 'ms/token',
  ratio: figures.ratio(longest, shortest),
  goal: goal('at-most', GOAL),
})

function decodeWith(length: number): Side {
  const prompt = Int32Array.from(
    { length: context },
    (_, index) => (index * 7919) % model.source.config.vocabSize,
  )
  return async () => {
    session.begin(length, { exact: true })
    await session.logits(prompt)
    const gapsMs: number[] = []
    for (let token = 0; token < NEW_TOKENS; token++) {
      const start = performance.now()
      await session.logits(Int32Array.of(token))
      gapsMs.push(performance.now() - start)
    }
    return decodeMs(gapsMs)
  }
}
