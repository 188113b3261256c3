const MIN_FOREIGN_CHARACTERS = 8
/** Lines looked at, evenly over the text, and characters of each. */
const SAMPLED_LINES = 500
const SAMPLED_CHARACTERS = 2000
/** Kana are a third to a half of Japanese text, so that what each of them leaves is met more often than this. */
const MIN_TELLTALE_SHARE = 0.05
/** Hiragana that a garbled Japanese line shows once it is decoded as it was written, of its characters beyond ASCII. */
const MIN_HIRAGANA_SHARE = 0.2
/** Of Shift_JIS read as UTF-8 most bytes are lost; of a text with a few unreadable characters, few. */
const MIN_LOST_SHARE = 0.5
/** Bytes are lost in garbling; more than that means that the line was never written so. */
const MAX_LOST_SHARE = 0.1

const WINDOWS_1252_BYTES = new Map(
  Array.from(new TextDecoder('windows-1252').decode(Uint8Array.from({ length: 256 }, (_, byte) => byte))).map(
    (character, byte) => [character, byte] as const,
  ),
)

/**
 * The share of lines, among those with enough characters beyond ASCII, that were garbled before they were saved,
 * 0 to 1:
 * - UTF-8 read as Windows-1252 (çµŒè²») or as Shift_JIS (邨瑚ｲｻ縺ｯ);
 * - EUC-JP read as Shift_JIS (､ﾎﾊｸｽ) or as Windows-1252 (¤ÎÊ¸½);
 * - Shift_JIS read as Windows-1252 (‚Ì•¶) or as UTF-8 (��̕�).
 *
 * @param text as it was read: normalisation takes away control characters that are part of garbled text
 */
export function mojibakeShare(text: string): number {
  const lines = text.split('\n')
  const stride = Math.ceil(lines.length / SAMPLED_LINES)
  let garbled = 0
  let looked = 0
  for (let index = 0; index < lines.length; index += stride) {
    const line = lines[index]!.slice(0, SAMPLED_CHARACTERS)
    const foreign = line.replaceAll(/\p{ASCII}/gu, '')
    if (foreign.length < MIN_FOREIGN_CHARACTERS) continue
    looked++
    if (isGarbled(line, foreign)) garbled++
  }
  return looked === 0 ? 0 : garbled / looked
}

function isGarbled(line: string, foreign: string): boolean {
  if (share(foreign, /\ufffd/g) >= MIN_LOST_SHARE) return true
  // The first two bytes of every kana in UTF-8, E3 81 to E3 83, are 縺, 繧 or 繝 in Shift_JIS.
  if (share(foreign, /[縺繧繝]/g) >= MIN_TELLTALE_SHARE) return true
  // The first byte of every hiragana in EUC-JP, A4, is ､ in Shift_JIS, and hiragana come in rows.
  if (share(foreign, /､[｡-ﾟ](?=､)/g) >= MIN_TELLTALE_SHARE) return true
  const bytes = windows1252Bytes(line)
  if (bytes === null) return false
  return isUtf8(bytes) || isJapanese(bytes, 'shift_jis') || isJapanese(bytes, 'euc-jp')
}

/** A text written back as Windows-1252; null where it cannot be. */
function windows1252Bytes(text: string): Uint8Array | null {
  const bytes = Array.from(text, (character) => WINDOWS_1252_BYTES.get(character))
  return bytes.includes(undefined) ? null : Uint8Array.from(bytes as number[])
}

const share = (text: string, pattern: RegExp): number => (text.match(pattern)?.length ?? 0) / text.length

/** Such text, written back as Windows-1252, is valid UTF-8 again, which real text all but never is. The end may be cut. */
function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true })
    return true
  } catch {
    return false
  }
}

/** Whether bytes decode to Japanese prose, of which hiragana are always a good part. */
function isJapanese(bytes: Uint8Array, encoding: 'shift_jis' | 'euc-jp'): boolean {
  const foreign = new TextDecoder(encoding).decode(bytes).replaceAll(/\p{ASCII}/gu, '')
  return share(foreign, /\ufffd/g) <= MAX_LOST_SHARE && share(foreign, /[ぁ-ん]/g) >= MIN_HIRAGANA_SHARE
}
