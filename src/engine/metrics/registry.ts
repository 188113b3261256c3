import { bitsPerByte } from './bits-per-byte.ts'
import { klMean, klP95 } from './kl.ts'
import type { Metric } from './metric.ts'
import { nll } from './nll.ts'
import { perplexity } from './perplexity.ts'
import { rmsDeltaP } from './rms-delta-p.ts'
import { sameTop1 } from './same-top1.ts'

/** Every metric of fixed name; `nllByPosition` makes one metric a bucket beside them. */
export const METRICS: readonly Metric[] = [nll, bitsPerByte, perplexity, klMean, klP95, sameTop1, rmsDeltaP]
