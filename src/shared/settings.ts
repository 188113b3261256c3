import { z } from 'zod'

/** Where the model runs. `webgpu` and `cpu` are in the package; `dml` on Windows; `cuda` needs an extra download. */
export const PROVIDERS = ['cpu', 'webgpu', 'cuda', 'dml'] as const
export const providerSchema = z.enum(PROVIDERS)
export type Provider = z.infer<typeof providerSchema>

const QUANTIZATIONS = ['none', 'int8', 'int4'] as const
export const quantizationSchema = z.enum(QUANTIZATIONS)
export type Quantization = z.infer<typeof quantizationSchema>
