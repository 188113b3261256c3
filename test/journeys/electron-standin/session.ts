import { EventEmitter } from 'node:events'

import { app } from './app.ts'

export interface RequestDetails {
  readonly url: string
  readonly method: string
  readonly resourceType: string
}

type BeforeRequest = (details: RequestDetails, answer: (decision: { cancel?: boolean }) => void) => void
type ProtocolHandler = (request: Request) => Response | Promise<Response>
type PermissionCheck = (contents: unknown, permission: string, origin: string) => boolean

class Session extends EventEmitter {
  #beforeRequest: BeforeRequest = (_details, answer) => answer({})
  #permissionCheck: PermissionCheck = () => true
  readonly #handlers = new Map<string, ProtocolHandler>()

  readonly webRequest = {
    onBeforeRequest: (listener: BeforeRequest): void => {
      this.#beforeRequest = listener
    },
  }
  readonly protocol = {
    handle: (scheme: string, handler: ProtocolHandler): void => void this.#handlers.set(scheme, handler),
  }

  setPermissionCheckHandler(handler: PermissionCheck): void {
    this.#permissionCheck = handler
  }
  setPermissionRequestHandler(): void {}
  setDevicePermissionHandler(): void {}
  setDisplayMediaRequestHandler(): void {}
  setSpellCheckerEnabled(): void {}
  async setProxy(): Promise<void> {}

  mayRequest(details: RequestDetails): Promise<boolean> {
    const decided = Promise.withResolvers<boolean>()
    this.#beforeRequest(details, ({ cancel = false }) => decided.resolve(!cancel))
    return decided.promise
  }

  handlerFor = (url: string): ProtocolHandler | undefined =>
    this.#handlers.get(new URL(url).protocol.slice(0, -1))

  isPermitted = (permission: string, origin: string): boolean =>
    this.#permissionCheck(null, permission, origin)
}

export const session = { defaultSession: new Session() }

export const protocol = {
  registerSchemesAsPrivileged(): void {
    if (app.isReady()) throw new Error('registerSchemesAsPrivileged must be called before the app is ready')
  },
}
