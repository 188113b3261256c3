import { rm } from 'node:fs/promises'
import { join } from 'node:path'

import { z } from 'zod'

import { CONVERSION_METHODS, type ConversionMethod } from '../../conversion/index.ts'
import { sha256, sha256File, writeFileAtomically } from '../../kernel/files.ts'
import type { RunContext } from '../../kernel/run-context.ts'
import { readMachine } from '../../measure/index.ts'
import { openHfFolder, parameterCount, readAllWeights, writeHfFolder } from '../../models/index.ts'
import { ParameterStore, type TrainingOutcome, type TrainingSettings } from '../../tuning/index.ts'
import type { ChosenConversion } from '../measure-conversions.ts'
import { measuredLossSchema, measureLoss, type MeasuredLoss } from '../measure-loss.ts'
import { formatSlice, selectSlice } from './held-out-slice.ts'
import { measured, type ReferenceBench } from './reference-bench.ts'
import { formatModelCard, referenceCardSchema, type ReferenceCard } from './reference-card.ts'
import { utf8Bytes, type ReferenceDocument } from './reference-corpus.ts'

/** The baseline converted by the best method, each measured on both parts. */
export type ReferenceConversion = ChosenConversion<Record<'validation' | 'heldOut', MeasuredLoss>>

/** What the stages have brought about. */
export interface ReferenceResults {
  readonly baseline: {
    readonly store: ParameterStore
    readonly run: TrainingOutcome
    readonly heldOut: MeasuredLoss
  }
  readonly candidate: {
    readonly store: ParameterStore
    readonly run: TrainingOutcome
    readonly method: ConversionMethod
    readonly converted: ReferenceConversion['candidates']
  }
  readonly control: { readonly run: TrainingOutcome; readonly heldOut: MeasuredLoss }
}

export interface ReferenceOutput {
  readonly folders: readonly string[]
  readonly cards: readonly ReferenceCard[]
}

const WEIGHTS_FILE = 'model.safetensors'
const SLICE_FILE = 'held-out-slice.jsonl'
const CARD_FILE = 'card.json'
const MODEL_CARD_FILE = 'README.md'

/** Writes both folders and the slice; the losses of the float16 weights are measured on the files as written. */
export async function publishReferenceModels(
  bench: ReferenceBench,
  { baseline, candidate, control }: ReferenceResults,
  ctx: RunContext,
): Promise<ReferenceOutput> {
  const { input, plan, split } = bench
  const publisher = await Publisher.open(bench, selectSlice(split.heldOut, plan.sliceBytes, input.seed))
  const baselineCard = await publisher.publish(
    'reference-mha',
    baseline.store,
    () => ({ training: trainingFigures('cross-entropy', plan.baseline, baseline.run) }),
    ctx,
  )
  const objective = `${plan.klWeight} · KL(baseline ‖ candidate) + ${1 - plan.klWeight} · cross-entropy`
  const candidateCard = await publisher.publish(
    'reference-gqa',
    candidate.store,
    (heldOut) => ({
      training: trainingFigures(objective, plan.tuning, candidate.run),
      conversion: {
        method: candidate.method,
        validation: byMethod(candidate.converted, 'validation'),
        heldOut: byMethod(candidate.converted, 'heldOut'),
        control: {
          training: trainingFigures('cross-entropy', plan.tuning, control.run),
          heldOut: control.heldOut,
        },
        baseline: { heldOut: baselineCard.heldOut, weightsSha256: baselineCard.weights.sha256 },
        relativeToBaseline: heldOut.nll / baselineCard.heldOut.nll - 1,
        relativeToControl: heldOut.nll / control.heldOut.nll - 1,
      },
    }),
    ctx,
  )
  const cards = [baselineCard, candidateCard]
  return { folders: cards.map(({ name }) => join(input.out, name)), cards }
}

type Figures = Pick<ReferenceCard, 'training' | 'conversion'>

class Publisher {
  readonly #bench: ReferenceBench
  readonly #slice: readonly ReferenceDocument[]
  readonly #common: Pick<ReferenceCard, 'schema' | 'seed' | 'corpus' | 'hardware'>
  readonly #sliceSha256: string

  private constructor(
    bench: ReferenceBench,
    slice: readonly ReferenceDocument[],
    common: Pick<ReferenceCard, 'schema' | 'seed' | 'corpus' | 'hardware'>,
    sliceSha256: string,
  ) {
    this.#bench = bench
    this.#slice = slice
    this.#common = common
    this.#sliceSha256 = sliceSha256
  }

