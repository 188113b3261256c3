import { expect, test } from 'vitest'

import { observed } from '../../src/main/observed-line.ts'
import type { ServerMessage } from '../../src/shared/wire.ts'

function lineWith() {
  const seen: unknown[] = []
  const sent: unknown[] = []
  const received: unknown[] = []
  let answer: (message: ServerMessage) => void = () => {}
  const connect = observed(
    (send) => {
      answer = send
      return { receive: (message) => void received.push(message), close: () => {} }
    },
    { 'report.write': ({ path }) => void seen.push(path) },
  )
  const line = connect((message) => void sent.push(message))
  return { line, seen, sent, received, answer: (message: ServerMessage) => answer(message) }
}

const call = (id: number, procedure: string) => ({ kind: 'call', id, procedure, input: {} })
const result = (id: number, value: unknown): ServerMessage => ({
  kind: 'result',
  id,
  result: { ok: true, value },
})

test('looks at the answers asked for, and passes everything on', () => {
  const { line, seen, sent, received, answer } = lineWith()
  line.receive(call(0, 'report.write'))
  line.receive(call(1, 'report.content'))
  answer(result(1, { path: '/not/written' }))
  answer(result(0, { path: '/out/report.xlsx' }))
  answer(result(0, { path: '/second/answer' }))

  expect({ seen, received: received.length, sent: sent.length }).toEqual({
    seen: ['/out/report.xlsx'],
    received: 2,
    sent: 3,
  })
})

test('a failure is no answer, and an unreadable message is left to the other end', () => {
  const { line, seen, received, answer } = lineWith()
  line.receive('nonsense')
  line.receive(call(0, 'report.write'))
  answer({ kind: 'result', id: 0, result: { ok: false, error: { code: 'cancelled', params: {} } } })
  expect({ seen, received: received[0] }).toEqual({ seen: [], received: 'nonsense' })
})

test('an answer that is none of the contract goes to the window, which can tell', () => {
  const { line, seen, sent, answer } = lineWith()
  line.receive(call(0, 'report.write'))
  answer(result(0, { path: 7 }))
  expect({ seen, sent }).toEqual({ seen: [], sent: [result(0, { path: 7 })] })
})
