import type { Locale, Message } from '../shared/messages/index.ts'
import { defineMessages } from '../shared/messages/index.ts'
import type { Command, OptionSpec } from './command.ts'
import { GLOBAL_OPTIONS } from './options.ts'

const words = defineMessages({
  usage: { ja: '使い方', en: 'Usage' },
  commands: { ja: 'コマンド', en: 'Commands' },
  arguments: { ja: '引数', en: 'Arguments' },
  options: { ja: 'オプション', en: 'Options' },
  common: { ja: '共通オプション', en: 'Common options' },
  more: { ja: '詳しくは soroban <コマンド> --help', en: 'More: soroban <command> --help' },
  tagline: {
    ja: 'Soroban — GQA モデルが MHA ベースラインを置き換えられるかを、自社の文書と装置で、外部通信なしに確かめる',
    en: 'Soroban — find out, on your own documents and hardware, offline, whether a GQA model can replace its MHA baseline',
  },
})

/** Help for one command, or the list of commands. */
export function helpText(commands: readonly Command[], command: Command | null, locale: Locale): string {
  return command === null ? overview(commands, locale) : commandHelp(command, locale)
}

function overview(commands: readonly Command[], locale: Locale): string {
  const rows = commands.map((command): [string, string] => [command.path.join(' '), command.summary[locale]])
  return [
    words.tagline[locale],
    '',
    `${words.usage[locale]}: soroban <command> [options]`,
    '',
    `${words.commands[locale]}:`,
    ...columns(rows),
    '',
    words.more[locale],
  ].join('\n')
}

function commandHelp(command: Command, locale: Locale): string {
  const positional = command.arguments.map(({ name, isOptional }) =>
    isOptional === true ? `[${name.toUpperCase()}]` : name.toUpperCase(),
  )
  const section = (title: Message, rows: [string, string][]): string[] =>
    rows.length === 0 ? [] : ['', `${title[locale]}:`, ...columns(rows)]
  return [
    command.summary[locale],
    '',
    `${words.usage[locale]}: ${['soroban', ...command.path, ...positional, '[options]'].join(' ')}`,
    ...section(
      words.arguments,
      command.arguments.map(({ name, summary }) => [name.toUpperCase(), summary[locale]]),
    ),
    ...section(words.options, optionRows(command.options, locale)),
    ...section(words.common, optionRows(GLOBAL_OPTIONS, locale)),
  ].join('\n')
}

const optionRows = (options: Readonly<Record<string, OptionSpec>>, locale: Locale): [string, string][] =>
  Object.entries(options).map(([name, { placeholder, summary, kind }]) => [
    `--${name}${placeholder === undefined ? '' : ` ${placeholder}`}${kind === 'list' ? '…' : ''}`,
    summary[locale],
  ])

function columns(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length)) + 3
  return rows.map(([left, right]) => `  ${left.padEnd(width)}${right}`)
}
