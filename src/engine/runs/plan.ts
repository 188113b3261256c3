import { z } from 'zod'

import { AppError } from '../../shared/errors.ts'
import { canonicalJson, sha256 } from '../kernel/files.ts'
import { unitSchema } from './units.ts'

/** Everything that decides a run's result; its hash is the run's identity. */
const runPlanSchema = z.strictObject({
  schema: z.literal('soroban.plan/1'),
  seed: z.int(),
  /** The use case's own settings; it parses them with its own schema when it resumes. */
  settings: z.record(z.string(), z.json()),
  /** SHA-256 by name of every input ("model:baseline", "tokenizer:baseline", "corpus"). */
  inputs: z.record(z.string(), z.string().regex(/^[0-9a-f]{64}$/, 'not a SHA-256')),
  /** In the order in which they are to be done. */
  units: z.array(unitSchema).min(1),
})
export type RunPlan = z.infer<typeof runPlanSchema>
export type RunInputs = RunPlan['inputs']

/** A plan as it is stored and hashed. */
export interface SealedPlan {
  readonly plan: RunPlan
  readonly text: string
  readonly sha256: string
}

/** Checks a plan and fixes its canonical text. @throws AppError runs/plan-invalid */
export function sealPlan(candidate: RunPlan): SealedPlan {
  const plan = parsePlan(candidate)
  const seen = new Map<string, number>()
  for (const [ordinal, unit] of plan.units.entries()) {
    const key = canonicalJson(unit)
    const earlier = seen.get(key)
    if (earlier !== undefined) {
      throw new AppError('runs/plan-invalid', {
        field: `units.${ordinal}`,
        reason: `same as units.${earlier}`,
      })
    }
    seen.set(key, ordinal)
  }
  const text = canonicalJson(plan)
  return { plan, text, sha256: sha256(text) }
}

/** @throws AppError runs/plan-invalid naming the field */
export function parsePlan(value: unknown): RunPlan {
  const parsed = runPlanSchema.safeParse(value)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  const params = { field: issue?.path.join('.') ?? '', reason: issue?.message ?? '' }
  throw new AppError('runs/plan-invalid', params, { cause: parsed.error })
}

/** Names of the inputs that differ, each with the first digits of both hashes; empty when nothing changed. */
export function changedInputs(planned: RunInputs, current: RunInputs): string[] {
  const names = [...new Set([...Object.keys(planned), ...Object.keys(current)])].sort()
  const short = (hash: string | undefined): string => hash?.slice(0, 8) ?? '–'
  return names
    .filter((name) => planned[name] !== current[name])
    .map((name) => `${name} (${short(planned[name])} → ${short(current[name])})`)
}
