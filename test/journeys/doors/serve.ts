import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'

import { launchChromium } from '../chromium.ts'
import type { Door, DoorSettings, StartedDoor } from './door.ts'

const CLI = fileURLToPath(new URL('../../../src/cli/main.ts', import.meta.url))

/** `soroban serve` in a process of its own, and a browser that opens the link it prints. */
export const serveDoor: Door = { name: 'serve', start: startServe }

async function startServe({ home, locale, onPage }: DoorSettings): Promise<StartedDoor> {
  const server = spawn(process.execPath, [CLI, 'serve', '--port', '0'], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, SOROBAN_HOME: home, SOROBAN_LANG: locale },
  })
  const link = await firstLine(server)
  const browser = await launchChromium()
  const context = await browser.newContext({
    locale: locale === 'ja' ? 'ja-JP' : 'en-US',
    viewport: { width: 1280, height: 800 },
    acceptDownloads: true,
  })
  context.on('page', onPage)
  let page = await context.newPage()
  await page.goto(link)
  return {
    page,
    pid: server.pid ?? 0,
    async reopenWindow() {
      const address = page.url()
      await page.close()
      page = await context.newPage()
      await page.goto(address)
      return page
    },
    async saveAs(path, act) {
      const [download] = await Promise.all([page.waitForEvent('download'), act()])
      await download.saveAs(path)
    },
    async close() {
      await browser.close()
      server.kill('SIGINT')
      if (server.exitCode === null && server.signalCode === null) await once(server, 'exit')
    },
  }
}

/** The link. Rejects, saying why, when the server ends without one. */
async function firstLine({
  stdout,
  stderr,
}: ChildProcessByStdio<Writable, Readable, Readable>): Promise<string> {
  let said = ''
  stderr.setEncoding('utf8').on('data', (text: string) => (said += text))
  for await (const line of createInterface({ input: stdout })) return line
  throw new Error(`soroban serve ended: ${said}`)
}
