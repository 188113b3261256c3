/** The languages of the product; Japanese is the default. */
export const LOCALES = ['ja', 'en'] as const
export type Locale = (typeof LOCALES)[number]

/** One message in every language at once; `{name}` marks a parameter. */
export type Message = { readonly [L in Locale]: string }

/** Declares messages by key, keeping the keys as literal types. Both languages are required by the type. */
export function defineMessages<const T extends Record<string, Message>>(messages: T): T {
  return messages
}

export type MessageParams = Readonly<Record<string, string | number>>

/** Fills `{name}` placeholders; an unknown placeholder is left as it stands, so that a gap is seen. */
export function formatMessage(message: Message, locale: Locale, params: MessageParams = {}): string {
  return message[locale].replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = params[name]
    return value === undefined ? whole : String(value)
  })
}
