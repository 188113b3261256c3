import { access } from 'node:fs/promises'

import { AppError } from '../../shared/errors.ts'
import type { Provider } from '../../shared/settings.ts'
import { fileError } from '../kernel/files.ts'
import { runError } from './ort/status.ts'

/** @throws AppError runtime/provider-missing naming what there is */
export function assertProviderAvailable(provider: Provider, available: readonly Provider[]): void {
  if (available.includes(provider)) return
  throw new AppError('runtime/provider-missing', { provider, available: available.join(', ') })
}

// How the providers say that there is no such device, as opposed to a model that they cannot run.
const NO_DEVICE =
  /\b(?:webgpu adapter|supported adapters|no cuda|cuda driver|cudagetdevice|no capable device)/i

// What ONNX Runtime says when `session.disable_cpu_ep_fallback` refuses a graph.
const CPU_FALLBACK = /fallback to CPU EP has been explicitly disabled/i

/** A failed session creation as an AppError: no device, no memory, or a model that cannot be loaded or placed. */
export function sessionError(error: unknown, model: string | Uint8Array, provider: Provider): AppError {
  const failure = runError(error)
  if (error instanceof AppError || failure.code === 'runtime/out-of-memory') return failure
  const reason = error instanceof Error ? error.message : String(error)
  if (provider !== 'cpu' && NO_DEVICE.test(reason)) {
    return new AppError('runtime/device-missing', { provider, reason }, { cause: error })
  }
  const name = typeof model === 'string' ? model : `(${model.byteLength} bytes)`
  if (CPU_FALLBACK.test(reason)) {
    return new AppError('runtime/cpu-fallback', { model: name, provider }, { cause: error })
  }
  return new AppError('runtime/model-rejected', { model: name, reason, provider }, { cause: error })
}

/** A missing or unreadable model file is reported as such, not as a model that is rejected. @throws AppError file/not-found, file/unreadable */
export async function assertReadable(path: string): Promise<void> {
  try {
    await access(path)
  } catch (error) {
    throw fileError(error, path, 'read')
  }
}
