import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { sha256 } from '../../../src/engine/kernel/files.ts'
import { quietContext } from '../../../src/engine/kernel/run-context.ts'
import {
  assertTokenizerFits,
  createTokenizer,
  loadTokenizer,
  tokenizerConfigJson,
  tokenizersAgree,
  trainByteLevelBpe,
} from '../../../src/engine/tokens/index.ts'

let folder: string
let trained: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'soroban-tokenizer-'))
  trained = await trainByteLevelBpe(
    ['経費精算書と経費規程', 'the report, the reporter'],
    { vocabSize: 265 },
    quietContext(),
  )
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** The trained tokenizer with a part replaced. */
function altered(change: (json: Record<string, unknown>) => void): string {
  const json = JSON.parse(trained) as Record<string, unknown>
  change(json)
  return JSON.stringify(json)
}

/** A sentencepiece-style tokenizer as Llama 2 and Mistral have it. */
const sentencePiece = JSON.stringify({
  added_tokens: [
    { id: 0, content: '<unk>', special: true },
    { id: 1, content: '<s>', special: true },
    { id: 2, content: '</s>', special: true },
  ],
  normalizer: {
    type: 'Sequence',
    normalizers: [
      { type: 'Prepend', prepend: '▁' },
      { type: 'Replace', pattern: { String: ' ' }, content: '▁' },
    ],
  },
  pre_tokenizer: null,
  post_processor: {
    type: 'TemplateProcessing',
    single: [{ SpecialToken: { id: '<s>', type_id: 0 } }, { Sequence: { id: 'A', type_id: 0 } }],
    pair: [],
    special_tokens: { '<s>': { id: '<s>', ids: [1], tokens: ['<s>'] } },
  },
  decoder: {
    type: 'Sequence',
    decoders: [
      { type: 'Replace', pattern: { String: '▁' }, content: ' ' },
      { type: 'ByteFallback' },
      { type: 'Fuse' },
      { type: 'Strip', content: ' ', start: 1, stop: 0 },
    ],
  },
  model: {
    type: 'BPE',
    unk_token: '<unk>',
    byte_fallback: true,
    fuse_unk: true,
    vocab: {
      '<unk>': 0,
      '<s>': 1,
      '</s>': 2,
      '<0xE7>': 3,
      '<0xB5>': 4,
      '<0x8C>': 5,
      '▁': 6,
      a: 7,
      b: 8,
      '▁a': 9,
    },
    merges: [['▁', 'a']],
  },
})

