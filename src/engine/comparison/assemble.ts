import { type ArmResult, type Results, resultsSchema } from '../../shared/results.ts'
import type { DocumentScores } from '../metrics/index.ts'
import { nll } from '../metrics/index.ts'
import type { AssembleInput } from './facts.ts'
import { pairArms, type ScoredArm } from './paired-scores.ts'
import { qualityResults } from './quality.ts'
import { compareResources, memoryResult, speedResult } from './resources.ts'
import { selfCheck } from './self-check.ts'
import { warningsOf } from './warnings.ts'

/**
 * Turns a finished run into results: quality with bootstrap intervals and verdicts, speed, memory, comparisons with
 * the baseline, warnings. Equal input gives equal results, and nothing else is touched.
 *
 * @throws AppError comparison/not-paired, comparison/not-finite, comparison/nothing-scored
 */
export async function assembleResults(input: AssembleInput): Promise<Results> {
  const { run, environment, corpus, documents, samples } = input
  const paired = pairArms(input)
  const scored = [paired.baseline, ...paired.candidates]
  const quality = await qualityResults(paired, run.margins.nllRelative, { seed: run.seed })
  const arms = scored.map(({ facts }): ArmResult => ({
    id: facts.id,
    role: facts.role,
    model: facts.model,
    quality: quality.quality.get(facts.id)!,
    speed: run.contexts.map((context) => speedResult(samples, facts.id, context)),
    memory: memoryResult(samples, facts, run.contexts),
  }))
  const [baseline, ...candidates] = arms
  const check = selfCheck(samples)
  return resultsSchema.parse({
    schema: 'soroban.results/1',
    run,
    environment,
    corpus,
    documents: documents.map(({ name, sha256, bytes, characters }, index) => ({
      name,
      sha256,
      bytes,
      characters,
      scores: documentScores(scored, index),
    })),
    arms,
    comparisons: candidates.flatMap((candidate) => [
      ...quality.comparisons.filter((comparison) => comparison.candidate === candidate.id),
      ...compareResources(samples, baseline!, candidate, run.contexts),
    ]),
    selfCheck: check,
    warnings: [
      ...warningsOf(
        { environment, candidates: paired.candidates, quality, arms, selfCheck: check },
        run.locale,
      ),
      ...(input.warnings ?? []),
    ],
  } satisfies Results)
}

/** Σnll and scored tokens of one document by arm. */
function documentScores(arms: readonly ScoredArm[], index: number): Results['documents'][number]['scores'] {
  return Object.fromEntries(arms.map(({ facts, documents }) => [facts.id, sumsOf(documents[index]!)]))
}

function sumsOf(document: DocumentScores): { nllSum: number; tokens: number } {
  const [nllSum, tokens] = nll.compute(document)
  return { nllSum, tokens }
}
