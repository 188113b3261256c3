export { completeAssumptions } from './complete.ts'
export { defaultAssumptions } from './defaults.ts'
export { parseJsonWith } from './refusal.ts'
export { type PriceTables, readPriceTables } from './tables.ts'
