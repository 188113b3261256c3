/**
 * transformers.js in a process of its own, driven over the IPC channel: with two copies of ONNX Runtime's threads in
 * one process, the sides would disturb each other. Its own generate loop runs; a streamer notes when each token is there.
 */
import {
  AutoModelForCausalLM,
  BaseStreamer,
  env,
  Tensor,
  type PreTrainedModel,
  type TextStreamer,
} from '@huggingface/transformers'

import type { PeerReply, PeerRequest } from './transformers-side.ts'

class Stopwatch extends BaseStreamer {
  readonly tokens: number[] = []
  readonly times: number[] = []

  override put(value: bigint[][]): void {
    this.times.push(performance.now())
    this.tokens.push(Number(value[0]?.at(-1)))
  }

  override end(): void {}
}

let model: PreTrainedModel | undefined

async function answer(request: PeerRequest): Promise<PeerReply> {
  if (request.kind === 'open') {
    env.allowRemoteModels = false
    model = await AutoModelForCausalLM.from_pretrained(request.folder, {
      dtype: 'fp32',
      device: 'cpu',
      local_files_only: true,
      session_options: { intraOpNumThreads: request.threads },
    })
    return { kind: 'opened', version: env.version }
  }
  if (model === undefined) throw new Error('no model is open')
  const ids = BigInt64Array.from(request.prompt, BigInt)
  const dims = [1, ids.length]
  const streamer = new Stopwatch()
  await model.generate({
    inputs: new Tensor('int64', ids, dims),
    attention_mask: new Tensor('int64', new BigInt64Array(ids.length).fill(1n), dims),
    max_new_tokens: request.maxTokens,
    do_sample: false,
    // Declared as a text streamer; only what BaseStreamer has is called.
    streamer: streamer as BaseStreamer as TextStreamer,
  })
  // The streamer is handed the prompt first.
  const tokens = streamer.tokens.slice(-request.maxTokens)
  const times = streamer.times.slice(-request.maxTokens)
  return { kind: 'generated', tokens, gapsMs: times.slice(1).map((time, index) => time - times[index]!) }
}

process.on('message', (request: PeerRequest) => {
  answer(request).then(
    (reply) => process.send?.(reply),
    (error: unknown) => process.send?.({ kind: 'failed', reason: String(error) } satisfies PeerReply),
  )
})
