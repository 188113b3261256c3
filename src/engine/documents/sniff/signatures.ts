/** What a signature stands for. */
export type Signed =
  | { readonly kind: 'image' }
  | { readonly kind: 'zip' }
  | { readonly kind: 'gzip' }
  | { readonly kind: 'compound' }
  | { readonly kind: 'unsupported'; readonly type: string }
  | { readonly kind: 'legacy'; readonly type: string; readonly wanted: string }

interface Signature {
  /** Bytes at the offset, as characters of Latin-1. */
  readonly bytes: string
  readonly offset?: number
  readonly is: Signed
}

const unsupported = (type: string, bytes: string, offset = 0): Signature => ({
  bytes,
  offset,
  is: { kind: 'unsupported', type },
})
const legacy = (type: string, wanted: string, bytes: string): Signature => ({
  bytes,
  is: { kind: 'legacy', type, wanted },
})
const image = (bytes: string): Signature => ({ bytes, is: { kind: 'image' } })

const SIGNATURES: readonly Signature[] = [
  ...['PK\x03\x04', 'PK\x05\x06', 'PK\x07\x08'].map((bytes): Signature => ({ bytes, is: { kind: 'zip' } })),
  { bytes: '\x1f\x8b', is: { kind: 'gzip' } },
  { bytes: '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', is: { kind: 'compound' } },
  ...['\x89PNG\r\n\x1a\n', '\xff\xd8\xff', 'GIF87a', 'GIF89a', 'II*\0', 'MM\0*', 'II+\0', 'MM\0+'].map(image),

  unsupported('bzip2', '1AY&SY', 4),
  unsupported('xz', '\xfd7zXZ\0'),
  unsupported('Zstandard', '\x28\xb5\x2f\xfd'),
  unsupported('compress', '\x1f\x9d'),
  unsupported('7z', '7z\xbc\xaf\x27\x1c'),
  unsupported('RAR', 'Rar!\x1a\x07'),
  unsupported('tar', 'ustar', 257),
  ...['0', '1', '4', '5', '6', '7', 'd'].map((method) => unsupported('LZH', `-lh${method}-`, 2)),
  unsupported('CAB', 'MSCF\0'),
  unsupported('ISO 9660', 'CD001', 32_769),

  unsupported('ELF', '\x7fELF'),
  unsupported('Mach-O', '\xcf\xfa\xed\xfe'),
  unsupported('Mach-O', '\xce\xfa\xed\xfe'),
  unsupported('Java class', '\xca\xfe\xba\xbe'),
  unsupported('WebAssembly', '\0asm'),
  unsupported('Windows shortcut', 'L\0\0\0\x01\x14\x02\0'),

  unsupported('Ogg', 'OggS\0'),
  unsupported('FLAC', 'fLaC\0'),
  unsupported('Matroska, WebM', '\x1aE\xdf\xa3'),
  unsupported('MP3', 'ID3\x02'),
  unsupported('MP3', 'ID3\x03'),
  unsupported('MP3', 'ID3\x04'),
  unsupported('MP3', '\xff\xfb'),
  unsupported('MPEG', '\0\0\x01\xba'),
  unsupported('WMA, WMV', '\x30\x26\xb2\x75\x8e\x66\xcf\x11'),
  unsupported('MIDI', 'MThd\0'),

  unsupported('TrueType', '\0\x01\0\0\0'),
  unsupported('OpenType', 'OTTO\0'),
  unsupported('TrueType', 'ttcf\0'),
  unsupported('WOFF', 'wOFF'),
  unsupported('WOFF', 'wOF2'),

  unsupported('Photoshop', '8BPS\0'),
  unsupported('ICO', '\0\0\x01\0'),
  unsupported('JPEG 2000', '\0\0\0\x0cjP  '),
  unsupported('EMF', ' EMF', 40),
  unsupported('WMF', '\xd7\xcd\xc6\x9a'),
  unsupported('DjVu', 'AT&TFORM\0'),
  unsupported('PostScript', '%!PS-Adobe'),
  unsupported('PostScript', '\xc5\xd0\xd3\xc6'),

  unsupported('SQLite', 'SQLite format 3\0'),
  unsupported('Access', '\0\x01\0\0Standard '),
  unsupported('Parquet', 'PAR1\x15'),
  unsupported('Outlook PST', '!BDN'),
  unsupported('TNEF', '\x78\x9f\x3e\x22'),
  unsupported('OneNote', '\xe4\x52\x5c\x7b\x8c\xd8\xa7\x4d'),
  unsupported('CHM', 'ITSF\x03'),
  unsupported('WordPerfect', '\xffWPC'),
  unsupported('HWP', 'HWP Document File'),
  legacy('Lotus 1-2-3', 'XLSX', '\0\0\x1a\0'),
  legacy('Excel 2', 'XLSX', '\x09\0\x04\0'),
  legacy('Excel 3', 'XLSX', '\x09\x02\x06\0'),
  legacy('Excel 4', 'XLSX', '\x09\x04\x06\0'),
  legacy('Excel 5', 'XLSX', '\x09\x08\x08\0\0\x05'),
  legacy('Word 2', 'DOCX', '\xdb\xa5\x2d\0'),
]

