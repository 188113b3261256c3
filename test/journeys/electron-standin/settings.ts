/** What the test tells a stand-in's main process when it starts it. */
export interface StandinSettings {
  /** Of the Chromium whose pages are the windows. */
  readonly browserEndpoint: string
  readonly appData: string
  readonly documents: string
  /** Of the system, the preferred one first. */
  readonly languages: readonly string[]
  readonly isPackaged: boolean
  readonly appPath: string
}

export const SETTINGS_VARIABLE = 'SOROBAN_STANDIN'

export function readSettings(): StandinSettings {
  const text = process.env[SETTINGS_VARIABLE]
  if (text === undefined) throw new Error(`${SETTINGS_VARIABLE} is missing: only a test starts the stand-in`)
  return JSON.parse(text) as StandinSettings
}
