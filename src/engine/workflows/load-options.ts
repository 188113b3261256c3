import type { Provider } from '../../shared/settings.ts'
import type { ArmInput } from '../runtime/index.ts'

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
