import { type ChildNotice, childNoticeSchema, type ChildRequest } from '../../shared/host-protocol.ts'
import type { ChildExit, ChildSpawner, ParentChannel } from './child-process.ts'

interface Child {
  readonly listeners: ((message: unknown) => void)[]
  readonly exited: PromiseWithResolvers<ChildExit>
}

/**
 * Starts children by asking the parent, over host-protocol.ts: Electron's utility processes can only be started by its
 * main process. The parent ends them when this process ends.
 */
export function parentChildSpawner(channel: Pick<ParentChannel, 'send' | 'onMessage'>): ChildSpawner {
  const children = new Map<number, Child>()
  let nextChild = 0
  const ask = (request: ChildRequest): void => channel.send(request)

  channel.onMessage((message) => {
    const notice = childNoticeSchema.safeParse(message)
    // Calls of the window come over the same channel and are not ours.
    if (notice.success) deliver(children, notice.data)
  })

  return (program, { args = [], execArgv = [], env = {} }) => {
    const child = nextChild++
    const started: Child = { listeners: [], exited: Promise.withResolvers() }
    children.set(child, started)
    ask({
      kind: 'child-start',
      child,
      program,
      args: [...args],
      execArgv: [...execArgv],
      env: { ...ownEnvironment(), ...env },
    })
    return {
      pid: undefined,
      send: (message) => ask({ kind: 'child-send', child, message }),
      onMessage: (listener) => void started.listeners.push(listener),
      onExit: (listener) => void started.exited.promise.then(listener),
      kill: () => ask({ kind: 'child-kill', child }),
    }
  }
}

function deliver(children: Map<number, Child>, notice: ChildNotice): void {
  const child = children.get(notice.child)
  if (child === undefined) return
  if (notice.kind === 'child-message') {
    for (const listener of child.listeners) listener(notice.message)
    return
  }
  children.delete(notice.child)
  const { code, signal, stderr } = notice
  child.exited.resolve({ code, signal, stderr })
}

/** The parent's own environment may be another one than what it gave to this process. */
function ownEnvironment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
}
