import { BYTE_CHARACTERS } from './byte-alphabet.ts'
import { type TokenizerJson, vocabularyEntries } from './tokenizer-json.ts'

const BYTE_ALPHABET = new Set(BYTE_CHARACTERS)
const BYTE_TOKEN = /^<0x[0-9A-F]{2}>$/

/**
 * UTF-8 bytes of text that each id stands for. Byte-level vocabularies spell one byte a character; others spell
 * text, with ▁ for a space and `<0x41>` for a single byte.
 */
export function tokenByteLengths(json: TokenizerJson, vocabSize: number): Int32Array {
  const lengths = new Int32Array(vocabSize)
  const isByteLevel = mentions(json.pre_tokenizer, 'ByteLevel') || mentions(json.decoder, 'ByteLevel')
  const isByteFallback = 'byte_fallback' in json.model && json.model.byte_fallback === true
  for (const [token, id] of vocabularyEntries(json)) {
    if (isByteLevel && Array.from(token).every((character) => BYTE_ALPHABET.has(character))) {
      lengths[id] = token.length
    } else if (isByteFallback && BYTE_TOKEN.test(token)) {
      lengths[id] = 1
    } else {
      lengths[id] = Buffer.byteLength(isByteLevel ? token : token.replaceAll('▁', ' '))
    }
  }
  // An added token stands for its own characters, whatever the vocabulary is written in.
  for (const { id, content } of json.added_tokens) lengths[id] = Buffer.byteLength(content)
  return lengths
}

/** Whether a step of the tokenizer, or one nested in a Sequence, is of the type. */
function mentions(step: unknown, type: string): boolean {
  if (Array.isArray(step)) return step.some((item) => mentions(item, type))
  if (step === null || typeof step !== 'object') return false
  return ('type' in step && step.type === type) || Object.values(step).some((item) => mentions(item, type))
}
