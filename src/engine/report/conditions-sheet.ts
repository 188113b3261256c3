import { localizeWarning } from '../../shared/messages/warnings.ts'
import type { Results } from '../../shared/results.ts'
import { selfCheckText } from './risks/run-risks.ts'
import type { Block, SheetModel } from './sheet-model.ts'
import type { Words } from './words.ts'

/**
 * What was measured where, with which inputs: enough to repeat the run and to notice a changed input.
 *
 * @param names by which the sheets call arms, by the names that they have
 */
export function conditionsSheet(
  results: Results,
  names: ReadonlyMap<string, string>,
  words: Words,
): SheetModel {
  const shortened = [...names].filter(([id, shown]) => id !== shown)
  return {
    name: words('sheet.conditions'),
    widths: [38, 140],
    onePage: false,
    blocks: [
      { kind: 'title', text: words('sheet.conditions') },
      { kind: 'paragraph', text: words('conditions.origin'), tone: 'muted' },
      { kind: 'heading', text: words('conditions.run') },
      { kind: 'facts', rows: runRows(results, words) },
      { kind: 'heading', text: words('conditions.environment') },
      { kind: 'facts', rows: environmentRows(results, words) },
      { kind: 'heading', text: words('conditions.hashes') },
      {
        kind: 'facts',
        rows: [
          [words('corpus.hash'), results.corpus.sha256],
          ...results.arms.map(({ id, model }): [string, string] => [id, model.sha256]),
        ],
      },
      ...(shortened.length === 0
        ? []
        : [
            { kind: 'heading', text: words('conditions.names') } as const,
            {
              kind: 'facts',
              rows: shortened.map(([id, shown]): [string, string] => [shown, id]),
            } as const,
          ]),
      { kind: 'heading', text: words('conditions.selfCheck') },
      selfCheck(results, words),
      { kind: 'heading', text: words('conditions.warnings') },
      ...(results.warnings.length === 0
        ? [{ kind: 'paragraph', text: words('conditions.noWarnings') } as const]
        : results.warnings.map(
            (warning) =>
              ({ kind: 'paragraph', tone: 'caution', text: localizeWarning(warning, words.locale) }) as const,
          )),
    ],
  }
}

function runRows({ run, corpus }: Results, words: Words): [string, string][] {
  return [
    [words('run'), run.id],
    [words('created'), run.createdAt],
    [words('env.seed'), String(run.seed)],
    [words('env.window'), `${run.window} / ${run.stride}`],
    [words('env.contexts'), run.contexts.join(', ')],
    [words('env.marginNll'), words.percent(run.margins.nllRelative)],
    [
      words('corpus.label'),
      words('corpus', {
        documents: words.count(corpus.documents),
        tokens: words.count(corpus.tokens),
        bytes: words.count(corpus.bytes),
      }),
    ],
  ]
}

function environmentRows({ environment: env }: Results, words: Words): [string, string][] {
  const yesNo = (value: boolean | null): string => (value === null ? 'n/a' : words(value ? 'yes' : 'no'))
  return [
    [words('env.cpu'), env.cpu.model],
    ['', words('env.cores', { physical: env.cpu.physicalCores, logical: env.cpu.logicalCores })],
    [words('env.memory'), `${(env.memoryBytes / 2 ** 30).toFixed(1)} GiB`],
    ...(env.gpus.length === 0
      ? [[words('env.gpu'), 'n/a'] as [string, string]]
      : env.gpus.map(({ name, driver }): [string, string] => [
          words('env.gpu'),
          driver === null ? name : name + words('env.gpuDriver', { driver }),
        ])),
    [words('env.os'), env.os],
    [words('env.provider'), `${env.providerRequested} → ${env.providerUsed}`],
    [words('env.quantization'), env.quantization],
    [words('env.threads'), String(env.threads)],
    [words('env.ort'), `${env.onnxruntime} (${env.runtimeDriver})`],
    [words('env.node'), env.node],
    [words('env.soroban'), env.soroban],
    [words('env.battery'), yesNo(env.onBattery)],
    [words('env.load'), env.loadPerCore === null ? 'n/a' : words.percent(env.loadPerCore)],
  ]
}

function selfCheck(results: Results, words: Words): Block {
  const { passed, windows } = results.selfCheck
  return {
    kind: 'paragraph',
    tone: windows === 0 ? 'caution' : passed ? 'good' : 'bad',
    text: selfCheckText(results, words),
  }
}
