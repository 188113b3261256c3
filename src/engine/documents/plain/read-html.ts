import type { FormatReader } from '../format-reader.ts'
import { decodeDocument } from './decode-document.ts'
import { htmlText } from './html-text.ts'

/** Bytes in which a page declares its encoding (HTML standard, "prescan a byte stream"). */
const PRESCANNED_BYTES = 1024

/** Reads a page as `htmlText` does. @throws AppError documents/too-deep, and as decodeDocument */
export const readHtml: FormatReader = (input) => {
  const { text, encoding } = decodeDocument(input, declaredHtmlEncoding(input.bytes))
  return { ...htmlText(text, input), encoding }
}

/** The encoding that a page declares, in a `meta` element or, as XHTML, in its XML declaration. */
export function declaredHtmlEncoding(bytes: Uint8Array): string | undefined {
  const head = new TextDecoder('windows-1252').decode(bytes.subarray(0, PRESCANNED_BYTES))
  const declared =
    /<meta[^>]*\bcharset\s*=\s*["']?\s*([\w-]+)/i.exec(head) ??
    /^\s*<\?xml[^>]*\bencoding\s*=\s*["']\s*([\w-]+)/.exec(head)
  return declared?.[1]
}
