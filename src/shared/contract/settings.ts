import { z } from 'zod'

import { LOCALES } from '../messages/define.ts'
import { environmentSchema } from '../results.ts'
import { PROVIDERS, providerSchema } from '../settings.ts'
import { errorSchema } from './common.ts'
import { nothing, procedure } from './procedure.ts'

export const appSettingsSchema = z.strictObject({
  /** Null: the system's language. */
  locale: z.enum(LOCALES).nullable(),
  theme: z.enum(['system', 'light', 'dark']),
  /** Where models run. */
  provider: providerSchema,
  /** Intra-op threads; null: one for each physical core. */
  threads: z.int().positive().max(1024).nullable(),
  /** The tour of the first start has been finished or closed. */
  tourDone: z.boolean(),
})
export type AppSettings = z.infer<typeof appSettingsSchema>

const cacheSchema = z.object({
  folder: z.string(),
  bytes: z.number().nonnegative(),
  files: z.int().nonnegative(),
})
export type CacheFacts = z.infer<typeof cacheSchema>

const doctorReportSchema = z.object({
  soroban: z.string(),
  machine: environmentSchema.pick({
    node: true,
    os: true,
    cpu: true,
    memoryBytes: true,
    gpus: true,
    onBattery: true,
    loadPerCore: true,
  }),
  runtime: z.object({
    driver: z.enum(['native', 'portable']),
    version: z.string(),
    providers: z.array(z.enum(PROVIDERS)).readonly(),
    reason: z.enum(['self-test-passed', 'requested', 'native-failed']),
    failure: errorSchema.nullable(),
  }),
  home: z.object({
    path: z.string(),
    writable: z.boolean(),
    freeBytes: z.number().nullable(),
    /** Names of damaged settings and lists that were set aside there; defaults count in their place. */
    setAside: z.array(z.string()),
  }),
})

export const settingsProcedures = {
  'settings.read': procedure({ input: nothing, output: appSettingsSchema }),
  /** Only the fields that are given change. */
  'settings.write': procedure({ input: appSettingsSchema.partial(), output: appSettingsSchema }),
  'cache.measure': procedure({ input: nothing, output: cacheSchema }),
  /** Deletes compiled graphs and texts of documents; they are made again when needed. */
  'cache.clear': procedure({ input: nothing, output: cacheSchema }),
  'doctor.examine': procedure({ input: nothing, output: doctorReportSchema }),
} as const
