import { z } from 'zod'

import type { RopeConfig, RopeScaling } from '../graph/index.ts'
import { badField, count, parseFields, positive, unsupported } from './config-fields.ts'

const DEFAULT_THETA = 10_000
const DEFAULT_BETA_FAST = 32
const DEFAULT_BETA_SLOW = 1

const common = z.looseObject({
  rope_type: z.string().nullish(),
  type: z.string().nullish(),
  rope_theta: positive.nullish(),
  partial_rotary_factor: z.number().nullish(),
})

const linear = z.looseObject({ factor: z.number().min(1) })

const llama3 = z.looseObject({
  factor: z.number().min(1),
  low_freq_factor: positive,
  high_freq_factor: positive,
  original_max_position_embeddings: count,
})

const yarn = z.looseObject({
  factor: z.number().min(1).nullish(),
  original_max_position_embeddings: count.nullish(),
  attention_factor: positive.nullish(),
  mscale: z.number().nullish(),
  mscale_all_dim: z.number().nullish(),
  beta_fast: positive.nullish(),
  beta_slow: positive.nullish(),
  truncate: z.boolean().nullish(),
})

/** The parts of config.json that decide about rotary embeddings, in both layouts that Hugging Face has used. */
export interface RawRope {
  readonly rope_theta?: number | null | undefined
  /** transformers 4. */
  readonly rope_scaling?: Readonly<Record<string, unknown>> | null | undefined
  /** transformers 5: theta and scaling in one object. */
  readonly rope_parameters?: Readonly<Record<string, unknown>> | null | undefined
  readonly max_position_embeddings: number
}

/**
 * RoPE settings as `modeling_rope_utils` reads them, and the positions that the model may use: those of the config,
 * with YaRN the extended ones (factor · original), since published configs often state the original length.
 * `dynamic` scales only beyond max_position_embeddings, which are therefore both its limit here and its original
 * positions: within them the rotation is exactly the unscaled one.
 *
 * @throws AppError models/config-field, models/unsupported
 */
export function parseRope(
  raw: RawRope,
  file: string,
): { readonly rope: RopeConfig; readonly maxPositions: number } {
  const field = notEmpty(raw.rope_scaling) ? 'rope_scaling' : 'rope_parameters'
  const settings = raw[field] ?? {}
  const { rope_type, type, rope_theta, partial_rotary_factor } = parseFields(common, settings, file, field)
  if ((partial_rotary_factor ?? 1) !== 1) {
    throw unsupported(file, `${field}.partial_rotary_factor`, partial_rotary_factor, '1')
  }
  const typeField = `${field}.${typeof type === 'string' && typeof rope_type !== 'string' ? 'type' : 'rope_type'}`
  const theta = rope_theta ?? raw.rope_theta ?? DEFAULT_THETA
  const positions = raw.max_position_embeddings
  const kind = rope_type ?? type ?? (notEmpty(raw.rope_scaling) ? null : 'default')
  switch (kind) {
    case 'default':
      return { rope: { theta, scaling: null }, maxPositions: positions }
    case 'linear': {
      const { factor } = parseFields(linear, settings, file, field)
      return { rope: { theta, scaling: { kind, factor } }, maxPositions: positions }
    }
    case 'dynamic': {
      const { factor } = parseFields(linear, settings, file, field)
      return {
        rope: { theta, scaling: { kind, factor, originalMaxPositions: positions } },
        maxPositions: positions,
      }
    }
    case 'llama3': {
      const parsed = parseFields(llama3, settings, file, field)
      const scaling: RopeScaling = {
        kind,
        factor: parsed.factor,
        lowFreqFactor: parsed.low_freq_factor,
        highFreqFactor: parsed.high_freq_factor,
        originalMaxPositions: parsed.original_max_position_embeddings,
      }
      if (scaling.highFreqFactor <= scaling.lowFreqFactor) {
        throw badField(
          file,
          `${field}.high_freq_factor`,
          scaling.highFreqFactor,
          `> ${scaling.lowFreqFactor}`,
        )
      }
      return { rope: { theta, scaling }, maxPositions: positions }
    }
    case 'yarn': {
      const scaling = parseYarn(settings, positions, file, field)
      const extended = Math.floor(scaling.factor * scaling.originalMaxPositions)
      return { rope: { theta, scaling }, maxPositions: Math.max(positions, extended) }
    }
    default:
      throw unsupported(file, typeField, kind, 'default, linear, dynamic, llama3, yarn')
  }
}

function notEmpty(settings: Readonly<Record<string, unknown>> | null | undefined): boolean {
  return Object.keys(settings ?? {}).length > 0
}

function parseYarn(
  settings: Readonly<Record<string, unknown>>,
  positions: number,
  file: string,
  field: string,
): Extract<RopeScaling, { kind: 'yarn' }> {
  const raw = parseFields(yarn, settings, file, field)
  const originalMaxPositions = raw.original_max_position_embeddings ?? positions
  const factor = raw.factor ?? positions / originalMaxPositions
  const stated =
    raw.mscale && raw.mscale_all_dim ? mscale(factor, raw.mscale) / mscale(factor, raw.mscale_all_dim) : null
  return {
    kind: 'yarn',
    factor,
    originalMaxPositions,
    attentionFactor: raw.attention_factor ?? stated ?? mscale(factor),
    betaFast: raw.beta_fast ?? DEFAULT_BETA_FAST,
    betaSlow: raw.beta_slow ?? DEFAULT_BETA_SLOW,
    truncate: raw.truncate ?? true,
  }
}

/** YaRN's attention temperature, 0.1·m·ln(s) + 1 (arXiv 2309.00071, eq. 22). */
function mscale(scale: number, weight = 1): number {
  return scale <= 1 ? 1 : 0.1 * weight * Math.log(scale) + 1
}

/** `rope_theta` and `rope_scaling` in the layout that transformers 4 and 5, vLLM and llama.cpp's converter read. */
export function formatRope({ theta, scaling }: RopeConfig): {
  rope_theta: number
  rope_scaling: object | null
} {
  return { rope_theta: theta, rope_scaling: scaling === null ? null : formatScaling(scaling) }
}

function formatScaling(scaling: RopeScaling): object {
  switch (scaling.kind) {
    case 'linear':
    case 'dynamic':
      return { rope_type: scaling.kind, factor: scaling.factor }
    case 'llama3':
      return {
        rope_type: 'llama3',
        factor: scaling.factor,
        low_freq_factor: scaling.lowFreqFactor,
        high_freq_factor: scaling.highFreqFactor,
        original_max_position_embeddings: scaling.originalMaxPositions,
      }
    case 'yarn': {
      const { factor, attentionFactor, betaFast, betaSlow, truncate } = scaling
      return {
        rope_type: 'yarn',
        factor,
        original_max_position_embeddings: scaling.originalMaxPositions,
        ...(attentionFactor === mscale(factor) ? {} : { attention_factor: attentionFactor }),
        ...(betaFast === DEFAULT_BETA_FAST ? {} : { beta_fast: betaFast }),
        ...(betaSlow === DEFAULT_BETA_SLOW ? {} : { beta_slow: betaSlow }),
        ...(truncate ? {} : { truncate }),
      }
    }
  }
}
