import { access } from 'node:fs/promises'
import { join } from 'node:path'

import { Tokenizer as HuggingFaceTokenizer } from '@huggingface/tokenizers'

import { AppError } from '../../shared/errors.ts'
import { readText, sha256 } from '../kernel/files.ts'
import type { RunContext } from '../kernel/run-context.ts'
import { tokenByteLengths } from './byte-lengths.ts'
import {
  parseTokenizerFile,
  type TokenizerConfig,
  tokenizerConfigSchema,
  tokenizerFingerprint,
  type TokenizerJson,
  tokenizerJsonSchema,
  vocabularyEntries,
} from './tokenizer-json.ts'

/** A tokenizer.json ready to use. */
export interface Tokenizer {
  /** The file it came from. */
  readonly path: string
  /** SHA-256 of tokenizer.json. */
  readonly sha256: string
  /** SHA-256 of what decides the ids; see `tokenizersAgree`. */
  readonly fingerprint: string
  /** Largest id + 1, added tokens included. */
  readonly vocabSize: number
  /**
   * The id put before a document: what the tokenizer itself puts there, else its bos_token, else its eos_token (a
   * document boundary in training); null when it names none of these.
   */
  readonly startId: number | null
  /** The id of its eos_token, where it names one. */
  readonly endId: number | null
  /**
   * Ids of a text, without start or end tokens added. A special token spelt out in the text gets its own id, as in
   * every reader of tokenizer.json. @throws AppError tokens/unencodable
   */
  encode(text: string): Int32Array
  /** The text of the ids, special tokens spelt out; bytes that are not UTF-8 become U+FFFD. */
  decode(ids: ArrayLike<number>): string
  /** UTF-8 bytes that the ids stand for, exact also where an id is a part of a character. */
  byteLength(ids: ArrayLike<number>): number
}

/**
 * Reads tokenizer.json and, where there is one, tokenizer_config.json of a Hugging Face folder.
 * @throws AppError file/not-found, file/unreadable, tokens/invalid
 */
export async function loadTokenizer(folder: string, ctx: RunContext): Promise<Tokenizer> {
  ctx.signal.throwIfAborted()
  const path = join(folder, 'tokenizer.json')
  const configPath = join(folder, 'tokenizer_config.json')
  const text = await readText(path)
  const hasConfig = await access(configPath).then(
    () => true,
    () => false,
  )
  return createTokenizer(text, hasConfig ? await readText(configPath) : '{}', { path, configPath })
}

/**
 * A tokenizer from the text of its two files; the paths appear in errors only.
 * @throws AppError tokens/invalid
 */
export function createTokenizer(
  tokenizerText: string,
  configText = '{}',
  { path = 'tokenizer.json', configPath = 'tokenizer_config.json' } = {},
): Tokenizer {
  const json = parseTokenizerFile(tokenizerText, path, tokenizerJsonSchema)
  const config = parseTokenizerFile(configText, configPath, tokenizerConfigSchema)
  let engine: HuggingFaceTokenizer
  try {
    engine = new HuggingFaceTokenizer(json, config)
  } catch (error) {
    throw new AppError(
      'tokens/invalid',
      { path, field: 'tokenizer.json', reason: String(error) },
      { cause: error },
    )
  }
  let vocabSize = 0
  for (const [, id] of vocabularyEntries(json)) vocabSize = Math.max(vocabSize, id + 1)
  const byteLengths = tokenByteLengths(json, vocabSize)

  return {
    path,
    sha256: sha256(tokenizerText),
    fingerprint: tokenizerFingerprint(json),
    vocabSize,
    startId: startIdOf(engine, config),
    endId: idOf(engine, config.eos_token),
    encode(text) {
      const ids: readonly (number | undefined)[] = engine.encode(text, { add_special_tokens: false }).ids
      return Int32Array.from(ids, (id) => {
        if (id === undefined) throw new AppError('tokens/unencodable', { path, excerpt: text.slice(0, 40) })
        return id
      })
    },
    decode(ids) {
      if (ids.length === 0) return ''
      return engine.decode(Array.from(ids), {
        skip_special_tokens: false,
        clean_up_tokenization_spaces: false,
      })
    },
    byteLength(ids) {
      let bytes = 0
      for (let i = 0; i < ids.length; i++) bytes += byteLengths[ids[i]!] ?? 0
      return bytes
    },
  }
}

/** Whether texts become the same ids with both, and are begun alike: what agreement metrics need. */
export function tokenizersAgree(a: Tokenizer, b: Tokenizer): boolean {
  return a.fingerprint === b.fingerprint && a.startId === b.startId
}

/**
 * Refuses a tokenizer whose ids go beyond the model's embedding table.
 * @throws AppError tokens/mismatch
 */
export function assertTokenizerFits({ path, vocabSize }: Tokenizer, modelVocabulary: number): void {
  if (vocabSize > modelVocabulary) {
    throw new AppError('tokens/mismatch', { path, largest: vocabSize - 1, modelVocabulary })
  }
}

/**
 * The tokenizer_config.json that goes with a tokenizer.json written by `trainByteLevelBpe`: its first special token
 * begins and ends texts, and decoding changes no spaces.
 */
export function tokenizerConfigJson(tokenizerText: string): string {
  const json: TokenizerJson = parseTokenizerFile(tokenizerText, 'tokenizer.json', tokenizerJsonSchema)
  const boundary = json.added_tokens.find(({ special }) => special)?.content
  return JSON.stringify(
    {
      tokenizer_class: 'PreTrainedTokenizerFast',
      clean_up_tokenization_spaces: false,
      ...(boundary === undefined ? {} : { bos_token: boundary, eos_token: boundary }),
    },
    null,
    2,
  )
}

function startIdOf(engine: HuggingFaceTokenizer, config: TokenizerConfig): number | null {
  const plain = engine.encode('a', { add_special_tokens: false }).ids
  const framed = engine.encode('a').ids
  const own = framed[0]
  if (own !== undefined && framed.length > plain.length && own !== plain[0]) return own
  return idOf(engine, config.bos_token) ?? idOf(engine, config.eos_token)
}

function idOf(engine: HuggingFaceTokenizer, token: string | null | undefined): number | null {
  return token === null || token === undefined ? null : (engine.token_to_id(token) ?? null)
}
