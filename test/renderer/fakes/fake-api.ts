/** The page's api over an engine in memory: every message is checked with the contract, as on a real line. */
import { CallServer } from '../../../src/rpc/call-server.ts'
import type { Handlers } from '../../../src/rpc/handlers.ts'
import type { ProcedureName } from '../../../src/shared/contract.ts'
import { type Api, createApi, installApi } from '../../../src/renderer/api.ts'
import type { OpenLine } from '../../../src/renderer/transport.ts'
import { type FakeBehaviour, fakeHandlers } from './handlers.ts'
import { FakeWorld } from './world.ts'

export { FakeWorld, FINISHED_RUN, SAMPLE_FOLDER, sampleProject } from './world.ts'

export interface FakeOptions extends Partial<FakeBehaviour> {
  readonly world?: FakeWorld
  /** Replaces single procedures, for instance by failing ones. */
  readonly handlers?: Partial<Handlers<ProcedureName>>
}

export interface FakeApi {
  readonly api: Api
  readonly world: FakeWorld
  /** Breaks the line; it is opened again as after a lost connection. */
  breakLine(): void
}

/** Makes a fake api and installs it as the page's own. */
export function installFakeApi({
  world = new FakeWorld(),
  handlers = {},
  ...behaviour
}: FakeOptions = {}): FakeApi {
  const answering = {
    ...fakeHandlers(world, {
      door: 'desktop',
      systemLocale: 'ja-JP',
      pause: () => Promise.resolve(),
      ...behaviour,
    }),
    ...handlers,
  }
  let breakLine = (): void => {}
  const openLine: OpenLine = ({ onOpen, onMessage, onClose }) => {
    const server = new CallServer<ProcedureName>(answering, (message) => onMessage(structuredClone(message)))
    breakLine = () => {
      server.close()
      onClose(false)
    }
    queueMicrotask(onOpen)
    return {
      send: (message) => server.receive(JSON.parse(JSON.stringify(message))),
      close: () => server.close(),
    }
  }
  const api = createApi({ openLine, pathOf: (file) => `/dropped/${file.name}` })
  installApi(api)
  return { api, world, breakLine: () => breakLine() }
}
