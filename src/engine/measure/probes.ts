import { z } from 'zod'

import { siblingModule, spawnChild } from '../kernel/child-process.ts'

const PROBE_OUTPUTS = {
  cpu: z.object({ model: z.string(), physicalCores: z.int().positive() }),
  gpus: z.array(
    z.object({ name: z.string(), driver: z.string().nullable(), memoryBytes: z.number().nullable() }),
  ),
  power: z.object({ onBattery: z.boolean() }),
} as const
export type ProbeName = keyof typeof PROBE_OUTPUTS
export type ProbeOutput<Name extends ProbeName> = z.infer<(typeof PROBE_OUTPUTS)[Name]>

/** Asks the machine one thing; null when it cannot tell in time. Never throws. */
export type Probe = <Name extends ProbeName>(name: Name) => Promise<ProbeOutput<Name> | null>

const PROBE_PROGRAM = siblingModule('probe-process', import.meta.url)
// Without a display the probe's screen queries fail at once instead of talking to a (perhaps remote) X server.
const ENVIRONMENT = { DISPLAY: '' }

/** Probes in child processes that are killed after their answer, or after `timeoutMs` without one. */
export function processProbe(timeoutMs: number, program = PROBE_PROGRAM): Probe {
  return async (name) => {
    const child = spawnChild(program, { args: [name], env: ENVIRONMENT })
    const answer = Promise.withResolvers<unknown>()
    const timer = setTimeout(answer.resolve, timeoutMs)
    child.onMessage(answer.resolve)
    child.onExit(() => answer.resolve(undefined))
    try {
      return parseAnswer(name, await answer.promise)
    } finally {
      clearTimeout(timer)
      child.kill()
    }
  }
}

/** What a probe answered; null when it is not what that probe answers. */
export function parseAnswer<Name extends ProbeName>(name: Name, answer: unknown): ProbeOutput<Name> | null {
  const schema: z.ZodType = PROBE_OUTPUTS[name]
  const parsed = schema.safeParse(answer)
  return parsed.success ? (parsed.data as ProbeOutput<Name>) : null
}
