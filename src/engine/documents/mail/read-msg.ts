import { createRequire } from 'node:module'

import type * as MsgReaderModule from '@kenjiuno/msgreader'
import { z } from 'zod'

import { AppError } from '../../../shared/errors.ts'
import { viewOf } from '../byte-view.ts'
import { openCompoundFile } from '../compound/compound-file.ts'
import type { EmbeddedFile, Extracted, FormatReader, ReaderInput } from '../format-reader.ts'
import { tooManyEntries } from '../limit-errors.ts'
import { htmlText } from '../plain/html-text.ts'
import { decodeText } from '../plain/text-encoding.ts'
import { codePageLabel } from '../rtf/code-page.ts'
import { readRtf } from '../rtf/read-rtf.ts'
import { damaged } from '../zip/damaged.ts'
import { decompressedRtf } from './compressed-rtf.ts'
import { type MailEntity, readEntity } from './mail-entity.ts'
import { mailText } from './mail-text.ts'
import { withoutNamedProperties } from './named-properties.ts'
import { isRightsManagedFile, signedEntity } from './protection.ts'

// A CommonJS module that compiled itself: as an ES module its default is the whole of it, or not, by who imports it.
const { default: MsgReader } = createRequire(import.meta.url)('@kenjiuno/msgreader') as typeof MsgReaderModule

const TYPE = 'MSG'
const PROPERTIES = '__properties_version1.0'
const JAPANESE = 932
/** Of messages that are one attachment, signed or encrypted (\[MS-OXOSMIME] §2.1). */
const SIGNED_CLASS = /^IPM\.Note\.SMIME(?:\.MultipartSigned)?$/i
/** First byte of a signature around a mail; a mail begins with the name of a header field. */
const CMS_START = 0x30

// The parser gives a property whatever type the file says that it has; one of another type is none.
const text = z.string().optional().catch(undefined)
const number = z.number().optional().catch(undefined)
const binary = z.instanceof(Uint8Array).optional().catch(undefined)

const recipientSchema = z.object({ recipType: text, name: text, smtpAddress: text, email: text })

const attachmentSchema = z.object({
  fileName: text,
  fileNameShort: text,
  name: text,
  attachMimeTag: text,
  pidContentId: text,
  attachmentHidden: z.boolean().optional().catch(undefined),
  innerMsgContent: z.literal(true).optional().catch(undefined),
})
type MsgAttachment = z.infer<typeof attachmentSchema>

const messageSchema = z.object({
  messageClass: text,
  messageCodepage: number,
  internetCodepage: number,
  headers: text,
  subject: text,
  senderName: text,
  senderEmail: text,
  senderSmtpAddress: text,
  sentRepresentingSmtpAddress: text,
  clientSubmitTime: text,
  messageDeliveryTime: text,
  body: text,
  bodyHtml: text,
  html: binary,
  compressedRtf: binary,
  recipients: z.array(recipientSchema),
  attachments: z.array(attachmentSchema),
})
type MsgMessage = z.infer<typeof messageSchema>

interface ParsedMessage {
  readonly reader: MsgReaderModule.default
  readonly message: MsgMessage
}

/**
 * Reads a message that Outlook saved (\[MS-OXMSG]), in the shape of `readEml`: header fields, then the plain body,
 * else HTML, else RTF. Attachments and attached messages are embedded files.
 *
 * @throws AppError documents/damaged, documents/encrypted, documents/rights-managed, documents/too-deep,
 *   documents/too-many-entries, and as readEntity
 */
export const readMsg: FormatReader = async (input) => {
  const { name, limits } = input
  // The parser of messages takes the file system inside for sound.
  if (!openCompoundFile(input, TYPE).streams.has(PROPERTIES)) throw damaged({ input, type: TYPE }, PROPERTIES)
  const { reader, message } = parsed(input)
  const { attachments, messageClass = '' } = message
  if (isRightsManaged(message)) throw new AppError('documents/rights-managed', { name })
  if (/^IPM\.Note\.Secure$/i.test(messageClass))
    throw new AppError('documents/encrypted', { name, type: TYPE })
  if (attachments.length > limits.entries) throw tooManyEntries(input)
  if (SIGNED_CLASS.test(messageClass) && attachments.length === 1) {
    const { text, steps, embedded } = await signedMail(attachmentBytes(reader, 0, input), input)
    return { text: mailText(fieldsOf(message), text), steps, embedded }
  }
  const { text, steps = [] } = await body(message, input)
  return {
    text: mailText(fieldsOf(message), text ?? ''),
    steps,
    embedded: attachments.flatMap((attachment, index) =>
      isFile(attachment) ? embeddedFile(attachment, () => attachmentBytes(reader, index, input)) : [],
    ),
  }
}

