const LONGEST_NAME_BYTES = 255
const FORBIDDEN = /[<>:"/\\|?*\p{Cc}]/u
const RESERVED = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$) *(\..*)?$/i

/** Whether a name is too long for one file or folder on some system. */
export const isTooLongName = (name: string): boolean => Buffer.byteLength(name) > LONGEST_NAME_BYTES

/**
 * Whether a name can be that of one file or folder on Windows as well as elsewhere: no separators and other forbidden
 * characters, no device names, no dot or space at its end, at most 255 bytes of UTF-8.
 */
export function isPortableName(name: string): boolean {
  if (name === '' || isTooLongName(name) || !name.isWellFormed()) return false
  return !FORBIDDEN.test(name) && !RESERVED.test(name) && !/[. ]$/.test(name)
}
