import { commonErrors } from './errors-common.ts'

export * from './define.ts'

/** Every error message by code. A stage adds its own `errors-<stage>.ts` and is spread in here. */
export const errorMessages = {
  ...commonErrors,
}
export type ErrorCode = keyof typeof errorMessages
