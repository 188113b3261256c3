import { z } from 'zod'

import { CONVERSION_METHODS } from '../../conversion/index.ts'
import { measuredLossSchema, type MeasuredLoss } from '../measure-loss.ts'

const curveSchema = z.array(z.object({ step: z.int(), tokens: z.int(), loss: z.number() }))

const trainingSchema = z.object({
  objective: z.string(),
  steps: z.int().positive(),
  tokens: z.int().positive(),
  seconds: z.number().positive(),
  peakLearningRate: z.number().positive(),
  schedule: z.string(),
  phases: z.array(z.object({ steps: z.int(), batch: z.int(), length: z.int(), accumulate: z.int() })),
  /** Mean loss of the training batches since the point before, nats a token. */
  trainingCurve: curveSchema,
  validationCurve: curveSchema,
})

const byMethod = z.record(z.enum(CONVERSION_METHODS), measuredLossSchema)

/** card.json beside the weights of a reference model: every figure measured by the program that made them. */
export const referenceCardSchema = z.object({
  schema: z.literal('soroban.reference-card/1'),
  name: z.string(),
  seed: z.int(),
  model: z.object({
    parameters: z.int().positive(),
    layers: z.int().positive(),
    hiddenSize: z.int().positive(),
    intermediateSize: z.int().positive(),
    queryHeads: z.int().positive(),
    kvHeads: z.int().positive(),
    headDim: z.int().positive(),
    vocabSize: z.int().positive(),
    maxPositions: z.int().positive(),
  }),
  corpus: z.object({
    sha256: z.string(),
    sources: z.array(
      z.object({
        source: z.string(),
        license: z.string(),
        language: z.string(),
        documents: z.int(),
        bytes: z.int(),
      }),
    ),
    /** Documents of each part; near-copies are in one part. */
    split: z.object({ train: z.int(), validation: z.int(), heldOut: z.int() }),
    trainTokens: z.int(),
    bytesPerToken: z.number(),
  }),
  training: trainingSchema,
  /** Only for the candidate: how it was made from the baseline. */
  conversion: z
    .object({
      method: z.enum(CONVERSION_METHODS),
      /** Right after conversion, before any tuning. */
      validation: byMethod,
      heldOut: byMethod,
      /** The baseline trained on for as many steps with cross-entropy: is it the tuning or the heads? */
      control: z.object({ training: trainingSchema, heldOut: measuredLossSchema }),
      baseline: z.object({ heldOut: measuredLossSchema, weightsSha256: z.string() }),
      /** (candidate − baseline) / baseline of the held-out nll, and the same against the control. */
      relativeToBaseline: z.number(),
      relativeToControl: z.number(),
    })
    .optional(),
  /** Of the float16 weights in this folder. */
  heldOut: measuredLossSchema,
  slice: measuredLossSchema.extend({ file: z.string(), sha256: z.string() }),
  weights: z.object({ file: z.string(), sha256: z.string(), bytes: z.int(), dtype: z.literal('F16') }),
  hardware: z.object({
    cpu: z.string(),
    cores: z.int(),
    threads: z.int(),
    os: z.string(),
    onnxruntime: z.string(),
    driver: z.string(),
  }),
})
export type ReferenceCard = z.infer<typeof referenceCardSchema>

