import { parseArgs } from 'node:util'

import { z } from 'zod'

import { AppError } from '../shared/errors.ts'
import { defineMessages, formatMessage, LOCALES, type Locale } from '../shared/messages/index.ts'
import type { Command, OptionSpec } from './command.ts'
import { GLOBAL_OPTIONS } from './options.ts'

const words = defineMessages({
  /** Instead of zod's own words for a pattern, which quote the pattern. */
  form: { ja: '{placeholder} の形で指定してください', en: 'expected {placeholder}' },
})

export interface ParsedCommandLine {
  readonly command: Command | null
  /** Words that named the command, for messages. */
  readonly name: string
  readonly values: Readonly<Record<string, unknown>>
  readonly wantsHelp: boolean
  readonly wantsVersion: boolean
}

/**
 * The reader's language: --lang wherever it stands, SOROBAN_LANG, the system's language; Japanese where neither
 * says ja or en. Read before anything else, so that even a usage error speaks it.
 */
export function chooseLocale(argv: readonly string[], env: NodeJS.ProcessEnv): Locale {
  const flag = argv.findIndex((word) => word === '--lang')
  const inline = argv.find((word) => word.startsWith('--lang='))?.slice('--lang='.length)
  const candidates = [
    inline ?? (flag === -1 ? undefined : argv[flag + 1]),
    env['SOROBAN_LANG'],
    // POSIX: an empty variable is as good as none.
    env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'],
  ]
  for (const candidate of candidates) {
    const known = LOCALES.find((locale) => candidate?.toLowerCase().startsWith(locale))
    if (known !== undefined) return known
  }
  return 'ja'
}

/**
 * Reads a command line against the commands' declarations.
 *
 * @throws AppError usage/* naming the option, and what would be right
 */
export function parseCommandLine(argv: readonly string[], commands: readonly Command[]): ParsedCommandLine {
  const words = leadingWords(argv)
  const command = longestMatch(words, commands)
  if (command === null) {
    const wantsVersion = argv.includes('--version')
    const wantsHelp = argv.length === 0 || argv.includes('--help') || argv.includes('-h')
    const isGroup = commands.some(({ path }) => words.every((word, index) => path[index] === word))
    if (!isGroup || !(wantsHelp || wantsVersion)) {
      // Options stand behind the command: what comes first is taken for its name.
      throw new AppError('usage/unknown-command', { command: (words.length > 0 ? words : argv).join(' ') })
    }
    return { command, name: words.join(' '), values: {}, wantsHelp: !wantsVersion, wantsVersion }
  }
  const name = command.path.join(' ')
  const options: Readonly<Record<string, OptionSpec>> = { ...GLOBAL_OPTIONS, ...command.options }
  const { values, wantsHelp } = readOptions(argv.slice(command.path.length), command, options, name)
  return { command, name, values, wantsHelp, wantsVersion: false }
}

const leadingWords = (argv: readonly string[]): readonly string[] => {
  const end = argv.findIndex((word) => word.startsWith('-'))
  return end === -1 ? argv : argv.slice(0, end)
}

function longestMatch(words: readonly string[], commands: readonly Command[]): Command | null {
  const matches = commands.filter(({ path }) => path.every((part, index) => words[index] === part))
  return matches.sort((a, b) => b.path.length - a.path.length)[0] ?? null
}

function readOptions(
  argv: readonly string[],
  command: Command,
  options: Readonly<Record<string, OptionSpec>>,
  name: string,
): { values: Record<string, unknown>; wantsHelp: boolean } {
  const { tokens } = parseArgs({
    args: [...argv],
    strict: false,
    tokens: true,
    allowPositionals: true,
    options: Object.fromEntries(
      Object.entries(options).map(([option, { kind }]) => [
        option,
        { type: kind === 'flag' ? ('boolean' as const) : ('string' as const), multiple: kind === 'list' },
      ]),
    ),
  })
  const values: Record<string, unknown> = {}
  const positionals: { readonly value: string; readonly list: string | null }[] = []
  let list: string | null = null
  let wantsHelp = false
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push({ value: token.value, list })
    list = token.kind === 'positional' ? list : null
    if (token.kind !== 'option') continue
    if (token.name === 'help' || token.name === 'h') {
      wantsHelp = true
      continue
    }
    const spec = options[token.name]
    if (spec === undefined)
      throw new AppError('usage/unknown-option', { command: name, option: token.rawName })
    if (spec.kind === 'flag') {
      if (token.value !== undefined) {
        const argument = `${token.rawName}=${token.value}`
        throw new AppError('usage/unexpected-argument', { command: name, argument })
      }
      values[token.name] = true
    } else if (
      token.value === undefined ||
      token.value === '' ||
      (!token.inlineValue && token.value.startsWith('--'))
    ) {
      const placeholder = spec.placeholder ?? 'VALUE'
      throw new AppError('usage/missing-value', { option: token.rawName, placeholder })
    } else if (spec.kind === 'list') {
      addTo(values, token.name, token.value)
      list = token.name
    } else {
      values[token.name] = token.value
    }
  }
  command.arguments.forEach(({ name: argument }, index) => {
    if (positionals[index] !== undefined) values[argument] = positionals[index].value
  })
  // `--candidate A B` is as natural as repeating the option.
  const unexpected: string[] = []
  for (const extra of positionals.slice(command.arguments.length)) {
    if (extra.list === null) unexpected.push(extra.value)
    else addTo(values, extra.list, extra.value)
  }
  if (unexpected.length > 0) {
    throw new AppError('usage/unexpected-argument', { command: name, argument: unexpected.join(' ') })
  }
  return { values, wantsHelp }
}

function addTo(values: Record<string, unknown>, list: string, value: string): void {
  values[list] = [...((values[list] as string[] | undefined) ?? []), value]
}

/** Checks values against a command's schema. @throws AppError usage/* for the first thing that is wrong */
export function readInput<Input>(
  command: Command<Input>,
  values: Readonly<Record<string, unknown>>,
  locale: Locale,
): Input {
  z.config(locale === 'ja' ? z.locales.ja() : z.locales.en())
  const parsed = command.input.safeParse(values)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  const field = String(issue?.path[0] ?? '')
  const argument = command.arguments.find(({ name }) => name === field)
  if (values[field] === undefined) {
    if (argument !== undefined) {
      throw new AppError('usage/missing-argument', {
        argument: field.toUpperCase(),
        command: command.path.join(' '),
      })
    }
    const summary = (command.options[field] ?? GLOBAL_OPTIONS[field])?.summary[locale] ?? ''
    throw new AppError('usage/missing-option', { option: `--${field}`, summary })
  }
  const placeholder = (command.options[field] ?? GLOBAL_OPTIONS[field])?.placeholder
  throw new AppError('usage/invalid-option', {
    option: argument === undefined ? `--${field}` : field.toUpperCase(),
    reason:
      issue?.code === 'invalid_format' && placeholder !== undefined
        ? formatMessage(words.form, locale, { placeholder })
        : (issue?.message ?? ''),
  })
}
