/** What the stand-in's main process and the test say to each other. */
import { EventEmitter } from 'node:events'

/** A native dialog as main asked for it. */
export interface ShownDialog {
  readonly kind: 'open' | 'save' | 'message' | 'error'
  readonly options: Readonly<Record<string, unknown>>
}

export interface MenuEntry {
  readonly label?: string
  readonly role?: string
  readonly type?: string
  readonly submenu?: readonly MenuEntry[]
}

/** Something that the page asked for, and what main's handlers made of it. */
interface Judged<K extends string> {
  readonly kind: K
  readonly url: string
  readonly isAllowed: boolean
}

export type FromMain =
  | { readonly kind: 'window'; readonly options: Readonly<Record<string, unknown>> }
  | { readonly kind: 'dialog'; readonly id: number; readonly dialog: ShownDialog }
  | { readonly kind: 'menu'; readonly template: readonly MenuEntry[] }
  | { readonly kind: 'program'; readonly name: string; readonly pid: number }
  | { readonly kind: 'revealed'; readonly path: string }
  | { readonly kind: 'background'; readonly color: string }
  | Judged<'request'>
  | Judged<'navigation'>
  | Judged<'new-window'>

export type ToMain =
  | { readonly kind: 'dialog-answer'; readonly id: number; readonly answer: unknown }
  | { readonly kind: 'close-window' }
  | { readonly kind: 'menu-role'; readonly role: string }

const incoming = new EventEmitter()
process.on('message', (message: ToMain) => incoming.emit(message.kind, message))

export function tellTest(message: FromMain): void {
  if (process.connected) process.send?.(message)
}

export function onOrder<K extends ToMain['kind']>(
  kind: K,
  listener: (order: Extract<ToMain, { kind: K }>) => void,
): void {
  incoming.on(kind, listener)
}
