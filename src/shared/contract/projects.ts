import { z } from 'zod'

import { corpusSettingsSchema, DEFAULT_CORPUS_SETTINGS } from '../documents.ts'
import { quantizationSchema } from '../settings.ts'
import { pathSchema } from './common.ts'
import { nothing, procedure } from './procedure.ts'

/** What a project's proof of concept is asked to do, besides its documents and models. */
const planSettingsSchema = z.strictObject({
  /** Context lengths at which speed and memory are measured, ascending, in tokens. */
  contexts: z.array(z.int().positive()).min(1).max(16),
  quantization: quantizationSchema,
  /** Non-inferiority margin: largest relative increase of nll that still counts as kept. */
  marginNll: z.number().positive().lt(1),
  seed: z.int().nonnegative(),
})
export type PlanSettings = z.infer<typeof planSettingsSchema>

/** soroban-project.json: what a project folder says of itself. */
export const projectFileSchema = z.strictObject({
  schema: z.literal('soroban.project/1'),
  name: z.string().trim().min(1).max(200),
  createdAt: z.iso.datetime(),
  /** Made by the product to be tried out. */
  isSample: z.boolean(),
  /** Absolute paths; null or empty until chosen. */
  documents: pathSchema.nullable(),
  baseline: pathSchema.nullable(),
  candidates: z.array(pathSchema).max(16),
  plan: planSettingsSchema,
  corpus: corpusSettingsSchema.default(DEFAULT_CORPUS_SETTINGS),
})
export type ProjectFile = z.infer<typeof projectFileSchema>

const projectSchema = projectFileSchema.omit({ schema: true }).extend({ folder: pathSchema })
export type Project = z.infer<typeof projectSchema>

const recentProjectSchema = z.object({
  folder: pathSchema,
  name: z.string(),
  /** Made by the product to be tried out; told only while it exists. */
  isSample: z.boolean(),
  openedAt: z.iso.datetime(),
  /** The folder and its project file are still there. */
  exists: z.boolean(),
})
export type RecentProject = z.infer<typeof recentProjectSchema>

const projectPatchSchema = projectFileSchema
  .pick({ name: true, documents: true, baseline: true, candidates: true, plan: true })
  .extend({ corpus: corpusSettingsSchema.omit({ excluded: true, forgotten: true }) })
  .partial()
export type ProjectPatch = z.infer<typeof projectPatchSchema>

export const projectsProcedures = {
  /** The last opened first. `suggestedParent`: where a new project is put unless told otherwise. */
  'projects.recent': procedure({
    input: nothing,
    output: z.object({ projects: z.array(recentProjectSchema), suggestedParent: pathSchema }),
  }),
  /** Makes the folder `parent/name`. */
  'projects.create': procedure({
    input: z.strictObject({ parent: pathSchema, name: z.string().trim().min(1).max(100) }),
    output: projectSchema,
  }),
  /** The sample project: bundled documents and reference models, ready to run; made where there is none yet. */
  'projects.sample': procedure({ input: nothing, output: projectSchema }),
  'projects.open': procedure({ input: z.strictObject({ folder: pathSchema }), output: projectSchema }),
  'projects.update': procedure({
    input: z.strictObject({ folder: pathSchema, patch: projectPatchSchema }),
    output: projectSchema,
  }),
  /** Takes a project off the list; its folder stays as it is. */
  'projects.forget': procedure({ input: z.strictObject({ folder: pathSchema }), output: nothing }),
} as const
