/** Electron's security checklist, point by point, on the built app. What each point means here: docs/security.md. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { openStandin, type Standin } from '../journeys/electron-standin/index.ts'

const ROOT = join(import.meta.dirname, '..', '..')
const APP_ORIGIN = 'app://soroban'

let home: string
let app: Standin
let page: Page

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'soroban-checklist-'))
  app = await openStandin({ home, isPackaged: true })
  page = app.page
  await page.getByRole('main').waitFor()
}, 180_000)

afterAll(async () => {
  await app.close()
  await rm(home, { recursive: true, force: true })
})

const webPreferences = async (): Promise<Record<string, unknown>> => {
  const { options } = await app.main.until((main) => main.told('window')[0])
  return options['webPreferences'] as Record<string, unknown>
}

/** Every source of a folder, with its path. */
async function sourcesOf(folder: string): Promise<[string, string][]> {
  const entries = await readdir(join(ROOT, folder), { recursive: true, withFileTypes: true })
  const paths = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
  return Promise.all(
    paths.map(async (path): Promise<[string, string]> => [path, await readFile(path, 'utf8')]),
  )
}

test('1 · only secure content is loaded: all of it comes from the app itself', () => {
  const requests = app.main.told('request')
  expect(requests.length).toBeGreaterThan(5)
  expect(requests.filter(({ url }) => !url.startsWith(`${APP_ORIGIN}/`))).toEqual([])
})

test('2 · no Node.js in the page, its frames or its workers', async () => {
  expect(await webPreferences()).toMatchObject({
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
  })
  expect(await page.evaluate('[typeof require, typeof process, typeof module]')).toEqual([
    'undefined',
    'undefined',
    'undefined',
  ])
})

test('3 · the preload script has a world of its own', async () => {
  expect(await webPreferences()).toMatchObject({ contextIsolation: true })
})

test('4 · the page is sandboxed, and the preload script is the one file that a sandbox allows', async () => {
  expect(await webPreferences()).toMatchObject({ sandbox: true })
  const files = await sourcesOf('dist/preload')
  expect(files.map(([path]) => path)).toEqual([join(ROOT, 'dist', 'preload', 'index.cjs')])
  expect(files[0]?.[1].match(/require\([^)]*\)/g)).toEqual(['require("electron")'])
})

test('5 · permissions are denied, except putting text on the clipboard', async () => {
  const stateOf = (name: string): Promise<unknown> =>
    page.evaluate(`navigator.permissions.query({ name: '${name}' }).then(({ state }) => state)`)
  expect({
    camera: await stateOf('camera'),
    geolocation: await stateOf('geolocation'),
    notifications: await stateOf('notifications'),
    'clipboard-read': await stateOf('clipboard-read'),
    'clipboard-write': await stateOf('clipboard-write'),
  }).toEqual({
    camera: 'denied',
    geolocation: 'denied',
    notifications: 'denied',
    'clipboard-read': 'denied',
    'clipboard-write': 'granted',
  })
})

test('6 · web security stays on', async () => {
  expect(await webPreferences()).toMatchObject({ webSecurity: true })
})

test('7 · the content-security policy lets nothing inline and nobody else in', async () => {
  const tried = await page.evaluate(`new Promise((resolve) => {
    const broken = new Set()
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
      broken.add(effectiveDirective)
      if (broken.size === 5) resolve({ broken: [...broken].sort(), ran: window.ran === true })
    })
    const script = document.createElement('script')
    script.textContent = 'window.ran = true'
    document.head.append(script)
    document.body.insertAdjacentHTML('beforeend', '<p id="styled" style="color: red">')
    new Image().src = 'https://example.com/pixel.png'
    fetch('https://example.com/').catch(() => {})
    const frame = document.createElement('iframe')
    frame.src = 'https://example.com/'
    document.body.append(frame)
  })`)
  expect(tried).toEqual({
    broken: ['connect-src', 'frame-src', 'img-src', 'script-src-elem', 'style-src-attr'],
    ran: false,
  })
  const evaluated = await page.evaluate(`new Promise((resolve) => setTimeout(() => {
    try {
      resolve(new Function('return 1')())
    } catch (error) {
      resolve(error.name)
    }
  }))`)
  expect(evaluated).toBe('EvalError')
})

