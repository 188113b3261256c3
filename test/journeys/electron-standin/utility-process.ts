import { type ChildProcess, fork } from 'node:child_process'
import { EventEmitter } from 'node:events'
import { constants } from 'node:os'
import type { Readable } from 'node:stream'

import { app } from './app.ts'
import { tellTest } from './control.ts'

const PARENT_PORT = new URL('./parent-port.ts', import.meta.url).href

interface ForkOptions {
  readonly serviceName?: string
  readonly execArgv?: string[]
  readonly env?: NodeJS.ProcessEnv
  readonly stdio?: ('pipe' | 'ignore' | 'inherit')[]
}

class UtilityProcess extends EventEmitter {
  readonly #child: ChildProcess
  #pid: number | undefined

  constructor(program: string, args: string[], options: ForkOptions) {
    super()
    const { serviceName = 'Node Utility Process', execArgv = [], env = process.env, stdio = [] } = options
    const [, stdout = 'inherit', stderr = 'inherit'] = stdio
    this.#child = fork(program, args, {
      execArgv: ['--import', PARENT_PORT, ...execArgv],
      env,
      serialization: 'advanced',
      stdio: ['ignore', stdout, stderr, 'ipc'],
    })
    this.#child.on('spawn', () => {
      this.#pid = this.#child.pid
      tellTest({ kind: 'program', name: serviceName, pid: this.#child.pid ?? 0 })
      this.emit('spawn')
    })
    this.#child.on('message', (message) => this.emit('message', message))
    // Electron tells the signal, if one ended the process, as the code.
    this.#child.on('close', (code, signal) => {
      this.#pid = undefined
      this.emit('exit', signal === null ? code : constants.signals[signal])
    })
  }

  get pid(): number | undefined {
    return this.#pid
  }

  get stderr(): Readable | null {
    return this.#child.stderr
  }

  postMessage(message: unknown): void {
    if (this.#child.connected) this.#child.send(message as object, () => {})
  }

  kill(): boolean {
    return this.#child.kill('SIGTERM')
  }
}

export const utilityProcess = {
  fork(program: string, args: string[] = [], options: ForkOptions = {}): UtilityProcess {
    if (!app.isReady()) throw new Error('utilityProcess cannot be created before the app is ready')
    return new UtilityProcess(program, args, options)
  },
}
