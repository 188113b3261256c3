const MIN_FOREIGN_CHARACTERS = 8
const SAMPLED_LINES = 500
/** Kana are a third to a half of Japanese text, and each one garbled this way gives one of three rare kanji. */
const MIN_TELLTALE_SHARE = 0.05

const WINDOWS_1252_BYTES = new Map(
  Array.from(new TextDecoder('windows-1252').decode(Uint8Array.from({ length: 256 }, (_, byte) => byte))).map(
    (character, byte) => [character, byte] as const,
  ),
)

/**
 * Whether a text was garbled before it was saved: UTF-8 read as Windows-1252 (çµŒè²») or as Shift_JIS (邨瑚ｲｻ縺ｯ).
 * True when most lines with characters beyond ASCII are like that.
 */
export function isMojibake(text: string): boolean {
  let garbled = 0
  let sound = 0
  for (const line of text.split('\n').slice(0, SAMPLED_LINES)) {
    const foreign = line.replaceAll(/\p{ASCII}/gu, '')
    if (foreign.length < MIN_FOREIGN_CHARACTERS) continue
    if (isUtf8ReadAsWindows1252(foreign) || isUtf8ReadAsShiftJis(foreign)) garbled++
    else sound++
  }
  return garbled > sound
}

/** Such text, written back as Windows-1252, is valid UTF-8 again, which real text all but never is. */
function isUtf8ReadAsWindows1252(text: string): boolean {
  const bytes = Array.from(text, (character) => WINDOWS_1252_BYTES.get(character))
  if (bytes.includes(undefined)) return false
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(bytes as number[]))
    return true
  } catch {
    return false
  }
}

/** The first two bytes of every kana in UTF-8, E3 81 to E3 83, are 縺, 繧 or 繝 in Shift_JIS. */
function isUtf8ReadAsShiftJis(text: string): boolean {
  return (text.match(/[縺繧繝]/g)?.length ?? 0) / text.length >= MIN_TELLTALE_SHARE
}
