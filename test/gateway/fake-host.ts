/**
 * An engine process that does what its callers say: a call's input is `{ act, … }`. The first argument says how it
 * starts: `well`, `dies`, `refuses`, or `stubborn` (does not close when told to).
 */
import { setTimeout as sleep } from 'node:timers/promises'

interface Call {
  readonly kind: 'call'
  readonly id: number
  readonly input: { readonly act: string; readonly value?: unknown }
}

const start = process.argv[2]
const cancelled: number[] = []
const send = (message: object): void => void process.send?.(message)
const answer = (id: number, value: unknown): void => send({ kind: 'result', id, result: { ok: true, value } })

const ACTS: Readonly<Record<string, (id: number, value: unknown) => void>> = {
  echo: (id, value) => answer(id, value),
  pid: (id) => answer(id, process.pid),
  cancelled: (id) => answer(id, cancelled.length),
  tell(id, value) {
    send({ kind: 'event', id, event: value })
    answer(id, 'told')
  },
  hold: (id) => send({ kind: 'event', id, event: 'holding' }),
  exit: () => process.exit(3),
  die: () => process.kill(process.pid, 'SIGKILL'),
  hang() {
    for (;;);
  },
  devour() {
    const all: number[][] = []
    for (;;) all.push(new Array<number>(1e5).fill(0.5))
  },
  reach(id) {
    send({ kind: 'outbound-refused', target: 'telemetry.example:443' })
    answer(id, null)
  },
  babble: () => send({ kind: 'result', id: 'zero' }),
}

if (start === 'dies') process.exit(7)
if (start === 'refuses') {
  send({ kind: 'failed', error: { code: 'file/not-found', params: { path: '/home/gone' } } })
  await sleep(60_000)
}
process.on(
  'message',
  (message: Call | { readonly kind: 'cancel'; readonly id: number } | { kind: 'close' }) => {
    if (message.kind === 'call') ACTS[message.input.act]?.(message.id, message.input.value)
    else if (message.kind === 'cancel') {
      cancelled.push(message.id)
      const error = { code: 'cancelled', params: {} }
      send({ kind: 'result', id: message.id, result: { ok: false, error } })
    } else if (start !== 'stubborn') process.exit(0)
  },
)
process.on('disconnect', () => process.exit())
setInterval(() => send({ kind: 'heartbeat' }), 50)
send({ kind: 'ready', pid: process.pid })