/** The model card (README.md) in words and tables, from the same figures. */
export function formatModelCard(card: ReferenceCard): string {
  const { model, corpus, training, conversion } = card
  const licenses = [...new Set(corpus.sources.map(({ license }) => license))].join('; ')
  return `${[
    '---',
    'language: [ja, en]',
    'library_name: transformers',
    'pipeline_tag: text-generation',
    'tags: [soroban, reference]',
    '---',
    '',
    `# ${card.name}`,
    '',
    conversion === undefined
      ? 'The MHA baseline of Soroban’s reference pair: a small bilingual (Japanese, English) language model for trying out the comparison. It is no assistant and knows little.'
      : `The GQA candidate of Soroban’s reference pair, made from reference-mha: ${conversion.method} conversion, then distillation with the baseline as teacher.`,
    '',
    'All figures below were measured by the program that made the weights; `card.json` holds them in full.',
    '',
    table(
      ['', ''],
      [
        ['parameters', count(model.parameters)],
        ['layers · hidden size · MLP', `${model.layers} · ${model.hiddenSize} · ${model.intermediateSize}`],
        ['query heads · KV heads · head size', `${model.queryHeads} · ${model.kvHeads} · ${model.headDim}`],
        ['vocabulary · positions', `${count(model.vocabSize)} · ${count(model.maxPositions)}`],
        ['weights', `${card.weights.file}, ${card.weights.dtype}, ${count(card.weights.bytes)} bytes`],
        ['SHA-256', `\`${card.weights.sha256}\``],
        ['seed', String(card.seed)],
      ],
    ),
    '',
    '## Held-out loss',
    '',
    table(
      ['text', 'documents', 'tokens', 'nll (nats/token)', 'bits/byte'],
      [
        lossRow('held-out documents', card.heldOut),
        lossRow(`${card.slice.file} (in this repository)`, card.slice),
      ],
    ),
    '',
    `Rolling windows of ${card.heldOut.window} positions, stride half a window, every token scored once; float16 weights.`,
    '',
    ...(conversion === undefined ? [] : conversionSection(card, conversion)),
    '## Training',
    '',
    table(
      ['', ''],
      [
        ['objective', training.objective],
        ['steps · tokens', `${count(training.steps)} · ${count(training.tokens)}`],
        ['windows', training.phases.map(phaseText).join(', then ')],
        ['learning rate', `${training.peakLearningRate}, ${training.schedule}; AdamW, gradient norm clipped`],
        ['wall time', `${(training.seconds / 60).toFixed(1)} min`],
        ['machine', `${card.hardware.cpu}, ${card.hardware.threads} threads, ${card.hardware.os}`],
        ['runtime', `ONNX Runtime ${card.hardware.onnxruntime} (${card.hardware.driver})`],
      ],
    ),
    '',
    table(
      ['step', 'tokens', 'training loss', 'validation loss'],
      training.validationCurve.map((point, index) => [
        count(point.step),
        count(point.tokens),
        (training.trainingCurve[index]?.loss ?? Number.NaN).toFixed(4),
        point.loss.toFixed(4),
      ]),
    ),
    '',
    '## Text',
    '',
    table(
      ['source', 'language', 'licence', 'documents', 'bytes'],
      corpus.sources.map((row) => [
        row.source,
        row.language,
        row.license,
        count(row.documents),
        count(row.bytes),
      ]),
    ),
    '',
    `${count(corpus.split.train)} documents (${count(corpus.trainTokens)} tokens, ${corpus.bytesPerToken.toFixed(2)} bytes each) for training, ${corpus.split.validation} for validation, ${corpus.split.heldOut} held out; near-copies are in one part. SHA-256 of the corpus: \`${corpus.sha256}\`. Licences of the text: ${licenses}.`,
  ].join('\n')}\n`
}

function conversionSection(
  card: ReferenceCard,
  conversion: NonNullable<ReferenceCard['conversion']>,
): string[] {
  const percent = (value: number): string => `${value >= 0 ? '+' : '−'}${Math.abs(100 * value).toFixed(2)} %`
  const baseline = conversion.baseline.heldOut.nll
  const row = (name: string, loss: MeasuredLoss): string[] => [
    name,
    loss.nll.toFixed(4),
    loss.bitsPerByte.toFixed(4),
    percent(loss.nll / baseline - 1),
  ]
  return [
    '## Conversion and tuning, on the held-out documents',
    '',
    table(
      ['', 'nll', 'bits/byte', 'against the baseline'],
      [
        row('baseline', conversion.baseline.heldOut),
        ...CONVERSION_METHODS.flatMap((method) => {
          const loss = conversion.heldOut[method]
          return loss === undefined ? [] : [row(`right after conversion: ${method}`, loss)]
        }),
        row('after tuning (this model)', card.heldOut),
        row('control: baseline trained on for as many steps', conversion.control.heldOut),
      ],
    ),
    '',
    `Against the control the candidate is at ${percent(conversion.relativeToControl)}. The method was chosen by the loss on the validation documents.`,
    '',
  ]
}

function lossRow(name: string, { documents, tokens, nll, bitsPerByte }: MeasuredLoss): string[] {
  return [name, count(documents), count(tokens), nll.toFixed(4), bitsPerByte.toFixed(4)]
}

function phaseText({
  steps,
  batch,
  length,
  accumulate,
}: ReferenceCard['training']['phases'][number]): string {
  return `${count(steps)} steps of ${batch * accumulate} × ${count(length)} tokens`
}

function count(value: number): string {
  return value.toLocaleString('en-US')
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}
