const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** A text as XML has it between tags and in double-quoted attributes. */
export const escapeXml = (value: string): string => value.replace(/[&<>"]/g, (each) => ENTITIES[each] ?? each)
