import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

import type { Page } from 'playwright-core'

import type { Locale } from '../../src/shared/messages/index.ts'
import type { ShownView } from './every-view.ts'
import type { App } from './open-app.ts'

/** Goes to a view and waits until everything in it has been loaded. */
export async function show(app: App, { path, heading, shows }: ShownView, locale: Locale): Promise<void> {
  await app.visit(path)
  await app.page.getByRole('heading', { level: 1, name: heading[locale], exact: true }).waitFor()
  await app.page.getByRole('main').getByText(shows[locale]).first().waitFor()
  await app.page.evaluate('document.fonts.ready.then(() => {})')
}

const AXE = await readFile(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8')

interface Violation {
  readonly id: string
  readonly impact: string | null
  readonly nodes: readonly { readonly target: readonly string[]; readonly failureSummary?: string }[]
}

/** What axe-core finds serious or worse: rule, element and why. */
export async function barriers(page: Page): Promise<string[]> {
  if (!(await page.evaluate('"axe" in window'))) await page.evaluate(AXE)
  const violations = await page.evaluate<Violation[]>(
    `axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations)`,
  )
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary = '' }) => `${id}: ${target.join(' ')} (${failureSummary})`),
    )
}

/** Elements that do not fit the window's width, and cannot be scrolled to either. */
export const overflowing = (page: Page): Promise<string[]> =>
  page.evaluate(`[document.documentElement, document.body, ...document.querySelectorAll('main, main > *')]
    .filter((element) => element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0)
    .map((element) => element.tagName + '.' + element.className + ': ' + element.scrollWidth + ' px')`)

const AREAS =
  'assumptions call chart common comparison corpus documents doctor engine figure frame generation home models overview ' +
  'path progress project provenance provider report roi runs settings shell stage tour verdict'

/** Keys of messages that are shown instead of the messages, in the text or to assistive technology. */
export const untranslated = (page: Page): Promise<string[]> =>
  page.evaluate(`(() => {
    const key = /(?<![\\w./-])(?:${AREAS.replaceAll(' ', '|')})\\.(?!(?:xlsx|json|html|md|txt|csv)(?!\\w))[a-z][\\w-]*(?:\\.[\\w-]+)*(?![\\w/])/g
    const spoken = ['aria-label', 'title', 'placeholder', 'alt'].flatMap((name) =>
      [...document.querySelectorAll('[' + name + ']')].map((element) => element.getAttribute(name)))
    return [document.title, document.body.innerText, ...spoken].flatMap((text) => text.match(key) ?? [])
  })()`)