test('7 · every page has a nonce of its own', async () => {
  const policyOf = (): Promise<unknown> =>
    page.evaluate(`fetch('/index.html').then(({ headers }) => headers.get('content-security-policy'))`)
  const policies = [await policyOf(), await policyOf()]
  expect(policies[0]).toMatch(/script-src 'self' 'nonce-[\w+/=]{24}'/)
  expect(policies[0]).not.toBe(policies[1])
})

test('8, 9, 10 · no insecure content, no experimental features, no switched-on Blink features', async () => {
  const preferences = await webPreferences()
  expect(preferences).toMatchObject({ allowRunningInsecureContent: false, experimentalFeatures: false })
  expect(preferences).not.toHaveProperty('enableBlinkFeatures')
})

test('11, 12 · there is no <webview>, and none could be made', async () => {
  expect(await webPreferences()).toMatchObject({ webviewTag: false })
  const sources = [...(await sourcesOf('src/renderer')), ...(await sourcesOf('src/main'))]
  expect(sources.filter(([, text]) => /<webview|allowpopups/.test(text))).toEqual([])
})

test('13 · the page cannot go elsewhere', async () => {
  const before = page.url()
  const target = 'https://example.com/elsewhere'
  await page.evaluate(`location.href = '${target}'`)
  const { isAllowed } = await app.main.until((main) =>
    main.told('navigation').find(({ url }) => url === target),
  )
  expect(isAllowed).toBe(false)
  expect(page.url()).toBe(before)
  expect(app.main.told('request').filter(({ url }) => url === target)).toEqual([])
})

test('14 · the page cannot open windows, by script or by link', async () => {
  for (const [target, act] of [
    ['https://example.com/script', (url: string) => `void window.open('${url}')`],
    [
      'https://example.com/link',
      (url: string) => `(() => {
      const link = document.createElement('a')
      Object.assign(link, { href: '${url}', target: '_blank' })
      document.body.append(link)
      link.click()
    })()`,
    ],
  ] as const) {
    await page.evaluate(act(target))
    const told = await app.main.until((main) => main.told('new-window').find(({ url }) => url === target))
    expect(told.isAllowed).toBe(false)
  }
})

test('15 · nothing is handed to the system to be opened, but files in its file manager', async () => {
  const sources = await sourcesOf('src')
  expect(sources.filter(([, text]) => /openExternal|openPath/.test(text))).toEqual([])
})

test('16 · the version of Electron is pinned', async () => {
  const manifest = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as {
    devDependencies: Record<string, string>
  }
  expect(manifest.devDependencies['electron']).toMatch(/^\d+\.\d+\.\d+$/)
})

test('17 · one file takes messages of windows in; test/main/ipc-router.test.ts proves whom it refuses', async () => {
  const sources = await sourcesOf('src')
  expect(sources.filter(([, text]) => text.includes('ipcMain')).map(([path]) => path)).toEqual([
    join(ROOT, 'src', 'main', 'ipc-router.ts'),
  ])
})

test('18 · files are out of reach: the scheme serves the built window and nothing else', async () => {
  const statusOf = (path: string): Promise<unknown> =>
    page.evaluate(`fetch('${path}').then(({ status }) => status)`)
  expect({
    page: await statusOf('/index.html'),
    missing: await statusOf('/package.json'),
    above: await statusOf('/assets/..%2f..%2f..%2fpackage.json'),
    encoded: await statusOf('/%2e%2e/%2e%2e/package.json'),
    absolute: await statusOf('//etc/passwd'.slice(1)),
  }).toEqual({ page: 200, missing: 404, above: 404, encoded: 404, absolute: 404 })
  await expect(page.evaluate(`fetch('file:///etc/passwd')`)).rejects.toThrow()
})

test('19 · the fuses are set: test/packaging reads them back from the packed program', async () => {
  const builder = await readFile(join(ROOT, 'electron-builder.yml'), 'utf8')
  expect(builder).toContain('runAsNode: false')
})

test('20 · the bridge offers lines and paths, and cannot be changed', async () => {
  expect(
    await page.evaluate(`(() => {
      window.soroban.connect.extra = 1
      return [Object.keys(window.soroban), Object.isFrozen(window.soroban), typeof window.ipcRenderer]
    })()`),
  ).toEqual([['connect', 'pathOf'], true, 'undefined'])
})

test('the developer tools are not in the packed program', async () => {
  expect(await webPreferences()).toMatchObject({ devTools: false })
  expect(JSON.stringify(await app.menuTemplate())).not.toContain('toggleDevTools')
})
