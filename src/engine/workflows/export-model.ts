import { resolve } from 'node:path'

import type { Quantization } from '../../shared/settings.ts'
import type { RunContext } from '../kernel/run-context.ts'
import { exportModel, openHfFolder, type ExportedFile } from '../models/index.ts'

export interface ExportModelInput {
  /** A Hugging Face model folder. */
  readonly model: string
  /** The folder to make; it must be new or empty. */
  readonly out: string
  readonly quantization: Quantization
}

export interface ExportModelReport {
  /** Absolute path. */
  readonly folder: string
  readonly files: readonly ExportedFile[]
}

/**
 * Turns a Hugging Face model folder into an ONNX folder for transformers.js, Optimum and onnxruntime-genai.
 *
 * @throws AppError what openHfFolder and exportModel throw
 */
export async function exportModelFolder(
  { model, out, quantization }: ExportModelInput,
  ctx: RunContext,
): Promise<ExportModelReport> {
  const { files } = await exportModel(await openHfFolder(model, ctx), out, { quantization }, ctx)
  return { folder: resolve(out), files }
}
