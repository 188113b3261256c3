import { join } from 'node:path'
import { z } from 'zod'

import { type AppSettings, appSettingsSchema } from '../../shared/contract/settings.ts'
import { inTurn } from '../kernel/in-turn.ts'
import type { RunContext } from '../kernel/run-context.ts'
import { given, readOrSetAside, writeOwnFile } from './own-file.ts'

const FORMAT = 'soroban.settings/1'

const DEFAULT_SETTINGS: AppSettings = {
  locale: null,
  theme: 'system',
  provider: 'cpu',
  threads: null,
  tourDone: false,
}

// A field that the file does not have, because it is newer than the file, has its default.
const settingsFileSchema = appSettingsSchema.partial().extend({ schema: z.literal(FORMAT) })

const settingsFileIn = (home: string): string => join(home, 'settings.json')

/** The user's settings; a damaged file is kept under another name, and the defaults count. @throws AppError file/* */
export async function readAppSettings(home: string, ctx: RunContext): Promise<AppSettings> {
  return await inTurn(settingsFileIn(home), () => read(home, ctx))
}

/** Changes what is given. @throws AppError file/* */
export async function writeAppSettings(
  home: string,
  changes: { readonly [F in keyof AppSettings]?: AppSettings[F] | undefined },
  ctx: RunContext,
): Promise<AppSettings> {
  const path = settingsFileIn(home)
  return await inTurn(path, async () => {
    const settings = { ...(await read(home, ctx)), ...given(changes) }
    await writeOwnFile(path, { schema: FORMAT, ...settings })
    return settings
  })
}

async function read(home: string, { log }: RunContext): Promise<AppSettings> {
  const file = await readOrSetAside(settingsFileIn(home), settingsFileSchema, log)
  const { schema: _, ...content } = file ?? { schema: FORMAT }
  return { ...DEFAULT_SETTINGS, ...given(content) }
}
