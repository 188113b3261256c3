import { formatMessage, type Locale, type MessageParams } from '../../../shared/messages/index.ts'
import { pocWarnings } from '../../../shared/messages/warnings-poc.ts'
import type { Results } from '../../../shared/results.ts'
import type { Provider } from '../../../shared/settings.ts'
import { unitsOf } from '../../comparison/index.ts'
import type { Corpus, CorpusDocument } from '../../corpus/index.ts'
import type { DocumentFolder } from '../../documents/index.ts'
import type { FinishedUnit } from '../../runs/index.ts'
import type { ArmModel } from '../arm-model.ts'

export type Warning = Results['warnings'][number]

function warning(code: keyof typeof pocWarnings, params: MessageParams, locale: Locale): Warning {
  return { code, params: { ...params }, message: formatMessage(pocWarnings[code], locale, params) }
}

/**
 * What is to be known about the inputs of a run.
 *
 * @param usable the documents that are evaluated
 * @param arms the baseline first
 */
export function inputWarnings(
  folder: DocumentFolder,
  corpus: Corpus,
  usable: readonly CorpusDocument[],
  arms: readonly { readonly id: string; readonly model: ArmModel }[],
  locale: Locale,
): Warning[] {
  const warn = (code: keyof typeof pocWarnings, params: MessageParams): Warning =>
    warning(code, params, locale)
  const used = new Set(usable.map(({ name }) => name))
  const [baseline, ...candidates] = arms
  return [
    ...candidates
      .filter(({ model }) => baseline !== undefined && differsBeyondKvHeads(baseline.model, model))
      .map(({ id }) => warn('poc/heads-and-sizes-differ', { candidate: id })),
    ...folder.skipped.map(({ name, error }) =>
      warn('poc/document-skipped', { name, reason: error.localized(locale) }),
    ),
    ...corpus.duplicates.map(({ name, of }) => warn('poc/document-duplicate', { name, of })),
    ...corpus.blank.map((name) => warn('poc/document-blank', { name })),
    ...corpus.documents
      .filter(({ name }) => !used.has(name))
      .map(({ name }) => warn('poc/document-too-short', { name })),
    ...folder.documents
      .filter(({ brokenCharacters }) => brokenCharacters > 0)
      .map(({ name, brokenCharacters: count }) => warn('poc/document-broken-characters', { name, count })),
  ]
}

/**
 * Whether the device had to be kept to short runs while it was timed. Read from the samples, so that a resumed run
 * tells what an earlier process met.
 */
export function providerWarnings(
  samples: readonly FinishedUnit[],
  provider: Provider,
  locale: Locale,
): Warning[] {
  const limited = unitsOf(samples, 'speed').flatMap(({ unit: { arm }, samples: { longestRun } }) =>
    longestRun === null ? [] : [{ arm, longestRun }],
  )
  if (limited.length === 0) return []
  const arms = [...new Set(limited.map(({ arm }) => arm))].join(', ')
  const tokens = Math.min(...limited.map(({ longestRun }) => longestRun))
  return [warning('poc/provider-limited', { provider, arms, tokens }, locale)]
}

function differsBeyondKvHeads({ facts: a }: ArmModel, { facts: b }: ArmModel): boolean {
  return (
    a.layers !== b.layers ||
    a.hiddenSize !== b.hiddenSize ||
    a.queryHeads !== b.queryHeads ||
    a.headDim !== b.headDim
  )
}
