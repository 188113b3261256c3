import { packageVersion } from '../engine/index.ts'
import { AppError, toAppError } from '../shared/errors.ts'
import { EXIT, type ExitCode, type Terminal } from './command.ts'
import { COMMANDS } from './commands/index.ts'
import { helpText } from './help.ts'
import { parseCommandLine, readInput } from './parse.ts'

/** Does what a command line asks for, and tells in the terminal's language what keeps it from doing so. */
export async function runCommandLine(argv: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { locale, print, tell } = terminal
  try {
    const parsed = parseCommandLine(argv, COMMANDS)
    if (parsed.wantsVersion) {
      print(packageVersion())
      return EXIT.ok
    }
    if (parsed.command === null || parsed.wantsHelp) {
      print(helpText(COMMANDS, parsed.command, locale))
      return EXIT.ok
    }
    return await parsed.command.run(readInput(parsed.command, parsed.values, locale), terminal)
  } catch (error) {
    const failure = toAppError(error)
    tell(failure.localized(locale))
    // What the failure sums up, such as why a document was not read; an abort is caused by nothing but itself.
    if (failure.cause instanceof AppError && failure.code !== 'cancelled')
      tell(failure.cause.localized(locale))
    if (process.env['SOROBAN_DEBUG'] !== undefined) tell(String(failure.stack))
    return exitCodeOf(failure)
  }
}

function exitCodeOf(error: AppError): ExitCode {
  if (error.code === 'cancelled') return EXIT.interrupted
  return error.code.startsWith('usage/') ? EXIT.usage : EXIT.failed
}
