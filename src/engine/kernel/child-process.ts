/** The only place where the engine starts processes of its own, and where such a process meets its parent. */
import { fork } from 'node:child_process'
import { dirname, extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

import type { ProcessChannel, ProcessExit } from '../../shared/process-channel.ts'

export type ChildExit = ProcessExit
export type ChildChannel = ProcessChannel

export interface ChildOptions {
  readonly args?: readonly string[]
  /** Flags of Node.js; the parent's own (an inspector, a loader) are not the child's. */
  readonly execArgv?: readonly string[]
  /** Added to this process's environment. */
  readonly env?: Readonly<Record<string, string>>
}

/** Starts a program. Messages are structured clones: typed arrays arrive as they were sent. */
export type ChildSpawner = (program: string, options: ChildOptions) => ChildChannel

const STDERR_KEPT = 2000

/** A child process of this one, over the channel of `fork`. */
export const forkChild: ChildSpawner = (program, { args = [], execArgv = [], env = {} }) => {
  const child = fork(program, args, {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    env: { ...process.env, ...env },
    execArgv: [...execArgv],
  })
  const exited = Promise.withResolvers<ChildExit>()
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

let spawner = forkChild

/** From now on children are started by `replacement`: where this process may not fork itself, another one does. */
export function useChildSpawner(replacement: ChildSpawner): void {
  spawner = replacement
}

/** Starts a program of the engine. @param program absolute path of its entry module, from `siblingModule` */
export function spawnChild(program: string, options: ChildOptions = {}): ChildChannel {
  return spawner(program, options)
}

/**
 * Absolute path of the module `name` beside the asking one, with the same extension: .ts in the sources, .js in a
 * build that keeps the modules apart.
 */
export function siblingModule(name: string, importMetaUrl: string): string {
  const path = fileURLToPath(importMetaUrl)
  return join(dirname(path), `${name}${extname(path)}`)
}

/** The process that started this one, as this one sees it. */
export interface ParentChannel {
  send(message: unknown): void
  onMessage(listener: (message: unknown) => void): void
  /** The parent is gone, or wants no more of this process. */
  onClose(listener: () => void): void
}

/** What Electron gives to a utility process. */
interface ParentPort {
  postMessage(message: unknown): void
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): void
  on(event: 'close', listener: () => void): void
}

/**
 * The channel to the parent. A listener of messages keeps the process alive until the channel closes.
 * @throws Error when nobody started this process with a channel
 */
export function parentChannel(): ParentChannel {
  const port = (process as { readonly parentPort?: ParentPort }).parentPort
  if (port !== undefined) {
    return {
      send: (message) => port.postMessage(message),
      onMessage: (listener) => port.on('message', ({ data }) => listener(data)),
      onClose: (listener) => port.on('close', listener),
    }
  }
  if (process.send === undefined) throw new Error('this program is started by Soroban, not by hand')
  return {
    send: (message) => {
      if (process.connected) process.send?.(message, undefined, undefined, () => {})
    },
    onMessage: (listener) => void process.on('message', listener),
    onClose: (listener) => void process.on('disconnect', listener),
  }
}