  /** Writes the slice. */
  static async open(bench: ReferenceBench, slice: readonly ReferenceDocument[]): Promise<Publisher> {
    const text = formatSlice(slice)
    await writeFileAtomically(join(bench.input.out, SLICE_FILE), text)
    const common = {
      schema: 'soroban.reference-card/1',
      seed: bench.input.seed,
      corpus: await corpusFigures(bench),
      hardware: await hardwareFigures(bench),
    } as const
    return new Publisher(bench, slice, common, sha256(text))
  }

  /** Writes one folder, reads it back, measures it and puts the cards beside the weights. */
  async publish(
    name: string,
    store: ParameterStore,
    figuresOf: (heldOut: MeasuredLoss) => Figures,
    ctx: RunContext,
  ): Promise<ReferenceCard> {
    const { input, plan, tokenizerJson, tokenizer, backend } = this.#bench
    const folder = join(input.out, name)
    const content = { config: store.config, weights: store.tensors(), dtype: 'F16', tokenizerJson } as const
    await rm(folder, { recursive: true, force: true })
    await writeHfFolder(folder, content)
    const model = await openHfFolder(folder, ctx)
    const stored = ParameterStore.from(model.config, await readAllWeights(model, ctx.signal))
    const weights = model.files.find(({ name: file }) => file === WEIGHTS_FILE)
    if (weights === undefined) throw new RangeError(`${folder} has no ${WEIGHTS_FILE}`)
    const heldOut = await measured(this.#bench, `${name}-stored`, stored, 'heldOut', ctx)
    const measuring = { tokenizer, backend, window: plan.evaluationWindow, threads: input.threads }
    const slice = await measureLoss(stored, this.#slice, measuring, ctx)
    const card = referenceCardSchema.parse({
      ...this.#common,
      ...figuresOf(heldOut),
      name,
      model: modelFigures(stored),
      heldOut,
      slice: { ...slice, file: SLICE_FILE, sha256: this.#sliceSha256 },
      weights: { file: WEIGHTS_FILE, sha256: weights.sha256, bytes: weights.bytes, dtype: 'F16' },
    } satisfies ReferenceCard)
    await writeFileAtomically(join(folder, CARD_FILE), `${JSON.stringify(card, null, 2)}\n`)
    await writeFileAtomically(join(folder, MODEL_CARD_FILE), formatModelCard(card))
    return card
  }
}

function modelFigures({ config }: ParameterStore): ReferenceCard['model'] {
  const { layers, hiddenSize, intermediateSize, queryHeads, kvHeads, headDim, vocabSize, maxPositions } =
    config
  const parameters = parameterCount(config)
  return {
    parameters,
    layers,
    hiddenSize,
    intermediateSize,
    queryHeads,
    kvHeads,
    headDim,
    vocabSize,
    maxPositions,
  }
}

function trainingFigures(
  objective: string,
  settings: TrainingSettings,
  run: TrainingOutcome,
): ReferenceCard['training'] {
  const { kind, peak, warmupSteps } = settings.schedule
  return {
    objective,
    steps: run.steps,
    tokens: run.tokens,
    seconds: run.seconds,
    peakLearningRate: peak,
    schedule: `${kind} after ${warmupSteps} steps of warm-up`,
    phases: [...settings.phases],
    trainingCurve: [...run.trainingCurve],
    validationCurve: [...run.validationCurve],
  }
}

function byMethod(
  converted: ReferenceConversion['candidates'],
  part: 'validation' | 'heldOut',
): Record<ConversionMethod, MeasuredLoss> {
  const entries = converted.map((candidate) => [candidate.method, candidate.losses[part]] as const)
  return z.record(z.enum(CONVERSION_METHODS), measuredLossSchema).parse(Object.fromEntries(entries))
}

async function corpusFigures({
  input,
  split,
  trainTokens,
}: ReferenceBench): Promise<ReferenceCard['corpus']> {
  const all = [...split.train, ...split.validation, ...split.heldOut]
  const kinds = Map.groupBy(all, ({ source, license, language }) =>
    JSON.stringify({ source, license, language }),
  )
  const tokens = trainTokens.reduce((sum, { length }) => sum + length, 0)
  return {
    sha256: await sha256File(input.corpus),
    sources: [...kinds.values()].map((documents) => {
      const { source, license, language } = documents[0]!
      return { source, license, language, documents: documents.length, bytes: utf8Bytes(documents) }
    }),
    split: { train: split.train.length, validation: split.validation.length, heldOut: split.heldOut.length },
    trainTokens: tokens,
    bytesPerToken: utf8Bytes(split.train) / tokens,
  }
}

async function hardwareFigures({ input, backend }: ReferenceBench): Promise<ReferenceCard['hardware']> {
  const { cpu, os } = await readMachine()
  return {
    cpu: cpu.model,
    cores: cpu.physicalCores,
    threads: input.threads,
    os,
    onnxruntime: backend.version,
    driver: backend.driver,
  }
}
