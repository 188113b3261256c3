import { fork } from 'node:child_process'

import type { ProcessChannel, ProcessExit } from '../shared/process-channel.ts'

/** The engine's process as its supervisor sees it. */
export type HostProcess = ProcessChannel

export interface ForkOptions {
  readonly args?: readonly string[]
  /** Added to this process's environment. */
  readonly env?: Readonly<Record<string, string>>
}

const STDERR_KEPT = 8000

/** Starts the engine's process as a child of this one. @param program absolute path of its entry module */
export function forkHost(program: string, { args = [], env = {} }: ForkOptions = {}): HostProcess {
  const child = fork(program, args, {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    env: { ...process.env, ...env },
    // The parent's own flags (an inspector, a loader) are not the child's.
    execArgv: [],
    // Ctrl-C in a terminal goes to the whole group; the engine is to end in order, when it is told to.
    detached: process.platform !== 'win32',
  })
  const exited = Promise.withResolvers<ProcessExit>()
  let stderr = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-STDERR_KEPT)
  })
  child.on('error', (error) => exited.resolve({ code: null, signal: null, stderr: error.message }))
  child.on('close', (code, signal) => exited.resolve({ code, signal, stderr }))
  return {
    pid: child.pid,
    send: (message) => {
      if (child.connected) child.send(message as object, () => {})
    },
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => void exited.promise.then(listener),
    kill: () => void child.kill('SIGKILL'),
  }
}
