import type { Page } from 'playwright-core'

import type { InputOf, OutputOf, ProcedureName } from '../../src/shared/contract.ts'

/** In the page: one call over a line of its own, through the bridge that the window has. */
const CALL_SCRIPT = `([procedure, input]) => new Promise((resolve) => {
  const line = window.soroban.connect((message) => {
    if (message.kind !== 'result') return
    line.close()
    resolve(message.result)
  })
  line.send({ kind: 'call', id: 0, procedure, input })
})`

type Answer<P extends ProcedureName> =
  | { readonly ok: true; readonly value: OutputOf<P> }
  | { readonly ok: false; readonly error: { readonly code: string; readonly params: object } }

/** Calls a procedure as the window would. */
export function callFromPage<P extends ProcedureName>(
  page: Page,
  procedure: P,
  input: InputOf<P>,
): Promise<Answer<P>> {
  return page.evaluate(`(${CALL_SCRIPT})(${JSON.stringify([procedure, input])})`)
}
