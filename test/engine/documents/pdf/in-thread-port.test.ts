import { setImmediate as nextTurn } from 'node:timers/promises'

import { describe, expect, it } from 'vitest'

import { InThreadPort } from '../../../../src/engine/documents/pdf/in-thread-port.ts'

/** What a listener of a port was told. */
function heard(port: InThreadPort, options?: { readonly signal: AbortSignal }): unknown[] {
  const messages: unknown[] = []
  port.addEventListener('message', ({ data }) => messages.push(data), options)
  return messages
}

describe('InThreadPort', () => {
  it('delivers later, in order, a copy of what was sent', async () => {
    const port = new InThreadPort()
    const messages = heard(port)
    const sent = { action: 'GetPage', data: { view: [0, 0] } }
    port.postMessage(sent)
    sent.data.view.push(595, 842)
    port.postMessage(sent)
    expect(messages).toEqual([])
    await nextTurn()
    expect(messages).toEqual([
      { action: 'GetPage', data: { view: [0, 0] } },
      { action: 'GetPage', data: { view: [0, 0, 595, 842] } },
    ])
  })

  it('takes over what is transferred', async () => {
    const port = new InThreadPort()
    const messages = heard(port)
    const { buffer } = new Uint8Array([1, 2, 3])
    port.postMessage({ data: buffer }, [buffer])
    await nextTurn()
    expect(buffer.detached).toBe(true)
    expect(messages).toEqual([{ data: new Uint8Array([1, 2, 3]).buffer }])
  })

  it('delivers operators whose lists the sender empties, without copying the glyphs', async () => {
    const port = new InThreadPort()
    const messages = heard(port)
    const glyph = { unicode: '字' }
    const chunk = { fnArray: [44], argsArray: [[[glyph]]], lastChunk: true }
    port.postMessage({ streamId: 1, chunk })
    chunk.fnArray.length = 0
    chunk.argsArray.length = 0
    await nextTurn()
    expect(messages).toEqual([
      { streamId: 1, chunk: { fnArray: [44], argsArray: [[[glyph]]], lastChunk: true } },
    ])
    const [message] = messages as {
      readonly chunk: { readonly argsArray: readonly (readonly unknown[][])[] }
    }[]
    expect(message?.chunk.argsArray[0]?.[0]?.[0]).toBe(glyph)
  })

  it('tells a listener that is gone nothing more', async () => {
    const port = new InThreadPort()
    const leaving = new AbortController()
    const messages = heard(port, leaving)
    const others = heard(port)
    leaving.abort()
    port.postMessage('late')
    await nextTurn()
    expect({ messages, others }).toEqual({ messages: [], others: ['late'] })
  })
})
