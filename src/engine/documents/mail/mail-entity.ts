import PostalMime, { type Attachment, type Email, type Header } from 'postal-mime'

import { type ReadStep, TEXT_ENCODINGS, type TextEncoding } from '../../../shared/documents.ts'
import { AppError } from '../../../shared/errors.ts'
import type { EmbeddedFile, ReaderInput } from '../format-reader.ts'
import { htmlText } from '../plain/html-text.ts'
import { damaged, type PartContext } from '../zip/damaged.ts'
import { isRightsManaged, refuseEncrypted, SMIME_TYPE, signedEntity } from './protection.ts'
import { sealedParts } from './sealed-parts.ts'
import { withUtf8Header } from './utf8-header.ts'

const TYPE = 'EML'
/** Bytes in which the first text part is looked for. */
const HEAD_BYTES = 2 * 2 ** 20
const SIGNATURES = new Set([
  'application/pgp-signature',
  'application/pkcs7-signature',
  'application/x-pkcs7-signature',
])
/** Names of parts that have none; the rest is told by the content. */
const UNNAMED: Readonly<Record<string, string>> = {
  'message/rfc822': 'message.eml',
  'text/csv': 'attachment.csv',
  'text/html': 'attachment.html',
  'text/plain': 'attachment.txt',
}

/** A mail, or what was signed of one: header fields and content (RFC 2045 §2.4). */
export interface MailEntity {
  readonly headers: readonly Header[]
  readonly text: string
  readonly steps: readonly ReadStep[]
  /** Of the text, as the mail declares it; null for one without a name here. */
  readonly encoding: TextEncoding | null
  readonly embedded: readonly EmbeddedFile[]
}

/**
 * Reads header fields, text and attachments. Of a mail that is a signature around its content (S/MIME, RFC 8551
 * §3.5.2), the text and attachments are those of the content.
 *
 * @throws AppError documents/damaged, documents/encrypted, documents/rights-managed, documents/too-deep,
 *   documents/too-many-entries, documents/too-nested, documents/unsupported-type
 */
export async function readEntity(input: ReaderInput, depth = 0): Promise<MailEntity> {
  const { name, limits } = input
  if (depth > limits.nesting) throw new AppError('documents/too-nested', { name, limit: limits.nesting })
  const context = { input, type: TYPE }
  const bytes = sealedParts({ ...context, input: { ...input, bytes: withUtf8Header(input.bytes) } })
  const { headers, attachments, ...mail } = await parsed(bytes, context)
  if (isRightsManaged(headers, attachments)) throw new AppError('documents/rights-managed', { name })
  const type = headers.find(({ key }) => key === 'content-type')?.value ?? ''
  refuseEncrypted(type, mail.text ?? '', input)
  if (SMIME_TYPE.test(type)) {
    const [content] = attachments
    const signed = signedEntity(content === undefined ? new Uint8Array(0) : bytesOf(content), context)
    return { ...(await readEntity({ ...input, bytes: signed }, depth + 1)), headers }
  }
  return {
    headers,
    ...body(mail, input),
    encoding: encodingOf(bytes),
    embedded: attachments.filter(isFile).map(embeddedFile),
  }
}

async function parsed(bytes: Uint8Array, context: PartContext): Promise<Email> {
  try {
    return await PostalMime.parse(bytes, {
      forceRfc822Attachments: true,
      // Depth and header are within their limits by now; the parser counts the mail itself as a part, too.
      maxNestingDepth: context.input.limits.elementDepth + 1,
      maxHeadersSize: 2 * bytes.length,
    })
  } catch (error) {
    if (!(error instanceof Error)) throw error
    throw damaged(context, error.message, error)
  }
}

function body(
  { text, html }: Pick<Email, 'text' | 'html'>,
  input: ReaderInput,
): { readonly text: string; readonly steps: readonly ReadStep[] } {
  if (text === undefined && html !== undefined) return htmlText(html, input)
  return { text: (text ?? '').replaceAll('\r\n', '\n'), steps: [] }
}

/** Whether a part is a file to a reader: no picture within the text, no signature. */
function isFile({ mimeType, related, disposition }: Attachment): boolean {
  const isWithinText = mimeType.startsWith('image/') && (related === true || disposition === 'inline')
  return !isWithinText && !SIGNATURES.has(mimeType)
}

function embeddedFile(attachment: Attachment): EmbeddedFile {
  const { filename, mimeType } = attachment
  const named = filename === null || filename.trim() === '' ? (UNNAMED[mimeType] ?? 'attachment') : filename
  const isMail = mimeType === 'message/rfc822' && !/\.eml$/i.test(named)
  return {
    name: isMail ? `${named}.eml` : named,
    read: () => bytesOf(attachment),
  }
}

function bytesOf({ content }: Attachment): Uint8Array {
  return typeof content === 'string' ? Buffer.from(content) : new Uint8Array(content)
}

/** The encoding that the first text part declares; null for one without a name here. */
function encodingOf(bytes: Uint8Array): TextEncoding | null {
  const head = Buffer.from(bytes.subarray(0, HEAD_BYTES)).toString('latin1')
  const declared =
    /^content-type\s*:\s*text\/[^;\r\n]*;(?:[^\r\n]|\r?\n[ \t])*?charset\s*=\s*"?([\w-]+)/im.exec(head)
  try {
    const label = new TextDecoder(declared?.[1] ?? 'utf-8').encoding
    return TEXT_ENCODINGS.find((encoding) => encoding === label) ?? null
  } catch {
    return null
  }
}
