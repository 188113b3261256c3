import type { Provider } from '../../shared/settings.ts'
import type { ArmInput, DecoderGraphs } from '../runtime/index.ts'

/**
 * How every workflow loads a model. On WebGPU a graph that does not run wholly on the device is refused: a node that
 * fell back to the CPU would go into the figures unnoticed. CUDA and DirectML keep shape arithmetic on the CPU by
 * design, so there it says nothing.
 *
 * @param threads intra-op threads of what runs on the CPU
 */
export function loadOptions(provider: Provider, threads: number): ArmInput<'load'>['options'] {
  return { provider, threads, forbidCpuFallback: provider === 'webgpu' }
}

/** Graphs by purpose, the best first; `logits` serves every purpose, more slowly. */
const PREFERENCES = {
  generate: ['generate', 'logits'],
  score: ['score', 'logits'],
  compare: ['logits'],
} as const

/**
 * The one graph that a purpose runs. Every graph that is loaded holds the weights once more, which would count as the
 * model's memory.
 */
export function graphFor(purpose: keyof typeof PREFERENCES, graphs: DecoderGraphs): DecoderGraphs {
  const variant = PREFERENCES[purpose].find((wanted) => graphs[wanted] !== undefined)
  return variant === undefined ? {} : { [variant]: graphs[variant] }
}
