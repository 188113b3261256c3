import {
  documentsDigest,
  documentsOverview,
  documentText,
  readProject,
  type RunContext,
  uploadDocument,
} from '../../engine/index.ts'
import type { Handlers } from '../../rpc/handlers.ts'
import type { DocumentsOverview } from '../../shared/contract/documents.ts'
import { AppError } from '../../shared/errors.ts'
import { contextOf } from '../call-context.ts'

type DocumentsProcedure = 'documents.inspect' | 'documents.text' | 'documents.upload'

/** The documents of projects. Overviews are kept for as long as the files stay as they were. */
export function documentsHandlers(): Handlers<DocumentsProcedure> {
  const overviews = new OverviewCache()
  return {
    'documents.inspect': async ({ project }, call) =>
      await overviews.of(await documentsFolder(project), contextOf(call, call.emit)),
    'documents.text': async ({ project, name }, call) => ({
      name,
      text: await documentText(await documentsFolder(project), name, contextOf(call)),
    }),
    'documents.upload': async ({ base64, ...piece }) => ({
      received: await uploadDocument({ ...piece, bytes: Buffer.from(base64, 'base64') }),
    }),
  }
}

/** @throws AppError projects/no-documents, and as readProject */
async function documentsFolder(project: string): Promise<string> {
  const { documents } = await readProject(project)
  if (documents === null) throw new AppError('projects/no-documents')
  return documents
}

/** Folders that are looked at in turn; an overview of many thousand files takes some megabytes. */
const KEPT_OVERVIEWS = 4
/** What may turn out otherwise when read again. */
const PASSING_PROBLEMS: ReadonlySet<string> = new Set(['documents/timeout', 'documents/crashed'])

class OverviewCache {
  readonly #kept = new Map<string, { readonly digest: string; readonly overview: DocumentsOverview }>()

  async of(folder: string, ctx: RunContext): Promise<DocumentsOverview> {
    // Before reading: what changes meanwhile is then read again the next time.
    const digest = await documentsDigest(folder, ctx)
    const kept = this.#kept.get(folder)
    if (kept?.digest === digest) return kept.overview
    const overview = await documentsOverview(folder, ctx)
    this.#kept.delete(folder)
    if (overview.documents.every(({ problem }) => !PASSING_PROBLEMS.has(problem?.code ?? ''))) {
      this.#kept.set(folder, { digest, overview })
      for (const oldest of [...this.#kept.keys()].slice(0, -KEPT_OVERVIEWS)) this.#kept.delete(oldest)
    }
    return overview
  }
}
