import { shownSimilarity } from '../../../shared/documents.ts'
import { formatMessage, type Locale, type MessageParams } from '../../../shared/messages/index.ts'
import { pocWarnings } from '../../../shared/messages/warnings-poc.ts'
import type { Results } from '../../../shared/results.ts'
import type { Provider } from '../../../shared/settings.ts'
import { scarceHeldOut } from '../../../shared/split-balance.ts'
import { unitsOf } from '../../comparison/index.ts'
import type { Corpus, CorpusDocument } from '../../corpus/index.ts'
import type { DocumentFolder } from '../../documents/index.ts'
import { describeModel } from '../../models/index.ts'
import type { FinishedUnit } from '../../runs/index.ts'
import type { ArmModel } from '../arm-model.ts'

export type Warning = Results['warnings'][number]

function warning(code: keyof typeof pocWarnings, params: MessageParams, locale: Locale): Warning {
  return { code, params: { ...params }, message: formatMessage(pocWarnings[code], locale, params) }
}

/** What a run was given and what it uses of it. */
export interface RunInputFacts {
  readonly folder: Pick<DocumentFolder, 'skipped'>
  /** All texts of the folder that count, those that are set apart for tuning and validation included. */
  readonly split: Corpus
  /** Those of them that may be measured on. */
  readonly whole: Corpus
  readonly dropsNearDuplicates: boolean
  /** Names that were to be left out and are no documents of the folder. */
  readonly unknownExclusions: readonly string[]
  /** Those that no model was made from. */
  readonly corpus: Corpus
  /** Those that are evaluated. */
  readonly usable: readonly CorpusDocument[]
  /** The baseline first. */
  readonly arms: readonly { readonly id: string; readonly model: ArmModel }[]
}

/** What is to be known about the inputs of a run, the gravest first. */
export function inputWarnings(
  { folder, split, whole, corpus, usable, arms, dropsNearDuplicates, unknownExclusions }: RunInputFacts,
  locale: Locale,
): Warning[] {
  const warn = (code: keyof typeof pocWarnings, params: MessageParams): Warning =>
    warning(code, params, locale)
  const countWarning = (code: keyof typeof pocWarnings, count: number): Warning[] =>
    count === 0 ? [] : [warn(code, { count })]
  const used = new Set(usable.map(({ name }) => name))
  const dropped = new Map(dropsNearDuplicates ? corpus.nearDuplicates.map((near) => [near.name, near]) : [])
  const [baseline, ...candidates] = arms
  return [
    ...candidates
      .filter(({ model }) => baseline !== undefined && differsBeyondKvHeads(baseline.model, model))
      .map(({ id }) => warn('poc/heads-and-sizes-differ', { candidate: id })),
    ...scarcityWarnings(split).map((params) => warn('poc/held-out-scarce', params)),
    ...seenWarnings(whole, corpus, arms).map((params) => warn('poc/documents-seen', params)),
    ...folder.skipped.map(({ name, error }) =>
      warn('poc/document-skipped', {
        ...error.params,
        name,
        reasonCode: error.code,
        reason: error.localized(locale),
      }),
    ),
    ...corpus.duplicates
      .filter(({ of }) => !dropped.has(of))
      .map(({ name, of }) => warn('poc/document-duplicate', { name, of })),
    ...[
      ...dropped.values(),
      // What equals a dropped text was dropped for the same reason.
      ...corpus.duplicates.flatMap(({ name, of }) => {
        const reason = dropped.get(of)
        return reason === undefined ? [] : [{ ...reason, name }]
      }),
    ].map(({ name, of, similarity }) =>
      warn('poc/document-near-duplicate', {
        name,
        of,
        similarity: wholePercent(shownSimilarity(similarity)),
      }),
    ),
    ...countWarning('poc/documents-excluded', corpus.excluded.length),
    ...unknownExclusions.map((name) => warn('poc/exclusion-unknown', { name })),
    ...countWarning('poc/documents-for-tuning', split.documents.length - whole.documents.length),
    ...corpus.documents
      .filter(({ name }) => !used.has(name))
      .map(({ name }) => warn('poc/document-too-short', { name })),
    ...usable.flatMap(
      ({
        name,
        health: { unreadable: count, pagesWithoutText: pages, formulasWithoutResult: formulas, ocr },
      }) => [
        ...(count > 0 ? [warn('poc/document-broken-characters', { name, count })] : []),
        ...(pages > 0 ? [warn('poc/document-pages-without-text', { name, pages })] : []),
        ...(formulas > 0 ? [warn('poc/document-formulas', { name, count: formulas })] : []),
        ...(ocr === null
          ? []
          : [
              warn('poc/document-recognized', {
                name,
                pages: ocr.pages,
                confidence: wholePercent(ocr.confidence),
              }),
            ]),
      ],
    ),
  ]
}

const wholePercent = (share: number): number => Math.floor(share * 100)

function scarcityWarnings({ documents }: Corpus): MessageParams[] {
  const share = scarceHeldOut(documents)
  return share === null ? [] : [{ percent: Math.round(share * 1000) / 10 }]
}

function seenWarnings(whole: Corpus, corpus: Corpus, arms: RunInputFacts['arms']): MessageParams[] {
  const count = whole.documents.length - corpus.documents.length
  if (count === 0) return []
  const texts = new Set(whole.documents.map(({ textSha256 }) => textSha256))
  const names = arms
    .filter(({ model }) => model.seenTexts.some((text) => texts.has(text)))
    .map(({ id }) => id)
  return [{ count, arms: names.join(', ') }]
}

/** Arms on different drivers do not compare in speed. */
export function driverWarnings(drivers: readonly string[], locale: Locale): Warning[] {
  const distinct = [...new Set(drivers)]
  return distinct.length > 1 ? [warning('poc/driver-differs', { drivers: distinct.join(', ') }, locale)] : []
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

/** Facts that two models of one experiment share when nothing but their KV heads differs. */
const SHARED_FACTS = [
  'family',
  'layers',
  'hiddenSize',
  'intermediateSize',
  'queryHeads',
  'headDim',
  'vocabSize',
  'maxPositions',
  'tiedEmbeddings',
] as const

/** An ONNX folder does not tell every fact; what is unknown is no difference. */
function differsBeyondKvHeads(baseline: ArmModel, candidate: ArmModel): boolean {
  const [a, b] = [describeModel(baseline.opened), describeModel(candidate.opened)]
  return SHARED_FACTS.some((fact) => a[fact] !== null && b[fact] !== null && a[fact] !== b[fact])
}
