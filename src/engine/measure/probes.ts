import { execFile } from 'node:child_process'
import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

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

const PROBE_PROGRAM = fileURLToPath(new URL(`probe-process${extname(import.meta.url)}`, import.meta.url))

/** Probes in child processes that are killed after `timeoutMs`. */
export function processProbe(timeoutMs: number, program = PROBE_PROGRAM): Probe {
  return (name) =>
    new Promise((resolve) => {
      // Without a display the probe's screen queries fail at once instead of talking to a (perhaps remote) X server.
      const environment = { ...process.env, DISPLAY: '', ELECTRON_RUN_AS_NODE: '1' }
      const options = {
        timeout: timeoutMs,
        killSignal: 'SIGKILL',
        windowsHide: true,
        env: environment,
      } as const
      execFile(process.execPath, [program, name], options, (error, stdout) => {
        resolve(error === null ? parseProbe(name, stdout) : null)
      })
    })
}

/** A probe's printed answer; null when it is not what that probe prints. */
export function parseProbe<Name extends ProbeName>(name: Name, text: string): ProbeOutput<Name> | null {
  try {
    const schema: z.ZodType = PROBE_OUTPUTS[name]
    return schema.parse(JSON.parse(text)) as ProbeOutput<Name>
  } catch {
    return null
  }
}
