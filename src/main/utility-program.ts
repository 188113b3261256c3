import { constants } from 'node:os'

import { utilityProcess } from 'electron'

import type { ProcessChannel, ProcessExit } from '../shared/process-channel.ts'

export interface UtilityOptions {
  /** Shown by the system's task list. */
  readonly name: string
  readonly args?: readonly string[]
  readonly execArgv?: readonly string[]
  /** The whole environment of the process. */
  readonly env: Readonly<Record<string, string>>
}

const STDERR_KEPT = 2000

/** Starts a program of Soroban as a process of its own, with Node.js and without a window. */
export function startUtilityProgram(program: string, options: UtilityOptions): ProcessChannel {
  const { name, args = [], execArgv = [], env } = options
  const child = utilityProcess.fork(program, [...args], {
    serviceName: name,
    execArgv: [...execArgv],
    env: { ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const exited = Promise.withResolvers<ProcessExit>()
  let stderr = ''
  const keep = (text: string): void => {
    stderr = (stderr + text).slice(-STDERR_KEPT)
  }
  child.stderr?.on('data', (chunk: Buffer) => keep(chunk.toString('utf8')))
  // V8 gave up; its report says why, which the last words on stderr may have missed.
  child.on('error', (type, location, report) => {
    keep(`${type} at ${location} ${/"event": *"[^"]*"/.exec(report)?.[0] ?? ''}\n`)
  })
  child.on('exit', (code) => exited.resolve({ ...howItEnded(code), stderr }))
  return {
    get pid() {
      return child.pid
    },
    send: (message) => child.postMessage(message),
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => void exited.promise.then(listener),
    kill() {
      if (child.pid === undefined) child.once('spawn', endChild)
      else endChild()
    },
  }

  function endChild(): void {
    // What hangs does not act on the signal that `child.kill` sends.
    if (child.pid === undefined || !endAtOnce(child.pid)) child.kill()
  }
}

function endAtOnce(pid: number): boolean {
  try {
    return process.kill(pid, 'SIGKILL')
  } catch {
    return false
  }
}

const TELLING_SIGNALS = ['SIGKILL', 'SIGABRT', 'SIGSEGV', 'SIGBUS', 'SIGILL'] as const
const CORE_DUMPED = 0x80

/**
 * Outside Windows, Electron tells the signal that ended a process as its exit code, with a bit for a core dump.
 *
 * @param code of the exit event
 */
export function howItEnded(code: number, platform = process.platform): Omit<ProcessExit, 'stderr'> {
  const signal = TELLING_SIGNALS.find((name) => constants.signals[name] === (code & ~CORE_DUMPED))
  return platform === 'win32' || signal === undefined ? { code, signal: null } : { code: null, signal }
}
