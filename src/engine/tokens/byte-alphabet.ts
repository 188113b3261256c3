/**
 * GPT-2's printable stand-ins for the 256 bytes: printable Latin-1 bytes stand for themselves, the others for the
 * characters from U+0100 on. A tokenizer.json writes its vocabulary in them.
 */
export const BYTE_CHARACTERS: readonly string[] = (() => {
  const isPrintable = (byte: number): boolean =>
    (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || (byte >= 0xae && byte <= 0xff)
  let next = 0x100
  return Array.from({ length: 256 }, (_, byte) => String.fromCharCode(isPrintable(byte) ? byte : next++))
})()
