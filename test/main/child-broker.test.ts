import { expect, test } from 'vitest'

import { ChildBroker } from '../../src/main/child-broker.ts'
import type { ChildRequest } from '../../src/shared/host-protocol.ts'
import type { ProcessExit } from '../../src/shared/process-channel.ts'

interface FakeChild {
  readonly program: string
  readonly options: unknown
  readonly sent: unknown[]
  isKilled: boolean
  say(message: unknown): void
  end(exit: ProcessExit): void
}

function brokerOf(programs: ReadonlyMap<string, string>) {
  const children: FakeChild[] = []
  const told: unknown[] = []
  const broker = new ChildBroker({
    programs,
    tell: (notice) => told.push(notice),
    start(program, options) {
      let onMessage: (message: unknown) => void = () => {}
      let onExit: (exit: ProcessExit) => void = () => {}
      const child: FakeChild = {
        program,
        options,
        sent: [],
        isKilled: false,
        say: (message) => onMessage(message),
        end: (exit) => onExit(exit),
      }
      children.push(child)
      return {
        pid: 1,
        send: (message) => void child.sent.push(message),
        onMessage: (listener) => void (onMessage = listener),
        onExit: (listener) => void (onExit = listener),
        kill: () => void (child.isKilled = true),
      }
    },
  })
  return { broker, children, told }
}

const PROGRAMS = new Map([['/app/arm-process.js', 'Soroban arm']])
const START: Extract<ChildRequest, { kind: 'child-start' }> = {
  kind: 'child-start',
  child: 3,
  program: '/app/arm-process.js',
  args: ['--arm'],
  execArgv: ['--expose-gc'],
  env: { A: '1' },
}

test('starts a known program and carries its messages', () => {
  const { broker, children, told } = brokerOf(PROGRAMS)
  broker.receive(START)
  broker.receive({ kind: 'child-send', child: 3, message: 'do' })
  children[0]?.say('done')
  children[0]?.end({ code: 0, signal: null, stderr: '' })

  expect(children[0]).toMatchObject({
    program: '/app/arm-process.js',
    options: { name: 'Soroban arm', args: ['--arm'], execArgv: ['--expose-gc'], env: { A: '1' } },
    sent: ['do'],
  })
  expect(told).toEqual([
    { kind: 'child-message', child: 3, message: 'done' },
    { kind: 'child-exit', child: 3, code: 0, signal: null, stderr: '' },
  ])
})

test('starts nothing else', () => {
  const { broker, children, told } = brokerOf(PROGRAMS)
  broker.receive({ ...START, program: '/elsewhere/evil.js' })
  expect({ started: children.length, told }).toEqual({
    started: 0,
    told: [
      {
        kind: 'child-exit',
        child: 3,
        code: null,
        signal: null,
        stderr: 'not a program of Soroban: /elsewhere/evil.js',
      },
    ],
  })
})

test('ends a child on demand, and all of them with the engine', () => {
  const { broker, children } = brokerOf(PROGRAMS)
  broker.receive(START)
  broker.receive({ ...START, child: 4 })
  broker.receive({ kind: 'child-kill', child: 3 })
  expect(children.map(({ isKilled }) => isKilled)).toEqual([true, false])
  broker.close()
  expect(children.map(({ isKilled }) => isKilled)).toEqual([true, true])
})

test('a message to a child that has ended is lost', () => {
  const { broker, children } = brokerOf(PROGRAMS)
  broker.receive(START)
  children[0]?.end({ code: null, signal: 'SIGKILL', stderr: '' })
  broker.receive({ kind: 'child-send', child: 3, message: 'late' })
  broker.receive({ kind: 'child-kill', child: 3 })
  expect(children[0]).toMatchObject({ sent: [], isKilled: false })
})
