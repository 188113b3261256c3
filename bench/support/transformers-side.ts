import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

export type PeerRequest =
  | { readonly kind: 'open'; readonly folder: string; readonly threads: number }
  | { readonly kind: 'generate'; readonly prompt: Int32Array; readonly maxTokens: number }

export type PeerReply =
  | { readonly kind: 'opened'; readonly version: string }
  | { readonly kind: 'generated'; readonly tokens: readonly number[]; readonly gapsMs: readonly number[] }
  | { readonly kind: 'failed'; readonly reason: string }

type Generated = Extract<PeerReply, { kind: 'generated' }>

/** A model in transformers.js, in a child process; one call at a time. */
export class TransformersSide implements Disposable {
  /** Of transformers.js. */
  readonly version: string
  readonly #child: ChildProcess

  private constructor(child: ChildProcess, version: string) {
    this.#child = child
    this.version = version
  }

  /** @param folder a folder that `exportModel` wrote */
  static async open(folder: string, threads: number): Promise<TransformersSide> {
    const child = fork(fileURLToPath(new URL('./transformers-peer.ts', import.meta.url)), [], {
      serialization: 'advanced',
    })
    try {
      const reply = await ask(child, { kind: 'open', folder, threads }, 'opened')
      return new TransformersSide(child, reply.version)
    } catch (error) {
      child.kill()
      throw error
    }
  }

  /** Greedy, to the full number of tokens. */
  async generate(prompt: Int32Array, maxTokens: number): Promise<Generated> {
    return await ask(this.#child, { kind: 'generate', prompt, maxTokens }, 'generated')
  }

  [Symbol.dispose](): void {
    this.#child.kill()
  }
}

async function ask<K extends PeerReply['kind']>(
  child: ChildProcess,
  request: PeerRequest,
  kind: K,
): Promise<Extract<PeerReply, { kind: K }>> {
  const settled = new AbortController()
  const { signal } = settled
  const exited = once(child, 'exit', { signal }).then(([code]) => {
    throw new Error(`transformers.js ended with exit code ${String(code)}`)
  })
  const replied = once(child, 'message', { signal })
  child.send(request)
  try {
    const [reply] = (await Promise.race([replied, exited])) as [PeerReply]
    if (reply.kind === kind) return reply as Extract<PeerReply, { kind: K }>
    throw new Error(`transformers.js: ${reply.kind === 'failed' ? reply.reason : reply.kind}`)
  } finally {
    settled.abort()
    await Promise.allSettled([replied, exited])
  }
}
