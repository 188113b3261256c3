import { z } from 'zod'

import { pathSchema } from './common.ts'
import { nothing, procedure } from './procedure.ts'

const ropeScalingSchema = z.looseObject({})

const modelDescriptionSchema = z.object({
  layout: z.enum(['hf', 'onnx']),
  folder: z.string(),
  name: z.string(),
  sha256: z.string(),
  family: z.string(),
  parameters: z.number().positive(),
  layers: z.int().positive(),
  hiddenSize: z.int().positive(),
  intermediateSize: z.int().positive().nullable(),
  queryHeads: z.int().positive(),
  kvHeads: z.int().positive(),
  headDim: z.int().positive(),
  vocabSize: z.int().positive(),
  maxPositions: z.int().positive(),
  kvBytesPerToken: z.number().positive(),
  kvType: z.enum(['float32', 'float16']),
  storedTypes: z.array(z.string()).readonly(),
  tiedEmbeddings: z.boolean().nullable(),
  rope: z.object({ theta: z.number(), scaling: ropeScalingSchema.nullable() }).nullable(),
})
export type ModelDescription = z.infer<typeof modelDescriptionSchema>

const folderEntrySchema = z.object({
  name: z.string(),
  path: pathSchema,
  /** What the folder looks like from its file names. */
  kind: z.enum(['folder', 'model', 'project']),
})
export type FolderEntry = z.infer<typeof folderEntrySchema>

export const modelsProcedures = {
  'models.inspect': procedure({
    input: z.strictObject({ folder: pathSchema }),
    output: modelDescriptionSchema,
  }),
  /** The reference models that come with the product. */
  'models.bundled': procedure({
    input: nothing,
    output: z.object({ baseline: pathSchema, candidate: pathSchema }),
  }),
  /**
   * Folders inside a folder, for choosing one where there is no native dialog. Null: the user's own folder, on Windows
   * with the drives in front; `parent` is null where nothing lies above.
   */
  'folders.list': procedure({
    input: z.strictObject({ folder: pathSchema.nullable() }),
    output: z.object({
      folder: pathSchema,
      parent: pathSchema.nullable(),
      entries: z.array(folderEntrySchema),
      /** How many plain files lie beside them. */
      files: z.int().nonnegative(),
    }),
  }),
} as const
