import { readFileSync } from 'node:fs'

import { DEFAULT_LIMITS, type ReadLimits } from '../../../../src/engine/documents/document.ts'
import type { ReaderInput } from '../../../../src/engine/documents/format-reader.ts'
import { UnpackBudget } from '../../../../src/engine/documents/unpack-budget.ts'
import { AppError } from '../../../../src/shared/errors.ts'

/** What a reader is given for these bytes. */
export function readerInput(bytes: Uint8Array, limits: Partial<ReadLimits> = {}): ReaderInput {
  const settled = { ...DEFAULT_LIMITS, ...limits }
  return { bytes, name: 'file', limits: settled, budget: new UnpackBudget(settled.unpackedBytes), ocr: false }
}

/** A committed file. @param path below test/fixtures/documents */
export function fixture(path: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(`../../../fixtures/documents/${path}`, import.meta.url)))
}

/** Code and parameters of the AppError that `act` throws; anything else that it throws is thrown on. */
export function refusal(act: () => unknown): { code: string; params: unknown } {
  try {
    act()
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return { code: error.code, params: error.params }
  }
  throw new Error('nothing was refused')
}