/** Parses a message twice if its text is neither Unicode nor Japanese: only it tells its code page. */
function parsed(input: ReaderInput): ParsedMessage {
  const bytes = withoutNamedProperties(input.bytes)
  try {
    const inJapanese = parsedAs(bytes, JAPANESE)
    const codePage = inJapanese.message.messageCodepage ?? JAPANESE
    return codePage === JAPANESE ? inJapanese : parsedAs(bytes, codePage)
  } catch (error) {
    if (!(error instanceof Error)) throw error
    throw damaged({ input, type: TYPE }, error.message, error)
  }
}

function parsedAs(bytes: Uint8Array, codePage: number): ParsedMessage {
  const reader = new MsgReader(viewOf(bytes))
  reader.parserConfig = { ansiEncoding: codePageLabel(codePage) }
  return { reader, message: messageSchema.parse(reader.getFileData()) }
}

function fieldsOf(message: MsgMessage): Parameters<typeof mailText>[0] {
  const recipients = (type: 'to' | 'cc'): string =>
    message.recipients
      .filter(({ recipType }) => recipType === type)
      .map(({ name, smtpAddress, email }) => mailbox(name, smtpAddress ?? email))
      .join(', ')
  const { senderSmtpAddress, sentRepresentingSmtpAddress, senderEmail } = message
  return {
    Subject: message.subject ?? '',
    From: mailbox(message.senderName, senderSmtpAddress ?? sentRepresentingSmtpAddress ?? senderEmail),
    To: recipients('to'),
    Cc: recipients('cc'),
    Date: dateOf(message),
  }
}

/** Name and address as in a header field; addresses within Exchange are none to a reader. */
function mailbox(name = '', address = ''): string {
  if (!address.includes('@') || address === name) return name
  return name === '' ? address : `${name} <${address}>`
}

/** As the mail was sent with it, else as Outlook notes it. */
function dateOf({ headers = '', clientSubmitTime, messageDeliveryTime }: MsgMessage): string {
  return /^date:[ \t]*(.+)$/im.exec(headers)?.[1]?.trim() ?? clientSubmitTime ?? messageDeliveryTime ?? ''
}

async function body(message: MsgMessage, input: ReaderInput): Promise<Pick<Extracted, 'text' | 'steps'>> {
  const { body: plain, bodyHtml, html, compressedRtf } = message
  if (plain !== undefined && plain.trim() !== '') return { text: plain }
  if (html !== undefined) {
    const label = codePageLabel(message.internetCodepage ?? JAPANESE)
    return htmlText(decodeText(html, label)?.text ?? '', input)
  }
  if (bodyHtml !== undefined) return htmlText(bodyHtml, input)
  if (compressedRtf === undefined) return { text: '' }
  const bytes = decompressedRtf(compressedRtf, (count) => input.budget.take(count, input.name))
  if (bytes === null) throw damaged({ input, type: TYPE }, 'RTF')
  return await readRtf({ ...input, bytes })
}

/** Pictures within the text are hidden among the attachments. */
function isFile({ attachmentHidden, pidContentId, fileName, attachMimeTag }: MsgAttachment): boolean {
  const isPicture = attachMimeTag?.startsWith('image/') ?? /\.(?:bmp|gif|jpe?g|png)$/i.test(fileName ?? '')
  return !isPicture || (attachmentHidden !== true && (pidContentId ?? '') === '')
}

function embeddedFile(
  { innerMsgContent, fileName, fileNameShort, name }: MsgAttachment,
  read: () => Uint8Array,
): EmbeddedFile {
  const shown = [fileName, name, fileNameShort].find(
    (candidate) => candidate !== undefined && candidate !== '',
  )
  return { name: innerMsgContent === true ? `${shown ?? 'message'}.msg` : (shown ?? 'attachment'), read }
}

function attachmentBytes(reader: MsgReaderModule.default, index: number, input: ReaderInput): Uint8Array {
  try {
    return reader.getAttachment(index).content
  } catch (error) {
    if (!(error instanceof Error)) throw error
    throw damaged({ input, type: TYPE }, error.message, error)
  }
}

function isRightsManaged({ messageClass = '', attachments }: MsgMessage): boolean {
  return (
    /^IPM\.Note\.rpmsg/i.test(messageClass) ||
    attachments.some(({ fileName, attachMimeTag }) => isRightsManagedFile(fileName, attachMimeTag))
  )
}

/** The mail as it was sent, in an attachment (\[MS-OXOSMIME] §2.1): signed apart, or within the signature. */
async function signedMail(content: Uint8Array, input: ReaderInput): Promise<MailEntity> {
  const bytes = content[0] === CMS_START ? signedEntity(content, { input, type: TYPE }) : content
  return await readEntity({ ...input, bytes })
}
