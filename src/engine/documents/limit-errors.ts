import { AppError } from '../../shared/errors.ts'
import type { ReaderInput } from './format-reader.ts'

type Limited = Pick<ReaderInput, 'name' | 'limits'>

/** The error of a document whose elements are nested beyond the limit. */
export function tooDeep({ name, limits }: Limited, cause?: Error): AppError {
  return new AppError('documents/too-deep', { name, limit: limits.elementDepth }, cause && { cause })
}

/** The error of a document that holds more files or parts than the limit. */
export function tooManyEntries({ name, limits }: Limited, cause?: Error): AppError {
  return new AppError('documents/too-many-entries', { name, limit: limits.entries }, cause && { cause })
}