describe('loadTokenizer', () => {
  it('reads a folder, with or without tokenizer_config.json', async () => {
    await writeFile(join(folder, 'tokenizer.json'), trained)
    const plain = await loadTokenizer(folder, quietContext())
    expect(plain).toMatchObject({ vocabSize: 265, sha256: sha256(trained), startId: 0, endId: null })
    await writeFile(join(folder, 'tokenizer_config.json'), tokenizerConfigJson(trained))
    const configured = await loadTokenizer(folder, quietContext())
    expect(configured).toMatchObject({ startId: 0, endId: 0 })
    expect(configured.encode('経費 report')).toEqual(plain.encode('経費 report'))
    expect(tokenizersAgree(plain, configured)).toBe(true)
  })

  it('never tidies spaces while decoding', () => {
    const tokenizer = createTokenizer(trained, '{"clean_up_tokenization_spaces": true}')
    expect(tokenizer.decode(tokenizer.encode("a , b . do n't"))).toBe("a , b . do n't")
    expect(tokenizer.decode([])).toBe('')
  })

  it('names the file and the field that is wrong', async () => {
    const empty = await mkdtemp(join(folder, 'empty-'))
    await expect(loadTokenizer(empty, quietContext())).rejects.toMatchObject({
      code: 'file/not-found',
      params: { path: join(empty, 'tokenizer.json') },
    })
    await writeFile(join(empty, 'tokenizer.json'), '{"model": ')
    await expect(loadTokenizer(empty, quietContext())).rejects.toMatchObject({
      code: 'file/not-json',
      params: { path: join(empty, 'tokenizer.json'), line: 1, column: 11 },
    })
    const broken = [
      [altered((json) => delete json['model']), 'model'],
      [altered((json) => (json['model'] = { type: 'BPE', vocab: { a: -1 }, merges: [] })), 'model.vocab'],
      [altered((json) => (json['model'] = { type: 'BPE', vocab: { a: 0 } })), 'model.merges'],
      [altered((json) => (json['added_tokens'] = [{ id: 'x', content: 'x' }])), 'added_tokens.0.id'],
      [altered((json) => (json['decoder'] = { type: 'Unheard' })), 'tokenizer.json'],
    ] as const
    for (const [text, field] of broken) {
      expect(() => createTokenizer(text, '{}', { path: 'm/tokenizer.json' })).toThrow(
        expect.objectContaining({
          code: 'tokens/invalid',
          params: expect.objectContaining({ path: 'm/tokenizer.json', field }) as unknown,
        }) as Error,
      )
    }
    expect(() =>
      createTokenizer(trained, '{"bos_token": 5}', { configPath: 'm/tokenizer_config.json' }),
    ).toThrow(/bos_token in the tokenizer m\/tokenizer_config\.json/)
  })

  it('takes the start token from the tokenizer itself, else bos_token, else eos_token', () => {
    const bare = altered((json) => (json['post_processor'] = null))
    expect(createTokenizer(trained).startId).toBe(0)
    expect(createTokenizer(bare).startId).toBeNull()
    expect(
      createTokenizer(bare, '{"bos_token": null, "eos_token": {"content": "<|endoftext|>"}}'),
    ).toMatchObject({
      startId: 0,
      endId: 0,
    })
    expect(createTokenizer(sentencePiece, '{"bos_token": "</s>"}').startId).toBe(1)
    expect(createTokenizer(bare, '{"bos_token": "not there"}').startId).toBeNull()
  })

  it('counts the bytes behind sentencepiece tokens', () => {
    const tokenizer = createTokenizer(sentencePiece)
    const ids = tokenizer.encode('a b経')
    expect(Array.from(ids)).toEqual([9, 6, 8, 3, 4, 5])
    expect(tokenizer.decode(ids)).toBe('a b経')
    expect(tokenizer.byteLength(ids)).toBe(Buffer.byteLength(' a b経'))
  })

  it('knows a token called __proto__', () => {
    const text = altered((json) => {
      const model = json['model'] as { vocab: Record<string, number>; merges: string[] }
      const spelling = ['_ _', 'p r', 'pr o', 't o', 'pro to', '__ proto', '__proto __']
      for (const [index, merge] of spelling.entries()) {
        const value = 300 + index
        Object.defineProperty(model.vocab, merge.replace(' ', ''), { value, enumerable: true })
      }
      model.merges = spelling
      json['pre_tokenizer'] = { type: 'ByteLevel', add_prefix_space: false, use_regex: false }
    })
    const tokenizer = createTokenizer(text)
    expect(tokenizer.vocabSize).toBe(307)
    expect(Array.from(tokenizer.encode('__proto__'))).toEqual([306])
    expect(tokenizer.decode([306])).toBe('__proto__')
  })
})

describe('tokenizersAgree', () => {
  it('sees through spelling and sees every real difference', () => {
    const original = createTokenizer(trained)
    const respelt = altered((json) => {
      const model = json['model'] as {
        merges: (string | string[])[]
        dropout?: null
        ignore_merges?: boolean
      }
      model.merges = model.merges.map((merge) => (merge as string).split(' '))
      delete model.dropout
      delete model.ignore_merges
      json['decoder'] = { type: 'ByteLevel' }
      json['padding'] = { strategy: 'BatchLongest' }
    })
    expect(tokenizersAgree(original, createTokenizer(respelt))).toBe(true)
    const differences = [
      altered((json) => (json['normalizer'] = { type: 'NFC' })),
      altered((json) => (json['post_processor'] = null)),
      altered((json) => (json['model'] as { merges: string[] }).merges.reverse()),
      altered((json) => ((json['model'] as { vocab: Record<string, number> }).vocab['!'] = 9999)),
      altered(
        (json) => (json['pre_tokenizer'] = { type: 'ByteLevel', add_prefix_space: false, use_regex: true }),
      ),
    ]
    for (const text of differences) expect(tokenizersAgree(original, createTokenizer(text))).toBe(false)
  })
})

describe('assertTokenizerFits', () => {
  it('refuses ids beyond the model and allows a padded embedding table', () => {
    const tokenizer = createTokenizer(trained, '{}', { path: 'm/tokenizer.json' })
    expect(() => assertTokenizerFits(tokenizer, 265)).not.toThrow()
    expect(() => assertTokenizerFits(tokenizer, 320)).not.toThrow()
    expect(() => assertTokenizerFits(tokenizer, 264)).toThrow(
      expect.objectContaining({
        code: 'tokens/mismatch',
        params: { path: 'm/tokenizer.json', largest: 264, modelVocabulary: 264 },
      }) as Error,
    )
  })
})
