import { z } from 'zod'

/** What a ratio should be: at least or at most this much. */
export interface Goal {
  readonly sense: 'at-least' | 'at-most'
  readonly ratio: number
}

/** One line of the results table. */
export interface BenchResult {
  /** The benchmark and what it was asked about: `decode-vs-transformers/kv8/2048`. */
  readonly name: string
  /** Our own figure, in `unit`. */
  readonly value: number
  readonly unit: string
  /** Against the peer or limit measured in the same run. */
  readonly ratio: number
  /** Null for a figure that is shown for information. */
  readonly goal: Goal | null
}

const SIGNS: Readonly<Record<Goal['sense'], string>> = { 'at-least': '>=', 'at-most': '<=' }
const LINE = /^RESULT (?<name>\S+) (?<value>\S+) (?<unit>\S+) (?<ratio>\S+) (?:(?<sign>[<>]=)(?<goal>\S+)|-)$/

const lineSchema = z.object({
  name: z.string(),
  value: z.coerce.number(),
  unit: z.string(),
  ratio: z.coerce.number(),
  sign: z.enum(['>=', '<=']).optional(),
  goal: z.coerce.number().optional(),
})

/** Prints `RESULT name value unit ratio goal`, from which `run-all.ts` makes its table; `-` stands for no goal. */
export function printResult({ name, value, unit, ratio, goal }: BenchResult): void {
  const wanted = goal === null ? '-' : `${SIGNS[goal.sense]}${goal.ratio}`
  console.log(`RESULT ${name} ${value.toPrecision(4)} ${unit} ${ratio.toPrecision(4)} ${wanted}`)
}

/** The result that a line of output holds; null for any other line. */
export function parseResult(line: string): BenchResult | null {
  const groups = LINE.exec(line)?.groups
  if (groups === undefined) return null
  const { name, value, unit, ratio, sign, goal } = lineSchema.parse(groups)
  if (sign === undefined || goal === undefined) return { name, value, unit, ratio, goal: null }
  return { name, value, unit, ratio, goal: { sense: sign === '>=' ? 'at-least' : 'at-most', ratio: goal } }
}

function meetsGoal(ratio: number, goal: Goal): boolean {
  return goal.sense === 'at-least' ? ratio >= goal.ratio : ratio <= goal.ratio
}

/** "≥ 3, met", "≤ 1.1, missed", or "–" without a goal. */
export function describeGoal({ ratio, goal }: BenchResult): string {
  if (goal === null) return '–'
  return `${goal.sense === 'at-least' ? '≥' : '≤'} ${goal.ratio}, ${meetsGoal(ratio, goal) ? 'met' : 'missed'}`
}

/** A Markdown table. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}
