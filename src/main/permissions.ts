import type { Session } from 'electron'

import { isAppAddress } from './app-scheme.ts'

/** Putting text on the clipboard at the user's click, which copying a table needs; it cannot read the clipboard. */
const GRANTED = 'clipboard-sanitized-write'

/** Denies every permission and every device; the window needs none of them. */
export function denyPermissions(session: Session): void {
  session.setPermissionCheckHandler(
    (_contents, permission, origin) => permission === GRANTED && isAppAddress(origin),
  )
  session.setPermissionRequestHandler((_contents, permission, answer, { requestingUrl }) =>
    answer(permission === GRANTED && isAppAddress(requestingUrl)),
  )
  session.setDevicePermissionHandler(() => false)
  session.setDisplayMediaRequestHandler((_request, answer) => answer(null))
  // Files are written by the engine, where a native dialog said.
  session.on('will-download', (event) => event.preventDefault())
}
