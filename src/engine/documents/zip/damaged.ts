import { AppError } from '../../../shared/errors.ts'
import type { ReaderInput } from '../format-reader.ts'

/** Which document a part is read for. */
export interface PartContext {
  readonly input: ReaderInput
  /** The format, as it is called in errors: `DOCX`. */
  readonly type: string
}

const MAX_HINT = 120

/** The error of a document whose structure is not sound. @param part what is wrong, as a short hint */
export function damaged({ input, type }: PartContext, part: string, cause?: Error): AppError {
  const params = { name: input.name, type, part: part.slice(0, MAX_HINT) }
  return new AppError('documents/damaged', params, cause && { cause })
}
