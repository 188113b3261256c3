import { join } from 'node:path'

/** What decides where Soroban keeps its local state. */
export interface HomeSurroundings {
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly platform: NodeJS.Platform
  readonly homeFolder: string
}

/** The folder of Soroban's own files: SOROBAN_HOME, else the platform's place for a user's application data. */
export function sorobanHome({ environment, platform, homeFolder }: HomeSurroundings): string {
  const set = (name: string): string | undefined => (environment[name] === '' ? undefined : environment[name])
  const chosen = set('SOROBAN_HOME')
  if (chosen !== undefined) return chosen
  if (platform === 'win32')
    return join(set('LOCALAPPDATA') ?? join(homeFolder, 'AppData', 'Local'), 'Soroban')
  if (platform === 'darwin') return join(homeFolder, 'Library', 'Application Support', 'Soroban')
  return join(set('XDG_DATA_HOME') ?? join(homeFolder, '.local', 'share'), 'soroban')
}

/** The database inside Soroban's home. */
export const databasePathIn = (home: string): string => join(home, 'soroban.db')
