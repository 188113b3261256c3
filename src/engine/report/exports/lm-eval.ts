import type { ArmResult, Figure, Results } from '../../../shared/results.ts'

/** The one task: likelihood of the company's own documents. */
const TASK = 'soroban_documents'
/** Of the task's definition; changes when its figures would mean something else. */
const TASK_VERSION = 1
/** Standard errors of a normal distribution on each side of a 95 % interval. */
const NORMAL_95 = 1.959963984540054
/** What the harness writes for a standard error that it does not have. */
const NO_STDERR = 'N/A'

/**
 * Quality as the `results.json` of EleutherAI's lm-evaluation-harness has it, one object for each arm. That file holds
 * one model, hence the list around them.
 */
export function writeLmEval(results: Results): string {
  const wrapper = {
    schema: 'soroban.lm-eval/1',
    run: results.run.id,
    arms: results.arms.map((arm) => ({ arm: arm.id, role: arm.role, results: harnessResults(results, arm) })),
  }
  return `${JSON.stringify(wrapper, null, 2)}\n`
}

function harnessResults({ run, environment, corpus }: Results, { model, quality }: ArmResult): object {
  const { bitsPerByte, perplexity, nll } = quality
  return {
    results: {
      [TASK]: {
        alias: TASK,
        ...metric('bits_per_byte', bitsPerByte.value, stderrOf(bitsPerByte)),
        // 2^x is not linear: its error follows from that of x to first order.
        ...metric(
          'byte_perplexity',
          bitsPerByte.value === null ? null : 2 ** bitsPerByte.value,
          scaled(stderrOf(bitsPerByte), Math.LN2 * 2 ** (bitsPerByte.value ?? 0)),
        ),
        ...metric('token_perplexity', perplexity.value, scaled(stderrOf(nll), perplexity.value ?? 0)),
        ...metric('token_nll', nll.value, stderrOf(nll)),
      },
    },
    group_subtasks: { [TASK]: [] },
    configs: {
      [TASK]: {
        task: TASK,
        output_type: 'loglikelihood_rolling',
        metadata: {
          version: TASK_VERSION,
          window: run.window,
          stride: run.stride,
          corpus_sha256: corpus.sha256,
        },
      },
    },
    versions: { [TASK]: TASK_VERSION },
    'n-shot': { [TASK]: 0 },
    higher_is_better: {
      [TASK]: { bits_per_byte: false, byte_perplexity: false, token_perplexity: false, token_nll: false },
    },
    'n-samples': { [TASK]: { original: corpus.documents, effective: corpus.documents } },
    config: {
      model: 'soroban',
      model_args: `pretrained=${model.name}`,
      model_num_parameters: model.parameters,
      model_sha: model.sha256,
      device: environment.providerUsed,
      random_seed: run.seed,
    },
    date: Date.parse(run.createdAt) / 1000,
    model_source: 'soroban',
    model_name: model.name,
  }
}

const metric = (
  name: string,
  value: number | null,
  stderr: number | null,
): Record<string, number | string> =>
  value === null ? {} : { [`${name},none`]: value, [`${name}_stderr,none`]: stderr ?? NO_STDERR }

/** Half the 95 % interval in standard errors, as if it were a normal one. */
const stderrOf = ({ ci95 }: Figure): number | null =>
  ci95 === undefined ? null : (ci95[1] - ci95[0]) / (2 * NORMAL_95)

const scaled = (stderr: number | null, factor: number): number | null =>
  stderr === null ? null : stderr * factor
