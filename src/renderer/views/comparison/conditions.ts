import type { Results } from '../../../shared/results.ts'
import type { Formatter } from '../../format.ts'
import type { ReportWords } from './use-report-words.ts'

export interface ConditionGroup {
  readonly title: string
  readonly rows: readonly (readonly [label: string, value: string])[]
  /** The values are hashes: shown in full, in a fixed-width face. */
  readonly isCode: boolean
}

/** What was measured where, with which inputs: the same facts as the workbook's sheet of conditions. */
export function conditionGroups(
  results: Results,
  words: ReportWords,
  format: Formatter,
): readonly ConditionGroup[] {
  return [
    { title: words('conditions.run'), rows: runRows(results, words, format), isCode: false },
    {
      title: words('conditions.environment'),
      rows: environmentRows(results, words, format),
      isCode: false,
    },
    {
      title: words('conditions.hashes'),
      rows: [
        [words('corpus.hash'), results.corpus.sha256],
        ...results.arms.map(({ id, model }) => [id, model.sha256] as const),
      ],
      isCode: true,
    },
  ]
}

/** The groups as text, one line a fact. */
export const conditionsText = (groups: readonly ConditionGroup[]): string =>
  groups
    .map(({ title, rows }) => [title, ...rows.map(([label, value]) => `${label}\t${value}`)].join('\n'))
    .join('\n\n')

function runRows(
  { run, corpus }: Results,
  words: ReportWords,
  format: Formatter,
): readonly (readonly [string, string])[] {
  return [
    [words('run'), run.id],
    [words('created'), run.createdAt],
    [words('env.seed'), String(run.seed)],
    [words('env.window'), `${format.integer(run.window)} / ${format.integer(run.stride)}`],
    [words('env.contexts'), run.contexts.map((context) => format.integer(context)).join(', ')],
    [words('env.marginNll'), format.percent(run.margins.nllRelative, 2)],
    [
      words('corpus.label'),
      words('corpus', {
        documents: format.integer(corpus.documents),
        tokens: format.integer(corpus.tokens),
        bytes: format.integer(corpus.bytes),
      }),
    ],
  ]
}

function environmentRows(
  { environment: env }: Results,
  words: ReportWords,
  format: Formatter,
): readonly (readonly [string, string])[] {
  const { physicalCores: physical, logicalCores: logical } = env.cpu
  const gpus = env.gpus.map(
    ({ name, driver }) => name + (driver === null ? '' : words('env.gpuDriver', { driver })),
  )
  const battery = env.onBattery === null ? 'n/a' : words(env.onBattery ? 'yes' : 'no')
  return [
    [words('env.cpu'), `${env.cpu.model} (${words('env.cores', { physical, logical })})`],
    [words('env.memory'), format.bytes(env.memoryBytes)],
    [words('env.gpu'), gpus.length === 0 ? 'n/a' : gpus.join(', ')],
    [words('env.os'), env.os],
    [words('env.provider'), `${env.providerRequested} → ${env.providerUsed}`],
    [words('env.quantization'), env.quantization],
    [words('env.threads'), format.integer(env.threads)],
    [words('env.ort'), `${env.onnxruntime} (${env.runtimeDriver})`],
    [words('env.node'), env.node],
    [words('env.soroban'), env.soroban],
    [words('env.battery'), battery],
    [words('env.load'), env.loadPerCore === null ? 'n/a' : format.percent(env.loadPerCore)],
  ]
}
