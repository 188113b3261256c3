import type { LiveText } from '../live-text.ts'

export type RiskKey =
  | 'quality'
  | 'sample'
  | 'confounder'
  | 'selfCheck'
  | 'speed'
  | 'timing'
  | 'device'
  | 'lengths'
  | 'batching'
  | 'return'
  | 'assumptions'
  | 'excluded'
  | 'energy'

export type State = 'act' | 'check' | 'clear'

export interface Risk {
  readonly key: RiskKey
  readonly state: LiveText | State
  readonly evidence: LiveText | string
  /** Where it depends on the run or the assumptions. */
  readonly measure?: LiveText | string
}
