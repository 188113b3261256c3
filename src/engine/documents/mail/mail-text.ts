/** The header fields that mail programs show, in the order in which they do. */
export const SHOWN_FIELDS = ['Subject', 'From', 'To', 'Cc', 'Date'] as const
export type ShownField = (typeof SHOWN_FIELDS)[number]

/** A mail as it is read: the header fields that it has, a line each, an empty line, the body. */
export function mailText(fields: Readonly<Partial<Record<ShownField, string>>>, body: string): string {
  const lines = SHOWN_FIELDS.flatMap((name) => {
    const value = fields[name]?.replaceAll(/\s+/g, ' ').trim() ?? ''
    return value === '' ? [] : `${name}: ${value}`
  })
  return [...lines, '', body.trimEnd()].join('\n')
}
