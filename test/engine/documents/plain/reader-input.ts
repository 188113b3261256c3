import { DEFAULT_LIMITS } from '../../../../src/engine/documents/document.ts'
import type { ReaderInput } from '../../../../src/engine/documents/format-reader.ts'
import { UnpackBudget } from '../../../../src/engine/documents/unpack-budget.ts'

/** What a reader is given, with the limits that hold for documents. */
export function readerInput(
  name: string,
  bytes: Uint8Array,
  changes: Partial<ReaderInput> = {},
): ReaderInput {
  const budget = new UnpackBudget(DEFAULT_LIMITS.unpackedBytes)
  return { bytes, name, limits: DEFAULT_LIMITS, budget, ocr: false, ...changes }
}
