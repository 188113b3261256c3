/**
 * The channel between the two halves of pdf.js where both run in this thread. The one that comes with pdf.js copies
 * every glyph of a page by structured cloning, which takes as long as finding the glyphs. Only for reading: whoever
 * draws changes what it was sent.
 */
export class InThreadPort {
  readonly #listeners = new Set<Listener>()

  postMessage(message: unknown, transfer: ArrayBuffer[] | null = null): void {
    const data = isOperators(message)
      ? detached(message)
      : structuredClone(message, { transfer: transfer ?? [] })
    queueMicrotask(() => {
      for (const listener of this.#listeners) listener.call(this, { data })
    })
  }

  addEventListener(
    _type: 'message',
    listener: Listener,
    { signal }: { readonly signal?: AbortSignal } = {},
  ): void {
    this.#listeners.add(listener)
    signal?.addEventListener('abort', () => this.#listeners.delete(listener))
  }
}

type Listener = (event: { readonly data: unknown }) => void

/** A part of what a page draws. */
interface OperatorMessage {
  readonly chunk: { readonly fnArray: readonly number[]; readonly argsArray: readonly unknown[] }
}

function isOperators(message: unknown): message is OperatorMessage {
  const { chunk } = message as { readonly chunk?: unknown }
  return typeof chunk === 'object' && chunk !== null && 'fnArray' in chunk
}

/** The sender empties both lists to use them again; what was in them stays as it is. */
function detached(message: OperatorMessage): OperatorMessage {
  const { fnArray, argsArray, ...chunk } = message.chunk
  return { ...message, chunk: { ...chunk, fnArray: fnArray.slice(), argsArray: argsArray.slice() } }
}
