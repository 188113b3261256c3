/** What a desktop window and Electron's main process say to each other: lines, each carrying the messages of `wire.ts`. */

/** The only channel between them. */
export const WINDOW_CHANNEL = 'soroban:rpc'

/** From the window. `line` is chosen by it, never used twice. */
export type LineMessage =
  | { readonly kind: 'open'; readonly line: string }
  | { readonly kind: 'message'; readonly line: string; readonly message: unknown }
  | { readonly kind: 'close'; readonly line: string }

/** To the window. */
export interface LineAnswer {
  readonly line: string
  readonly message: unknown
}
