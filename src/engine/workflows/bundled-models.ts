import { stat } from 'node:fs/promises'
import { join } from 'node:path'

import { fileError } from '../kernel/files.ts'
import { resourcesFolder } from '../kernel/package-root.ts'

export interface BundledModels {
  readonly baseline: string
  readonly candidate: string
}

/** The reference models that come with the product. @throws AppError file/not-found */
export async function bundledModels(): Promise<BundledModels> {
  return {
    baseline: await bundled('models', 'reference-mha'),
    candidate: await bundled('models', 'reference-gqa'),
  }
}

/** The documents that come with the product. @throws AppError file/not-found */
export const bundledDocuments = (): Promise<string> => bundled('samples')

async function bundled(...place: readonly string[]): Promise<string> {
  const path = join(resourcesFolder(), ...place)
  try {
    await stat(path)
  } catch (error) {
    throw fileError(error, path, 'read')
  }
  return path
}
