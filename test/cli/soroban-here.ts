import { silentLogger } from '../../src/engine/index.ts'
import { runCommandLine } from '../../src/cli/run-command-line.ts'
import type { Locale } from '../../src/shared/messages/index.ts'

/** What a command line answered. */
export interface Said {
  readonly status: number
  readonly stdout: string
  readonly stderr: string
}

/** Does what a command line asks for in this process: without the start of another, and what the system adds to its end. */
export async function sorobanHere(args: readonly string[], locale: Locale): Promise<Said> {
  let [stdout, stderr] = ['', '']
  const status = await runCommandLine(args, {
    locale,
    signal: new AbortController().signal,
    report: () => {},
    log: silentLogger,
    tell: (line) => void (stderr += `${line}\n`),
    write: (text) => void (stdout += text),
    print: (line) => void (stdout += `${line}\n`),
  })
  return { status, stdout, stderr }
}
