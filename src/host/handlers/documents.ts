import {
  corpusOverview,
  deleteDocuments,
  documentDeletion,
  documentOriginal,
  type DocumentsInput,
  documentsOverview,
  documentText,
  excludeDocuments,
  readProject,
  Surveys,
  textCache,
  type TokenCounts,
  uploadDocument,
} from '../../engine/index.ts'
import type { Handlers } from '../../rpc/handlers.ts'
import type { ProcedureName } from '../../shared/contract.ts'
import type { Project } from '../../shared/contract/projects.ts'
import { AppError } from '../../shared/errors.ts'
import { contextOf } from '../call-context.ts'

type DocumentsProcedure = Extract<ProcedureName, `documents.${string}` | `corpus.${string}`>

/**
 * The documents of projects and their corpora. What was read is kept for as long as the files stay as they were.
 *
 * @param home Soroban's own folder
 */
export function documentsHandlers({ home }: { readonly home: string }): Handlers<DocumentsProcedure> {
  const surveys = new Surveys(textCache(home))
  const counts: TokenCounts = new Map()
  const inputOf = ({ documents, corpus }: Project): DocumentsInput => {
    if (documents === null) throw new AppError('projects/no-documents')
    return { folder: documents, corpus, surveys }
  }
  return {
    'documents.inspect': async ({ project }, call) =>
      await documentsOverview(inputOf(await readProject(project)), contextOf(call, call.emit)),

    'documents.text': async ({ project, name }, call) =>
      await documentText(inputOf(await readProject(project)), name, contextOf(call)),

    'documents.original': async ({ project, name, offset }) => {
      const { folder } = inputOf(await readProject(project))
      const { type, bytes, piece } = await documentOriginal(folder, name, offset)
      return { type, bytes, base64: Buffer.from(piece).toString('base64') }
    },

    'documents.exclude': async ({ project, names, excluded }) => {
      await excludeDocuments(project, names, excluded)
      return {}
    },

    'documents.deletion': async ({ project, names }, call) =>
      await documentDeletion(await readProject(project), names, surveys.texts, contextOf(call)),

    'documents.delete': async ({ project, names }, call) =>
      await deleteDocuments(await readProject(project), names, surveys.texts, contextOf(call)),

    'documents.upload': async ({ base64, ...piece }) => ({
      received: await uploadDocument({ ...piece, bytes: Buffer.from(base64, 'base64') }),
    }),

    'corpus.describe': async ({ project }, call) => {
      const opened = await readProject(project)
      const { baseline, candidates, plan } = opened
      const models = [...(baseline === null ? [] : [baseline]), ...candidates]
      const input = { ...inputOf(opened), seed: plan.seed, models }
      return await corpusOverview(input, counts, contextOf(call, call.emit))
    },
  }
}
