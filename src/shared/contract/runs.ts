import { z } from 'zod'

import { progressSchema } from '../job.ts'
import { LOCALES } from '../messages/define.ts'
import { reportModelSchema } from '../report-model.ts'
import { resultsSchema } from '../results.ts'
import { assumptionsSchema } from '../roi/assumptions.ts'
import { errorSchema, pathSchema, projectInput, runInput } from './common.ts'
import { nothing, procedure } from './procedure.ts'

const runStateSchema = z.enum(['created', 'running', 'interrupted', 'failed', 'done', 'damaged'])

const runEntrySchema = z.object({
  id: z.string(),
  createdAt: z.string(),
  /** `interrupted`: stopped by somebody or by a crash; it can be resumed, as can `failed` and `created`. */
  state: runStateSchema,
  failure: errorSchema.nullable(),
  unitsDone: z.int().nonnegative(),
  unitsTotal: z.int().nonnegative(),
})
export type RunEntry = z.infer<typeof runEntrySchema>

const jobLogLineSchema = z.object({
  at: z.iso.datetime(),
  level: z.enum(['debug', 'info', 'warn', 'error']),
  text: z.string(),
})
export type JobLogLine = z.infer<typeof jobLogLineSchema>

/** Work that goes on whether or not a window watches it. */
const jobSchema = z.object({
  id: z.string(),
  project: pathSchema,
  /** Null until the inputs are read and the run is in the ledger. */
  run: z.string().nullable(),
  state: z.enum(['running', 'stopping', 'stopped', 'failed', 'done']),
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime().nullable(),
  /** The latest of each kind and label, in order of appearance. */
  progress: z.array(progressSchema),
  unitsDone: z.int().nonnegative(),
  /** 0 until the plan is known. */
  unitsTotal: z.int().nonnegative(),
  error: errorSchema.nullable(),
  /** The latest lines. */
  log: z.array(jobLogLineSchema),
})
export type Job = z.infer<typeof jobSchema>

const runPlanSchema = z.object({
  documents: z.int().nonnegative(),
  tokens: z.int().nonnegative(),
  window: z.int().positive(),
  arms: z.array(z.object({ id: z.string(), role: z.enum(['baseline', 'candidate']), name: z.string() })),
  /** Units of work by phase. */
  units: z.object({
    quality: z.int().nonnegative(),
    'self-check': z.int().nonnegative(),
    speed: z.int().nonnegative(),
    memory: z.int().nonnegative(),
  }),
  /** In the language of the call's `locale`. */
  warnings: z.array(z.object({ code: z.string(), message: z.string() })),
})
export type CheckedPlan = z.infer<typeof runPlanSchema>

const localeField = z.enum(LOCALES)

/** `llama-bench` and `lm-eval`: JSON shaped as those tools write it. */
export const REPORT_FORMATS = ['xlsx', 'html', 'json', 'csv', 'llama-bench', 'lm-eval'] as const
export type ReportFormat = (typeof REPORT_FORMATS)[number]

const reportFields = {
  locale: localeField,
  /** Null: a report without a return on investment. */
  assumptions: assumptionsSchema.nullable(),
}

export const runsProcedures = {
  /**
   * Reads and checks every input as a run would, and tells what the run would do. Refused while a job runs, whose
   * measurements it would disturb; a job that starts ends it.
   */
  'runs.plan': procedure({
    input: z.strictObject({ project: pathSchema, locale: localeField }),
    output: runPlanSchema,
    event: progressSchema,
  }),
  /** The newest first. */
  'runs.list': procedure({ input: projectInput, output: z.array(runEntrySchema) }),
  /** Answers at once; the work is a job. One job at a time: two would disturb each other's measurements. */
  'runs.start': procedure({
    input: z.strictObject({ project: pathSchema, locale: localeField }),
    output: z.object({ job: z.string() }),
  }),
  'runs.resume': procedure({ input: runInput, output: z.object({ job: z.string() }) }),
  /** Deletes a run with its samples and its reports in the project's folder, beyond recovery; copies elsewhere stay. */
  'runs.delete': procedure({ input: runInput, output: nothing }),
  'runs.results': procedure({ input: runInput, output: resultsSchema }),
  /** Jobs of this engine process: once at the start, then each that changed, at most ten times a second. */
  'jobs.watch': procedure({ input: nothing, output: nothing, event: z.array(jobSchema) }),
  /** Stops a job; what is finished stays, and its run can be resumed. Answers when it has stopped. */
  'jobs.stop': procedure({ input: z.strictObject({ job: z.string() }), output: nothing }),
  /** The report as it would be written. */
  'report.preview': procedure({
    input: runInput.extend(reportFields),
    output: reportModelSchema,
  }),
  /** Writes the report to a path, or into the project's `reports` folder. */
  'report.write': procedure({
    input: runInput.extend({ ...reportFields, format: z.enum(REPORT_FORMATS), path: pathSchema.nullable() }),
    output: z.object({ path: pathSchema }),
  }),
  /** The same as a file's content, where there is no path to write to. */
  'report.content': procedure({
    input: runInput.extend({ ...reportFields, format: z.enum(REPORT_FORMATS) }),
    output: z.object({ name: z.string(), base64: z.base64() }),
  }),
} as const
