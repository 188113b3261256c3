/** What long work is doing; the kinds are the stages of the workflow. */
export type ProgressKind =
  | 'documents'
  | 'tokenize'
  | 'load-model'
  | 'compile'
  | 'score'
  | 'measure'
  | 'generate'
  | 'calibrate'
  | 'convert'
  | 'train'
  | 'evaluate'
  | 'report'

/**
 * One progress event. `fraction` is 0–1 and never falls within one kind and label; `etaSeconds` is null while
 * there is nothing to base it on.
 */
export interface Progress {
  readonly kind: ProgressKind
  /** What is worked on: an arm, a file, a method. Already in the user's words (a name, not a sentence). */
  readonly label?: string
  readonly fraction: number
  readonly done: number
  readonly total: number
  readonly unit: 'documents' | 'windows' | 'repetitions' | 'steps' | 'tokens' | 'bytes' | 'layers' | 'parts'
  readonly etaSeconds: number | null
  /** Figures of the moment, such as the training loss. */
  readonly figures?: Readonly<Record<string, number>>
}
