import { existsSync } from 'node:fs'

import { type Browser, chromium } from 'playwright-core'

const PLACES = [
  process.env['SOROBAN_TEST_BROWSER'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
]

/** The program of a Chromium. @throws Error saying what to install */
export function chromiumPath(): string {
  const executablePath = PLACES.find((path) => path !== undefined && existsSync(path))
  if (executablePath === undefined) {
    throw new Error(
      'The journeys need a Chromium: install it (Debian: apt install chromium), or name one in SOROBAN_TEST_BROWSER.',
    )
  }
  return executablePath
}

/** What every Chromium of the journeys is started with. */
export const CHROMIUM_ARGS = ['--no-sandbox', '--disable-gpu']

/** A Chromium without a screen. */
export async function launchChromium(): Promise<Browser> {
  return await chromium.launch({ executablePath: chromiumPath(), args: CHROMIUM_ARGS })
}
