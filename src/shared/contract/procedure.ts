import { z } from 'zod'

/** One thing that a window can ask for: its input, its answer and what it tells meanwhile. */
export interface Procedure<
  Input extends z.ZodType = z.ZodType,
  Output extends z.ZodType = z.ZodType,
  Event extends z.ZodType = z.ZodType,
> {
  readonly input: Input
  readonly output: Output
  readonly event: Event
}

/** Declares a procedure; one without events tells nothing before its answer. */
export function procedure<
  Input extends z.ZodType,
  Output extends z.ZodType,
  Event extends z.ZodType = z.ZodNever,
>(shape: {
  readonly input: Input
  readonly output: Output
  readonly event?: Event
}): Procedure<Input, Output, Event> {
  return { input: shape.input, output: shape.output, event: shape.event ?? (z.never() as z.ZodType as Event) }
}

/** No input, or nothing to answer. */
export const nothing = z.strictObject({})
