/** One line for whoever started the program from a terminal. */
export function writeLog(line: string): void {
  process.stderr.write(`${new Date().toISOString()} ${line}\n`)
}
