import { EventEmitter } from 'node:events'

import { beforeEach, expect, test, vi } from 'vitest'

const { app } = await vi.hoisted(async () => {
  const events = await import('node:events')
  return { app: new events.EventEmitter() }
})
vi.mock('electron', () => ({ app, protocol: {} }))

const { guardContents } = await import('../../src/main/contents-guard.ts')
const { refuseOutsideRequests } = await import('../../src/main/outside-traffic.ts')
const { denyPermissions } = await import('../../src/main/permissions.ts')

class FakeContents extends EventEmitter {
  open!: (details: { url: string }) => unknown
  policy: unknown
  setWindowOpenHandler = (handler: typeof this.open): void => void (this.open = handler)
  setWebRTCIPHandlingPolicy = (policy: string): void => void (this.policy = policy)
}

class FakeSession extends EventEmitter {
  check!: (contents: unknown, permission: string, origin: string) => boolean
  request!: (
    contents: unknown,
    permission: string,
    answer: (granted: boolean) => void,
    details: object,
  ) => void
  device!: () => boolean
  before!: (details: { url: string }, answer: (decision: { cancel: boolean }) => void) => void
  readonly webRequest = { onBeforeRequest: (listener: typeof this.before) => void (this.before = listener) }
  setPermissionCheckHandler = (handler: typeof this.check): void => void (this.check = handler)
  setPermissionRequestHandler = (handler: typeof this.request): void => void (this.request = handler)
  setDevicePermissionHandler = (handler: typeof this.device): void => void (this.device = handler)
  setDisplayMediaRequestHandler(): void {}
}

const prevented = (contents: EventEmitter, event: string, details: object = {}): boolean => {
  const preventDefault = vi.fn()
  contents.emit(event, { ...details, preventDefault })
  return preventDefault.mock.calls.length === 1
}

let contents: FakeContents
let session: FakeSession

beforeEach(() => {
  app.removeAllListeners()
  contents = new FakeContents()
  session = new FakeSession()
})

test('whatever page is made stays where it is, opens nothing and gets no webview; attempts are told of', () => {
  const refused: string[] = []
  guardContents({ allowDeveloperTools: false, onRefused: (target) => refused.push(target) })
  app.emit('web-contents-created', {}, contents)
  expect({
    opened: contents.open({ url: 'https://example.com/new?document=1' }),
    openedItself: contents.open({ url: 'app://soroban/index.html' }),
    openedEmpty: contents.open({ url: 'about:blank' }),
    webview: prevented(contents, 'will-attach-webview'),
    redirect: prevented(contents, 'will-redirect', { url: 'https://example.com:8443/redirected' }),
    elsewhere: prevented(contents, 'will-frame-navigate', { url: 'https://example.com/' }),
    file: prevented(contents, 'will-frame-navigate', { url: 'file:///etc/passwd' }),
    otherHost: prevented(contents, 'will-frame-navigate', { url: 'app://other/index.html' }),
    itself: prevented(contents, 'will-frame-navigate', { url: 'app://soroban/index.html#/settings' }),
    webRtc: contents.policy,
  }).toEqual({
    opened: { action: 'deny' },
    openedItself: { action: 'deny' },
    openedEmpty: { action: 'deny' },
    webview: true,
    redirect: true,
    elsewhere: true,
    file: true,
    otherHost: true,
    itself: false,
    webRtc: 'disable_non_proxied_udp',
  })
  expect(refused).toEqual([
    'https://example.com',
    'https://example.com:8443',
    'https://example.com',
    'file:',
    'app://other',
  ])
})

test('requests that leave the window are refused, and told without their path', () => {
  const refused: string[] = []
  const isAllowed = (url: string, allowDeveloperTools = false): boolean => {
    refuseOutsideRequests(session as never, {
      allowDeveloperTools,
      onRefused: (target) => refused.push(target),
    })
    let isCancelled = true
    session.before({ url }, ({ cancel }) => void (isCancelled = cancel))
    return !isCancelled
  }
  expect({
    page: isAllowed('app://soroban/assets/index.js'),
    data: isAllowed('data:image/png;base64,AA=='),
    ownBlob: isAllowed('blob:app://soroban/2c1c'),
    tools: isAllowed('devtools://devtools/bundled/inspector.html', true),
  }).toEqual({ page: true, data: true, ownBlob: true, tools: true })
  expect(refused).toEqual([])

  for (const url of [
    'https://user:secret@example.com:8443/path?document=1',
    'http://127.0.0.1:9/loopback',
    'ws://example.com/socket',
    'file:///etc/passwd',
    'app://other/index.html',
    'blob:https://example.com/2c1c',
    'devtools://devtools/bundled/inspector.html',
    'not an address',
  ]) {
    expect(isAllowed(url), url).toBe(false)
  }
  expect(refused).toEqual([
    'https://example.com:8443',
    'http://127.0.0.1:9',
    'ws://example.com',
    'file:',
    'app://other',
    'blob:',
    'devtools://devtools',
    '?',
  ])
})

test('every permission and device is denied, but writing the clipboard for the page itself', () => {
  denyPermissions(session as never)
  const asked = (permission: string, requestingUrl: string): boolean => {
    let isGranted = true
    session.request(null, permission, (granted) => void (isGranted = granted), { requestingUrl })
    return isGranted
  }
  const page = 'app://soroban/index.html'
  for (const permission of ['media', 'geolocation', 'clipboard-read', 'openExternal', 'fileSystem', 'usb']) {
    expect([session.check(null, permission, page), asked(permission, page)], permission).toEqual([
      false,
      false,
    ])
  }
  expect({
    check: session.check(null, 'clipboard-sanitized-write', 'app://soroban/'),
    request: asked('clipboard-sanitized-write', page),
    elsewhere: session.check(null, 'clipboard-sanitized-write', 'https://example.com/'),
    device: session.device(),
    download: prevented(session, 'will-download'),
  }).toEqual({ check: true, request: true, elsewhere: false, device: false, download: true })
})
