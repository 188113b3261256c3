import { join } from 'node:path'

import { z } from 'zod'

import { AppError } from '../../../shared/errors.ts'
import type { DecoderConfig } from '../../graph/index.ts'
import { sha256 } from '../../kernel/files.ts'
import type { RunContext } from '../../kernel/run-context.ts'
import { openBackend, type Backend } from '../../runtime/index.ts'
import {
  createTokenizer,
  encodeDocument,
  tokenizerConfigJson,
  trainByteLevelBpe,
  type Tokenizer,
} from '../../tokens/index.ts'
import {
  runTraining,
  TokenStream,
  type ParameterStore,
  type TrainingGoal,
  type TrainingOutcome,
  type TrainingSettings,
} from '../../tuning/index.ts'
import { measuredLossSchema, measureLoss, type MeasuredLoss } from '../measure-loss.ts'
import { readReferenceCorpus, splitReferenceCorpus, type ReferenceSplit } from './reference-corpus.ts'
import { REFERENCE_PLAN, type ReferencePlan } from './reference-plan.ts'
import { StageMemo } from './stage-memo.ts'

/** Windows in one run while validating. */
const VALIDATION_BATCH = 4

export interface ReferenceInput {
  /** JSON lines {id, source, license, language, text}, gzipped or not. */
  readonly corpus: string
  /** Gets reference-mha, reference-gqa and held-out-slice.jsonl; older ones are replaced at the very end. */
  readonly out: string
  /** Checkpoints and finished stages; delete it to start over. */
  readonly workFolder: string
  readonly seed: number
  /** Intra-op threads: the number of physical cores. */
  readonly threads: number
  readonly plan?: ReferencePlan
}

/** Everything that the stages share. */
export interface ReferenceBench {
  readonly input: ReferenceInput
  readonly plan: ReferencePlan
  readonly backend: Backend
  readonly split: ReferenceSplit
  readonly tokenizerJson: string
  readonly tokenizer: Tokenizer
  /** Token ids of the training documents, and a digest of them. */
  readonly trainTokens: readonly Int32Array[]
  readonly trainDigest: string
  readonly config: DecoderConfig
  readonly memo: StageMemo
}

/** Reads and splits the corpus, makes or reads the tokenizer, opens the runtime. */
export async function openBench(input: ReferenceInput, ctx: RunContext): Promise<ReferenceBench> {
  const { seed, plan = REFERENCE_PLAN } = input
  const split = await splitReferenceCorpus(await readReferenceCorpus(input.corpus, ctx), plan.parts, seed)
  for (const [part, documents] of Object.entries(split)) {
    if (documents.length === 0) {
      throw new AppError('input/invalid', { source: input.corpus, field: part, reason: 'too few documents' })
    }
  }
  const memo = new StageMemo(input.workFolder)
  const texts = split.train.map(({ text }) => text)
  const { vocabSize } = plan
  const tokenizerInputs = { vocabSize, texts: texts.map((text) => sha256(text)) }
  const tokenizerJson = await memo.recall('tokenizer', tokenizerInputs, z.string(), () =>
    trainByteLevelBpe(texts, { vocabSize }, ctx),
  )
  const tokenizer = createTokenizer(tokenizerJson, tokenizerConfigJson(tokenizerJson))
  const trainTokens = texts.map((text) => tokenizer.encode(text))
  const boundary = tokenizer.endId
  return {
    input,
    plan,
    backend: await openBackend(ctx),
    split,
    tokenizerJson,
    tokenizer,
    trainTokens,
    trainDigest: sha256(JSON.stringify(trainTokens.map(digestOf))),
    config: {
      ...plan.architecture,
      vocabSize: tokenizer.vocabSize,
      bosTokenId: boundary,
      eosTokenIds: boundary === null ? [] : [boundary],
    },
    memo,
  }
}

export interface TrainingStage {
  /** Of its checkpoint, and in the progress. */
  readonly name: string
  readonly goal: TrainingGoal
  readonly settings: TrainingSettings
  /** What determines it beside corpus, seed and settings. */
  readonly inputs?: Readonly<Record<string, unknown>>
}

/** Trains a stage in place, or brings the student to the end of a stage already finished. */
export async function trainStage(
  { input, plan, backend, split, tokenizer, trainTokens, trainDigest, config }: ReferenceBench,
  student: ParameterStore,
  { name, goal, settings, inputs = {} }: TrainingStage,
  ctx: RunContext,
): Promise<TrainingOutcome> {
  return await runTraining(
    {
      label: name,
      backend,
      threads: input.threads,
      student,
      goal,
      trainable: () => true,
      stream: new TokenStream(trainTokens, tokenizer.endId ?? 0, input.seed + 1),
      validation: {
        documents: split.validation.map(({ text }) => encodeDocument(tokenizer, text).ids),
        shape: { batch: VALIDATION_BATCH, length: plan.validationWindow },
      },
      settings,
      // The schedule ends at a low rate, where the last weights are the best.
      keepBest: false,
      checkpoint: {
        path: join(input.workFolder, `${name}.checkpoint`),
        everySeconds: 120,
        inputs: { config, seed: input.seed, trainingTokens: trainDigest, goal: goal.kind, ...inputs },
      },
    },
    ctx,
  )
}

/** A loss, measured once for each state of the weights. */
export async function measured(
  bench: ReferenceBench,
  name: string,
  store: ParameterStore,
  part: 'validation' | 'heldOut',
  ctx: RunContext,
): Promise<MeasuredLoss> {
  const { memo, plan, backend, tokenizer, split, input } = bench
  const window = plan.evaluationWindow
  const inputs = {
    weights: digestOf(store.values),
    part,
    window,
    tokenizer: tokenizer.sha256,
    seed: input.seed,
  }
  return await memo.recall(`${name}-${part}`, inputs, measuredLossSchema, () => {
    ctx.log.info('measuring', { name, part })
    return measureLoss(store, split[part], { tokenizer, backend, window, threads: input.threads }, ctx)
  })
}

/** SHA-256 of an array's bytes. */
export function digestOf(values: Float32Array | Int32Array): string {
  return sha256(new Uint8Array(values.buffer, values.byteOffset, values.byteLength))
}
