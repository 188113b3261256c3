import type { EventOf, InputOf, OutputOf, ProcedureName } from '../shared/contract.ts'

/** What a procedure's implementation gets beside its input. */
export interface ProcedureCall<P extends ProcedureName> {
  /** Aborted when the caller cancels or goes away. */
  readonly signal: AbortSignal
  readonly emit: (event: EventOf<P>) => void
}

/** A procedure's implementation: knows nothing of the transport. */
export type ProcedureHandler<P extends ProcedureName> = (
  input: InputOf<P>,
  call: ProcedureCall<P>,
) => OutputOf<P> | Promise<OutputOf<P>>

/** One implementation for each procedure of a part of the contract. */
export type Handlers<P extends ProcedureName> = { readonly [K in P]: ProcedureHandler<K> }
