export { environmentOf, type MachineFacts, readMachine } from './environment.ts'
export { interleave, latencyOf, tpotMs, warmUp } from './latency.ts'
export { kvBytesPerToken, kvCacheBytes, weightBytes } from './memory.ts'
export { type PairedSummary, quantile, summarize, summarizePairs, type Summary } from './summary.ts'
