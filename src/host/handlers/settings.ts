import { clearCache, doctor, measureCache, readAppSettings, writeAppSettings } from '../../engine/index.ts'
import type { Handlers } from '../../rpc/handlers.ts'
import { AppError } from '../../shared/errors.ts'
import { contextOf } from '../call-context.ts'

type SettingsProcedure =
  'settings.read' | 'settings.write' | 'cache.measure' | 'cache.clear' | 'doctor.examine'

export interface SettingsSurroundings {
  /** Soroban's own folder. */
  readonly home: string
  /** Whether work in progress may be reading compiled graphs. */
  readonly isCacheInUse: () => boolean
  /** Ends what rests with compiled graphs open: on Windows such files cannot be deleted. */
  readonly releaseCache: () => Promise<void>
}

/** Settings, the cache and the machine. */
export function settingsHandlers({
  home,
  isCacheInUse,
  releaseCache,
}: SettingsSurroundings): Handlers<SettingsProcedure> {
  return {
    'settings.read': (_, call) => readAppSettings(home, contextOf(call)),
    'settings.write': (changes, call) => writeAppSettings(home, changes, contextOf(call)),
    'cache.measure': () => measureCache(home),
    'cache.clear': async () => {
      if (isCacheInUse()) throw new AppError('cache/in-use')
      await releaseCache()
      return await clearCache(home)
    },
    'doctor.examine': (_, call) => doctor({ home }, contextOf(call)),
  }
}
