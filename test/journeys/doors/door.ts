import type { Page } from 'playwright-core'

export interface DoorSettings {
  /** SOROBAN_HOME: settings, caches, new projects. */
  readonly home: string
  readonly locale: 'ja' | 'en'
  /** Told of each page as soon as it is known, before it asks for anything where that can be. */
  readonly onPage: (page: Page) => void
}

/** A started app, whatever shows its window. */
export interface StartedDoor {
  /** The first window, with the app in it. */
  readonly page: Page
  /** The process below which the engine's is found. */
  readonly pid: number
  /** Takes the window's page away without ending what runs behind it, and brings it back where it was. */
  reopenWindow(): Promise<Page>
  /** Has the file that `act` makes the app save put at this path, as a person would choose it. */
  saveAs(path: string, act: () => Promise<void>): Promise<void>
  /** Ends the app as a person would. */
  close(): Promise<void>
}

/** One of the ways in which the app is used. */
export interface Door {
  readonly name: string
  start(settings: DoorSettings): Promise<StartedDoor>
}
