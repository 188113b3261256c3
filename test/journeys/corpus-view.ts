import type { Locator, Page } from 'playwright-core'

export interface ShownSplit {
  readonly name: string
  readonly documents: number
}

/** The corpus view as a person uses it, in Japanese. */
export class CorpusView {
  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
  }

  /** One of the figures of the corpus. */
  figure(name: string): Promise<string> {
    const term = this.#page.getByRole('term').getByText(name, { exact: true })
    return this.#contents.locator('div').filter({ has: term }).getByRole('definition').first().innerText()
  }

  /** What does not count, by reason. */
  leftOut(): Promise<string[]> {
    return this.#contents.getByRole('link').allInnerTexts()
  }

  fingerprint(): Promise<string> {
    return this.#contents.getByText(/^[0-9a-f]{64}$/).innerText()
  }

  async splits(): Promise<ShownSplit[]> {
    const items = this.#panel('用途ごとの区分')
      .getByRole('listitem')
      .filter({ has: this.#page.getByRole('heading') })
    const texts = await items.allInnerTexts()
    return texts.map((text) => ({
      name: text.split(/\s/)[0] ?? '',
      documents: Number(/(\d+) 件/.exec(text)?.[1]),
    }))
  }

  /** What the table of lengths is about. */
  async coverage(): Promise<{ readonly head: string[]; readonly rows: string[] }> {
    const table = this.#page.getByRole('table', { name: '文書を覆う長さ' })
    return {
      head: await table.getByRole('columnheader').allInnerTexts(),
      rows: await table.getByRole('rowheader').allInnerTexts(),
    }
  }

  get #contents(): Locator {
    return this.#panel('コーパスの内容')
  }

  #panel(title: string): Locator {
    return this.#page.getByRole('region', { name: title })
  }
}
