import { CsvError, parse } from 'csv-parse/sync'

import { AppError } from '../../../shared/errors.ts'

const DELIMITERS = [',', '\t', ';']

/**
 * A CSV or TSV file as readable text: one record a line, fields separated by a tab, line breaks inside a field as
 * spaces, empty fields at the end of a record dropped. The header stays the first line; no words are added that the
 * file does not have.
 *
 * @throws AppError documents/malformed with the line at fault
 */
export function tableText(text: string, name: string, delimiter?: string): string {
  let records: string[][]
  try {
    records = parse(text, {
      delimiter: delimiter ?? commonDelimiter(text),
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
    })
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    throw new AppError('documents/malformed', { name, line: Number(error['lines'] ?? 0) }, { cause: error })
  }
  return records.map(line).join('\n')
}

function line(record: readonly string[]): string {
  const fields = record.map(onOneLine)
  return fields.slice(0, fields.findLastIndex((field) => field !== '') + 1).join('\t')
}

function onOneLine(field: string): string {
  const lines = field.split(/[\r\n\t]+/).map((line) => line.trim())
  return lines.filter((line) => line !== '').join(' ')
}

/** The delimiter that occurs most in the first line; a comma when none does. */
function commonDelimiter(text: string): string {
  const [line = ''] = text.split(/[\r\n]/, 1)
  const counts = DELIMITERS.map((delimiter) => line.split(delimiter).length)
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ','
}
