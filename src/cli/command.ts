import type { z } from 'zod'

import type { RunContext } from '../engine/index.ts'
import type { Locale, Message } from '../shared/messages/index.ts'

export interface OptionSpec {
  readonly kind: 'value' | 'list' | 'flag'
  /** Shown in help after the option, such as DIR. */
  readonly placeholder?: string
  readonly summary: Message
}

export interface ArgumentSpec {
  readonly name: string
  /** May be left out; said in help. */
  readonly isOptional?: true
  readonly summary: Message
}

/** What a command may use besides its options. */
export interface Terminal extends RunContext {
  readonly locale: Locale
  /** The result: one line on stdout. */
  readonly print: (line: string) => void
  /** Words for a person: one line on stderr. */
  readonly tell: (line: string) => void
  /** Streams text without a line break to stdout. */
  readonly write: (text: string) => void
}

export const EXIT = { ok: 0, failed: 1, usage: 2, criteriaNotMet: 3, interrupted: 130 } as const
export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

export interface Command<Input = unknown> {
  /** Words after `soroban`, such as ["model", "convert"]. */
  readonly path: readonly string[]
  readonly summary: Message
  readonly arguments: readonly ArgumentSpec[]
  readonly options: Readonly<Record<string, OptionSpec>>
  /** Options and arguments by name; a missing key means that it was not given. */
  readonly input: z.ZodType<Input>
  readonly run: (input: Input, terminal: Terminal) => Promise<ExitCode>
}

/** Declares a command, checking its handler against its own schema. */
export const defineCommand = <Input>(command: Command<Input>): Command<Input> => command
