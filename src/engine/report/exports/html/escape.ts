import { withVisibleDirection } from '../../direction-marks.ts'

/**
 * Text as HTML that shows it and does nothing else, inside elements and quoted attributes. Characters that no document
 * may contain become U+FFFD; characters that would show the text in another order than it has are written out.
 */
export const escapeHtml = (text: string): string =>
  withVisibleDirection(text)
    .toWellFormed()
    // eslint-disable-next-line no-control-regex -- exactly the characters that HTML and XML do not allow
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufdd0-\ufdef\ufffe\uffff]/g, '\ufffd')
    .replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)

/** Attributes of an element; what is undefined is left out. */
export type Attributes = Readonly<Record<string, string | number | undefined>>

/**
 * An element.
 *
 * @param content HTML, already escaped; null for an element that has none
 */
export function element(name: string, attributes: Attributes, content: string | null): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${escapeHtml(String(value))}"`)
    .join('')
  return content === null ? `<${name}${written}>` : `<${name}${written}>${content}</${name}>`
}
