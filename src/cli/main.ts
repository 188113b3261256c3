import { silentLogger } from '../engine/index.ts'
import { EXIT, type ExitCode, type Terminal } from './command.ts'
import { chooseLocale } from './parse.ts'
import { ProgressLine } from './progress-line.ts'
import { runCommandLine } from './run-command-line.ts'

/** Two interrupts within this time are one: a launcher forwards what the terminal has already sent. */
const REPEAT_MS = 700

async function main(argv: readonly string[]): Promise<ExitCode> {
  const locale = chooseLocale(argv, process.env)
  const progress = new ProgressLine(process.stderr, locale)
  const tell = (line: string): void => {
    progress.clear()
    process.stderr.write(`${line}\n`)
  }
  const write = (text: string): void => {
    progress.clear()
    process.stdout.write(text)
  }
  const terminal: Terminal = {
    locale,
    signal: interruptSignal(),
    report: (event) => progress.show(event),
    log: verboseLogger(tell),
    tell,
    write,
    print: (line) => write(`${line}\n`),
  }
  const exit = await runCommandLine(argv, terminal)
  progress.clear()
  return exit
}

/** Aborts on the first SIGINT or SIGTERM; a second, later one ends the process at once. */
function interruptSignal(): AbortSignal {
  const controller = new AbortController()
  let first: number | undefined
  const interrupt = (): void => {
    const now = performance.now()
    if (first !== undefined && now - first > REPEAT_MS) process.exit(EXIT.interrupted)
    first ??= now
    controller.abort()
  }
  process.on('SIGINT', interrupt)
  process.on('SIGTERM', interrupt)
  return controller.signal
}

/** For developers; what a user must know is said in results, warnings and errors. */
function verboseLogger(tell: (line: string) => void): Terminal['log'] {
  if (process.env['SOROBAN_DEBUG'] === undefined) return silentLogger
  const log =
    (level: string) =>
    (message: string, fields?: Readonly<Record<string, unknown>>): void =>
      tell(`${level}: ${message}${fields === undefined ? '' : ` ${JSON.stringify(fields)}`}`)
  return { debug: log('debug'), info: log('info'), warn: log('warn'), error: log('error') }
}

// A reader such as `head` may leave early; what is left to say then has no listener.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
  })
}

process.exitCode = await main(process.argv.slice(2))
