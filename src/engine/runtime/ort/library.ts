import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

import { AppError } from '../../../shared/errors.ts'

/** The file that onnxruntime-node's own addon links to, so that both drivers share one loaded image. */
const LIBRARY_NAMES: Partial<Record<NodeJS.Platform, string>> = {
  linux: 'libonnxruntime.so.1',
  darwin: 'libonnxruntime.1.dylib',
  win32: 'onnxruntime.dll',
}

const CUDA_LIBRARY_NAMES: Partial<Record<NodeJS.Platform, string>> = {
  linux: 'libonnxruntime_providers_cuda.so',
  win32: 'onnxruntime_providers_cuda.dll',
}

function libraryFolder(): string {
  const manifest = createRequire(import.meta.url).resolve('onnxruntime-node/package.json')
  return join(outsideArchive(dirname(manifest)), 'bin', 'napi-v6', process.platform, process.arch)
}

/** In the packed program, what the system itself must read lies beside the archive of everything else. */
const outsideArchive = (path: string): string => path.replace(/(?<=[\\/]app\.asar)(?=[\\/])/, '.unpacked')

/**
 * Path of the ONNX Runtime library inside the onnxruntime-node package.
 *
 * @throws AppError runtime/library-unusable when the package has none for this platform
 */
export function ortLibraryPath(): string {
  const name = LIBRARY_NAMES[process.platform]
  const path = join(libraryFolder(), name ?? '')
  if (name === undefined || !existsSync(path)) {
    const reason = `onnxruntime-node has no library for ${process.platform} ${process.arch}`
    throw new AppError('runtime/library-unusable', { path, reason })
  }
  return path
}

/** Whether the CUDA provider, a separate download, lies beside the library. */
export function hasCudaLibrary(): boolean {
  const name = CUDA_LIBRARY_NAMES[process.platform]
  return name !== undefined && existsSync(join(libraryFolder(), name))
}
