import {
  type DocumentFolder,
  folderDigest,
  type ReadingChoices,
  surveyDocuments,
} from '../../documents/index.ts'
import { AppError } from '../../../shared/errors.ts'
import { canonicalJson, sha256 } from '../../kernel/files.ts'
import type { RunContext } from '../../kernel/run-context.ts'

/** Folders that are looked at in turn; the descriptions of many thousand files take some megabytes. */
const KEPT = 2
/** What may turn out otherwise when read again. */
const PASSING_PROBLEMS: ReadonlySet<string> = new Set([
  'documents/changed',
  'documents/crashed',
  'documents/memory',
  'documents/timeout',
])

/** Surveys of folders, kept for as long as the files stay as they were. */
export class Surveys {
  /** Folder of the text store. */
  readonly texts: string
  readonly #kept = new Map<string, { readonly digest: string; readonly found: DocumentFolder }>()

  constructor(texts: string) {
    this.texts = texts
  }

  /**
   * Does some work with the survey of a folder; where the store has been cleared since, the files are read again.
   *
   * @throws AppError as surveyDocuments, as the work
   */
  async with<T>(
    folder: string,
    choices: ReadingChoices,
    work: (found: DocumentFolder) => Promise<T>,
    ctx: RunContext,
  ): Promise<T> {
    const found = await this.#of(folder, choices, ctx)
    try {
      return await work(found)
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'documents/text-gone') throw error
      // Unless somebody else found out before, and has read them again.
      if (this.#kept.get(folder)?.found === found) this.#kept.delete(folder)
      return await work(await this.#of(folder, choices, ctx))
    }
  }

  async #of(folder: string, choices: ReadingChoices, ctx: RunContext): Promise<DocumentFolder> {
    // Before reading: what changes meanwhile is then read again the next time.
    const digest = sha256(canonicalJson([await folderDigest(folder, ctx.signal), choices]))
    const kept = this.#kept.get(folder)
    if (kept?.digest === digest) return kept.found
    this.#kept.delete(folder)
    const found = await surveyDocuments(folder, choices, ctx)
    if (found.skipped.every(({ error }) => !PASSING_PROBLEMS.has(error.code))) {
      this.#kept.set(folder, { digest, found })
      for (const oldest of [...this.#kept.keys()].slice(0, -KEPT)) this.#kept.delete(oldest)
    }
    return found
  }
}
