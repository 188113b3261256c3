/** The process that `bench/documents.ts` measures: reads the PDFs whose paths it is sent, one after the other. */
import { readFile } from 'node:fs/promises'

import { DEFAULT_LIMITS } from '../../src/engine/documents/document.ts'
import { readPdf } from '../../src/engine/documents/pdf/read-pdf.ts'
import { UnpackBudget } from '../../src/engine/documents/unpack-budget.ts'

export interface DocumentsSideAnswer {
  readonly pages: number
  readonly characters: number
}

process.once('message', (paths: readonly string[]) => {
  void readAll(paths).then((answer) => process.send?.(answer, () => process.disconnect()))
})

async function readAll(paths: readonly string[]): Promise<DocumentsSideAnswer> {
  let pages = 0
  let characters = 0
  for (const path of paths) {
    const { text } = await readPdf({
      bytes: new Uint8Array(await readFile(path)),
      name: path,
      limits: DEFAULT_LIMITS,
      budget: new UnpackBudget(DEFAULT_LIMITS.unpackedBytes),
      ocr: false,
    })
    pages += (text?.split('\f') ?? []).length
    characters += text?.length ?? 0
  }
  return { pages, characters }
}
