import { bundledModels, inspectModel, listFolders } from '../../engine/index.ts'
import type { Handlers } from '../../rpc/handlers.ts'
import { contextOf } from '../call-context.ts'

/** Models, and the folders among which they are chosen. */
export function modelsHandlers(): Handlers<'models.inspect' | 'models.bundled' | 'folders.list'> {
  return {
    'models.inspect': ({ folder }, call) => inspectModel(folder, contextOf(call)),
    'models.bundled': () => bundledModels(),
    'folders.list': ({ folder }) => listFolders(folder),
  }
}
