/**
 * Preloaded into the stand-in's utility processes: the channel of `fork` becomes `process.parentPort`, and as in a
 * packed Electron, whose binary does not run as Node.js, no process can be forked.
 */
import childProcess from 'node:child_process'
import { EventEmitter } from 'node:events'
import { syncBuiltinESMExports } from 'node:module'

class ParentPort extends EventEmitter {
  readonly #send = process.send?.bind(process)

  postMessage(message: unknown): void {
    this.#send?.(message)
  }
}

const port = new ParentPort()
process.on('message', (data) => port.emit('message', { data, ports: [] }))
// A utility process does not outlive the main process.
process.on('disconnect', () => process.exit(0))
Object.defineProperty(process, 'parentPort', { value: port, enumerable: true })
Object.defineProperty(process, 'send', { value: undefined })

childProcess.fork = () => {
  throw new Error('this binary does not run as Node.js')
}
syncBuiltinESMExports()