/** Bytes that are looked at for signatures that consist of letters alone; text has no zero among them. */
const PROLOGUE_BYTES = 512
/** Lengths of the header behind that of a bitmap file (BITMAPCOREHEADER to BITMAPV5HEADER). */
const BITMAP_HEADERS = [12, 16, 40, 52, 56, 64, 108, 124]

/** What the bytes are by their signature. Null where they have none that is known, as texts have none. */
export function signedFormat(bytes: Uint8Array): Signed | null {
  const known = SIGNATURES.find(({ bytes: signature, offset = 0 }) => startsWith(bytes, signature, offset))
  return known?.is ?? (isBitmap(bytes) ? { kind: 'image' } : null) ?? riffFormat(bytes) ?? binaryFormat(bytes)
}

/** Whether Latin-1 characters stand at an offset. */
export function startsWith(bytes: Uint8Array, signature: string, offset = 0): boolean {
  if (bytes.length < offset + signature.length) return false
  for (let index = 0; index < signature.length; index++) {
    if (bytes[offset + index] !== signature.charCodeAt(index)) return false
  }
  return true
}

function isBitmap(bytes: Uint8Array): boolean {
  if (!startsWith(bytes, 'BM') || bytes.length < 18) return false
  return BITMAP_HEADERS.includes(new DataView(bytes.buffer, bytes.byteOffset).getUint32(14, true))
}

function riffFormat(bytes: Uint8Array): Signed | null {
  if (!startsWith(bytes, 'RIFF')) return null
  if (startsWith(bytes, 'WEBP', 8)) return { kind: 'image' }
  if (startsWith(bytes, 'WAVE', 8)) return { kind: 'unsupported', type: 'WAV' }
  return startsWith(bytes, 'AVI ', 8) ? { kind: 'unsupported', type: 'AVI' } : null
}

/** Signatures that a text could begin with, too. */
function binaryFormat(bytes: Uint8Array): Signed | null {
  if (!bytes.subarray(0, PROLOGUE_BYTES).includes(0)) return null
  if (startsWith(bytes, 'MZ')) return { kind: 'unsupported', type: 'EXE, DLL' }
  if (startsWith(bytes, 'AC10')) return { kind: 'unsupported', type: 'DWG' }
  if (!startsWith(bytes, 'ftyp', 4)) return null
  const isPicture = ['heic', 'heix', 'mif1', 'msf1', 'avif'].some((brand) => startsWith(bytes, brand, 8))
  return { kind: 'unsupported', type: isPicture ? 'HEIC, AVIF' : 'MP4, MOV' }
}
