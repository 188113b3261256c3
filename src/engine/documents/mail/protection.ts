import type { Attachment, Header } from 'postal-mime'

import { AppError } from '../../../shared/errors.ts'
import type { ReaderInput } from '../format-reader.ts'
import { damaged, type PartContext } from '../zip/damaged.ts'
import { cmsContent, CmsStructureError } from './cms-content.ts'

const SMIME = 'S/MIME'
/** The type of a mail that is signed or encrypted as a whole (RFC 8551 §3.2). */
export const SMIME_TYPE = /^application\/(?:x-)?pkcs7-mime\b/i
const RIGHTS_MANAGED_TYPE = 'application/x-microsoft-rpmsg-message'

/** Whether a file that comes with a mail is the mail itself, encrypted by rights management ([MS-OXORMMS] §2.1.3). */
export function isRightsManagedFile(name: string | null | undefined, type: string | undefined): boolean {
  return type?.toLowerCase() === RIGHTS_MANAGED_TYPE || name?.toLowerCase() === 'message.rpmsg'
}

/** Whether rights management encrypted a mail: it holds but a hint and the encrypted mail. */
export function isRightsManaged(headers: readonly Header[], attachments: readonly Attachment[]): boolean {
  return (
    headers.some(({ key, value }) => key === 'content-class' && /^rpmsg\.message$/i.test(value)) ||
    attachments.some(({ filename, mimeType }) => isRightsManagedFile(filename, mimeType))
  )
}

/** Refuses a mail that says of itself that it is encrypted. @throws AppError documents/encrypted */
export function refuseEncrypted(contentType: string, text: string, { name }: ReaderInput): void {
  const isPgp =
    /^multipart\/encrypted\b/i.test(contentType) || text.trimStart().startsWith('-----BEGIN PGP MESSAGE-----')
  const isSmime =
    SMIME_TYPE.test(contentType) && /\bsmime-type\s*=\s*"?(?:auth)?enveloped-data/i.test(contentType)
  if (isPgp || isSmime) throw new AppError('documents/encrypted', { name, type: isPgp ? 'PGP' : SMIME })
}

/**
 * What was signed, out of the content of a mail of SMIME_TYPE.
 *
 * @throws AppError documents/damaged, documents/encrypted, documents/unsupported-type
 */
export function signedEntity(bytes: Uint8Array, context: PartContext): Uint8Array {
  const { name } = context.input
  try {
    const cms = cmsContent(bytes)
    if (cms.kind === 'signed') return cms.content
    if (cms.kind === 'encrypted') throw new AppError('documents/encrypted', { name, type: SMIME })
    throw new AppError('documents/unsupported-type', { name, type: SMIME })
  } catch (error) {
    if (!(error instanceof CmsStructureError)) throw error
    throw damaged(context, `${SMIME}: ${error.message}`, error)
  }
}
