import { decodeWords } from 'postal-mime'

import type { Extracted, FormatReader, ReaderInput } from '../format-reader.ts'
import { readEntity } from './mail-entity.ts'
import { mailText, SHOWN_FIELDS, type ShownField } from './mail-text.ts'
import { mailsOf } from './mailbox.ts'

/**
 * Reads a mail (RFC 5322, RFC 2045): the header fields that mail programs show, then the body, plain if the mail has
 * it so, else its HTML. Attachments and forwarded mails are embedded files; pictures within the text and signatures
 * are left out. A mailbox of several mails (RFC 4155) is a container.
 *
 * @throws AppError documents/…, as readEntity
 */
export const readEml: FormatReader = async (input) => {
  const mails = mailsOf(input.bytes)
  if (mails === null) return await readMail(input)
  if (mails.length > 1) return { text: null, embedded: mails }
  return await readMail({ ...input, bytes: mails[0]!.read() })
}

async function readMail(input: ReaderInput): Promise<Extracted> {
  const { headers, text, steps, encoding, embedded } = await readEntity(input)
  const fields: Partial<Record<ShownField, string>> = {}
  for (const name of SHOWN_FIELDS) {
    const values = headers
      .filter(({ key }) => key === name.toLowerCase())
      .map(({ value }) => decodeWords(value))
    if (values.length > 0) fields[name] = values.join(', ')
  }
  return { text: mailText(fields, text), steps, ...(encoding === null ? {} : { encoding }), embedded }
}
