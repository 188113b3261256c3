/** The stages of an evaluation that have a view, in their order. */
export const STAGES = ['documents', 'corpus', 'models', 'runs', 'comparison', 'report'] as const
export type Stage = (typeof STAGES)[number]

/** `next`: the one thing to do now; `busy`: work is in progress there. */
export type StageState = 'done' | 'next' | 'open' | 'busy'
