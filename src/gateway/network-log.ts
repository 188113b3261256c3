import type { NetworkState } from '../shared/contract/shell.ts'
import { Watched } from './watched.ts'

const KEPT = 50

/** Counts the refused attempts to reach another machine, whoever made them. */
export class NetworkLog {
  readonly state = new Watched<NetworkState>({ refused: 0, latest: [] })

  /** @param target host and port, or a URL, of which the origin is kept: paths may tell what a document says */
  add(target: string, by: 'window' | 'engine'): void {
    const { refused, latest } = this.state.value
    const entry = { at: new Date().toISOString(), target: withoutPath(target), by }
    this.state.value = { refused: refused + 1, latest: [...latest, entry].slice(-KEPT) }
  }
}

function withoutPath(target: string): string {
  const url = target.includes('://') ? URL.parse(target) : null
  return url === null ? target : `${url.protocol}//${url.host}`
}
