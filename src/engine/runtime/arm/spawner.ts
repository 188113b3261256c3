import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** How an engine process ended. */
export interface ArmExit {
  /** Null when a signal ended it. */
  readonly code: number | null
  readonly signal: string | null
  /** The last that the process wrote to stderr. */
  readonly stderr: string
}

/** A running engine process as its supervisor sees it. */
export interface ArmChannel {
  readonly pid: number | undefined
  send(message: unknown): void
  onMessage(listener: (message: unknown) => void): void
  onExit(listener: (exit: ArmExit) => void): void
  kill(): void
}

/** Starts an engine process; Electron brings one of its own over utilityProcess. */
export type ArmSpawner = (env: Readonly<Record<string, string>>) => ArmChannel

const STDERR_KEPT = 2000

/** A Node.js child process. Structured clone carries typed arrays over the channel unchanged. */
export const forkArm: ArmSpawner = (env) => {
  const child = fork(fileURLToPath(new URL('./arm-process.ts', import.meta.url)), [], {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    env: { ...process.env, ...env },
    // The parent's own flags (an inspector, a loader) are not the child's.
    execArgv: [],
  })
  let stderr = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-STDERR_KEPT)
  })
  return {
    pid: child.pid,
    send: (message) => {
      // A message to a process that has just died is lost; its exit is reported by onExit.
      if (child.connected) child.send(message as object, () => {})
    },
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => {
      child.on('error', (error) => listener({ code: null, signal: null, stderr: error.message }))
      child.on('close', (code, signal) => listener({ code, signal, stderr }))
    },
    kill: () => void child.kill('SIGKILL'),
  }
}
