import { app, nativeTheme } from 'electron'

import type { AppSettings } from '../shared/contract/settings.ts'
import { showMenu } from './menu.ts'
import { preferredLocale, type Wording, wordingIn } from './words.ts'

export type Preferences = Pick<AppSettings, 'theme' | 'locale'>

/** Keeps the menu's language and the theme of windows and dialogs as the settings say. */
export class PreferenceKeeper {
  #preferences: Preferences

  constructor({ theme, locale }: Preferences) {
    this.#preferences = { theme, locale }
    this.#apply()
  }

  get current(): Preferences {
    return this.#preferences
  }

  get wording(): Wording {
    return wordingIn(this.#preferences.locale ?? preferredLocale(app.getPreferredSystemLanguages()))
  }

  change({ theme, locale }: Preferences): void {
    if (theme === this.#preferences.theme && locale === this.#preferences.locale) return
    this.#preferences = { theme, locale }
    this.#apply()
  }

  #apply(): void {
    nativeTheme.themeSource = this.#preferences.theme
    showMenu(this.wording)
  }
}
