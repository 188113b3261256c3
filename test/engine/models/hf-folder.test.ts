import {
  appendFile,
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  truncate,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { Progress } from '../../../src/shared/job.ts'
import {
  fromBfloat16Array,
  fromHalfArray,
  toBfloat16Array,
  toHalfArray,
} from '../../../src/engine/kernel/half.ts'
import { quietContext } from '../../../src/engine/kernel/run-context.ts'
import { openHfFolder, readAllWeights, writeHfFolder } from '../../../src/engine/models/index.ts'
import { writeSafetensors } from '../../../src/engine/models/safetensors-writer.ts'
import { failureOf } from '../../fixtures/app-error.ts'
import {
  RANDOM_CONFIGS,
  randomModel,
  tinyTokenizerJson,
  writeRandomModel,
} from '../../fixtures/random-models.ts'

let root: string
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'soroban-hf-'))
})
afterAll(() => rm(root, { recursive: true, force: true }))

const ctx = quietContext()
const random = randomModel(RANDOM_CONFIGS.qwen2)

async function fresh(name: string, options: Parameters<typeof writeRandomModel>[2] = {}): Promise<string> {
  const folder = join(root, name)
  await writeRandomModel(folder, random, options)
  return folder
}

async function editJson(path: string, change: Record<string, unknown>): Promise<void> {
  const json = JSON.parse(await readFile(path, 'utf8')) as object
  await writeFile(path, JSON.stringify({ ...json, ...change }))
}

/** Replaces model.safetensors by one with other tensors. */
async function rewrite(
  folder: string,
  change: (tensors: Map<string, { shape: readonly number[]; values: Float32Array }>) => void,
): Promise<void> {
  const model = await openHfFolder(folder, ctx)
  const weights = await readAllWeights(model)
  const tensors = new Map(
    [...weights].map(([name, values]) => [name, { shape: model.weights.shape(name), values }] as const),
  )
  change(tensors)
  const outgoing = [...tensors].map(([name, { shape, values }]) => ({ name, shape, values: () => values }))
  await writeSafetensors(join(folder, 'model.safetensors'), outgoing, 'F32')
}

describe('a written folder', () => {
  it.each(Object.entries(RANDOM_CONFIGS))('is read back the same: %s', async (name, config) => {
    const model = randomModel(config)
    await writeRandomModel(join(root, `same-${name}`), model)
    const opened = await openHfFolder(join(root, `same-${name}`), ctx)
    expect(opened.config).toEqual(config)
    expect(await readAllWeights(opened)).toEqual(model.weights)
    expect(opened.parameters).toBe(
      [...model.weights.values()].reduce((sum, values) => sum + values.length, 0),
    )
  })

  it.each([
    ['F16', (values: Float32Array) => fromHalfArray(toHalfArray(values))],
    ['BF16', (values: Float32Array) => fromBfloat16Array(toBfloat16Array(values))],
  ] as const)('keeps weights rounded to %s', async (dtype, rounded) => {
    const model = await openHfFolder(await fresh(`dtype-${dtype}`, { dtype }), ctx)
    expect(model.storedDtypes).toEqual([dtype])
    const expected = new Map([...random.weights].map(([name, values]) => [name, rounded(values)]))
    expect(await readAllWeights(model)).toEqual(expected)
  })

  it('is read back the same from shards', async () => {
    const folder = await fresh('sharded', { maxShardBytes: 60_000 })
    const names = (await readdir(folder)).filter((name) => name.includes('safetensors')).sort()
    expect(names).toEqual([
      'model-00001-of-00004.safetensors',
      'model-00002-of-00004.safetensors',
      'model-00003-of-00004.safetensors',
      'model-00004-of-00004.safetensors',
      'model.safetensors.index.json',
    ])
    const model = await openHfFolder(folder, ctx)
    expect(await readAllWeights(model)).toEqual(random.weights)
    expect(model.files.map(({ name }) => name)).toEqual([
      'config.json',
      'generation_config.json',
      'tokenizer.json',
      'model.safetensors.index.json',
      ...names.slice(0, 4),
    ])
  })

  it('holds the files that other programs want, and nothing else', async () => {
    const folder = await fresh('files', { card: '# Card\n' })
    expect((await readdir(folder)).sort()).toEqual([
      'README.md',
      'config.json',
      'generation_config.json',
      'model.safetensors',
      'tokenizer.json',
      'tokenizer_config.json',
    ])
    expect(await readFile(join(folder, 'README.md'), 'utf8')).toBe('# Card\n')
    expect(await readFile(join(folder, 'tokenizer.json'), 'utf8')).toBe(tinyTokenizerJson(61))
    expect(JSON.parse(await readFile(join(folder, 'tokenizer_config.json'), 'utf8'))).toEqual({
      tokenizer_class: 'PreTrainedTokenizerFast',
      model_max_length: 96,
      bos_token: '<s>',
      eos_token: '</s>',
      clean_up_tokenization_spaces: false,
    })
  })

  it('has a digest of its content alone', async () => {
    const first = await openHfFolder(await fresh('digest-1'), ctx)
    const second = await openHfFolder(await fresh('digest-2'), ctx)
    expect(second.sha256).toBe(first.sha256)
    await editJson(join(root, 'digest-2', 'config.json'), { rope_theta: 5 })
    expect((await openHfFolder(second.folder, ctx)).sha256).not.toBe(first.sha256)
  })

  it('appears whole or not at all, and never in place of another', async () => {
    const folder = join(root, 'refused')
    const tokenizerJson = tinyTokenizerJson(61)
    const write = (weights: Map<string, Float32Array>): Promise<unknown> =>
      failureOf(() => writeHfFolder(folder, { config: random.config, weights, dtype: 'F16', tokenizerJson }))
    const lacking = new Map(random.weights)
    lacking.delete('model.norm.weight')
    expect(await write(lacking)).toMatchObject({
      code: 'models/weights-missing',
      params: { tensors: 'model.norm.weight' },
    })
    const overflowing = new Map(random.weights).set('model.norm.weight', new Float32Array(48).fill(1e6))
    expect(await write(overflowing)).toMatchObject({
      code: 'models/weights-overflow',
      params: { tensor: 'model.norm.weight' },
    })
    expect((await readdir(root)).filter((name) => name.startsWith('refused'))).toEqual([])

    await mkdir(folder)
    await writeFile(join(folder, 'mine.txt'), 'keep')
    expect(await write(random.weights)).toEqual({ code: 'models/folder-not-empty', params: { folder } })
    await rm(join(folder, 'mine.txt'))
    await writeHfFolder(folder, { ...random, dtype: 'F32', tokenizerJson })
    expect((await openHfFolder(folder, ctx)).config).toEqual(random.config)
  })
})

describe('openHfFolder', () => {
  it('takes the ids that end a generation from generation_config.json', async () => {
    const folder = await fresh('eos')
    await editJson(join(folder, 'generation_config.json'), { eos_token_id: [1, 5] })
    expect((await openHfFolder(folder, ctx)).config.eosTokenIds).toEqual([1, 5])
    await rm(join(folder, 'generation_config.json'))
    expect((await openHfFolder(folder, ctx)).config.eosTokenIds).toEqual([1])
  })

  it('reports hashing in bytes and stops when told to', async () => {
    const events: Progress[] = []
    const folder = await fresh('progress')
    const { files } = await openHfFolder(folder, { ...ctx, report: (event) => events.push(event) })
    expect(events.map(({ kind, unit, done }) => ({ kind, unit, done }))).toEqual(
      files.map((_, index) => ({
        kind: 'load-model',
        unit: 'bytes',
        done: files.slice(0, index + 1).reduce((sum, { bytes }) => sum + bytes, 0),
      })),
    )
    expect(events.at(-1)?.fraction).toBe(1)
    await expect(openHfFolder(folder, quietContext(AbortSignal.abort()))).rejects.toMatchObject({
      name: 'AbortError',
    })
  })

  it('ignores what transformers ignores: old RoPE buffers, the second name of a tied table', async () => {
    const folder = await fresh('redundant')
    await rewrite(folder, (tensors) => {
      tensors.set('lm_head.weight', { shape: [61, 48], values: new Float32Array(61 * 48) })
      tensors.set('model.layers.0.self_attn.rotary_emb.inv_freq', { shape: [8], values: new Float32Array(8) })
    })
    expect(await readAllWeights(await openHfFolder(folder, ctx))).toEqual(random.weights)
  })

  it.each(['config.json', 'tokenizer.json', 'model.safetensors'])('names a missing %s', async (file) => {
    const folder = await fresh(`without-${file}`)
    await rm(join(folder, file))
    expect(await failureOf(() => openHfFolder(folder, ctx))).toEqual({
      code: 'models/file-missing',
      params: { folder, file },
    })
  })

  it('names a missing shard, a shard outside the folder and a tensor that its shard lacks', async () => {
    const folder = await fresh('shards', { maxShardBytes: 60_000 })
    const indexPath = join(folder, 'model.safetensors.index.json')
    const shard = 'model-00002-of-00004.safetensors'
    await rename(join(folder, shard), join(root, shard))
    expect(await failureOf(() => openHfFolder(folder, ctx))).toEqual({
      code: 'models/file-missing',
      params: { folder, file: shard },
    })
    await rename(join(root, shard), join(folder, shard))
    const index = JSON.parse(await readFile(indexPath, 'utf8')) as { weight_map: Record<string, string> }
    const map = (change: Record<string, string>): Promise<void> =>
      writeFile(indexPath, JSON.stringify({ weight_map: { ...index.weight_map, ...change } }))
    await map({ 'model.norm.weight': `../${shard}` })
    expect(await failureOf(() => openHfFolder(folder, ctx))).toMatchObject({
      code: 'models/file-missing',
      params: { file: `../${shard}` },
    })
    await map({ 'model.norm.weight': shard })
    expect(await failureOf(() => openHfFolder(folder, ctx))).toMatchObject({
      code: 'models/weights-missing',
      params: { folder: join(folder, shard), tensors: 'model.norm.weight' },
    })
    await writeFile(indexPath, '{"weight_map": 3}')
    expect(await failureOf(() => openHfFolder(folder, ctx))).toMatchObject({
      code: 'models/config-field',
      params: { file: indexPath, field: 'weight_map' },
    })
  })

  it('names a file that is not JSON', async () => {
    const folder = await fresh('not-json')
    await writeFile(join(folder, 'config.json'), '{"model_type":')
    expect(await failureOf(() => openHfFolder(folder, ctx))).toMatchObject({
      code: 'file/not-json',
      params: { path: join(folder, 'config.json'), line: 1, column: 15 },
    })
  })

  it('refuses a truncated and an overlong weight file', async () => {
    const folder = await fresh('truncated')
    const file = join(folder, 'model.safetensors')
    const whole = await readFile(file)
    await truncate(file, whole.length - 100)
    expect(await failureOf(() => openHfFolder(folder, ctx))).toMatchObject({
      code: 'models/weights-truncated',
      params: { file, tensor: 'model.norm.weight', needed: whole.length, actual: whole.length - 100 },
    })
    await writeFile(file, whole)
    await appendFile(file, 'more')
    expect(await failureOf(() => openHfFolder(folder, ctx))).toMatchObject({ code: 'models/weights-header' })
  })

  it('names missing, superfluous and misshapen tensors', async () => {
    const folder = await fresh('tensors')
    const norm = { shape: [48], values: new Float32Array(48) }
    const q = 'model.layers.1.self_attn.q_proj.weight'
    const cases = [
      {
        change: { num_hidden_layers: 3 },
        expected: { code: 'models/weights-missing', params: { count: 12 } },
      },
      { change: { num_hidden_layers: 1 }, expected: { code: 'models/weights-extra', params: { count: 12 } } },
      {
        change: { head_dim: 8, num_attention_heads: 8, num_key_value_heads: 2 },
        expected: {
          code: 'models/weights-shape',
          params: { tensor: 'model.layers.0.self_attn.k_proj.weight', actual: '32, 48', expected: '16, 48' },
        },
      },
    ]
    for (const { change, expected } of cases) {
      const copy = join(root, `tensors-${expected.code.replace('/', '-')}`)
      await cp(folder, copy, { recursive: true })
      await editJson(join(copy, 'config.json'), change)
      expect(await failureOf(() => openHfFolder(copy, ctx))).toMatchObject(expected)
    }
    await rewrite(folder, (tensors) => {
      tensors.delete(q)
      tensors.set('model.layers.1.self_attn.q_norm.weight', norm)
    })
    expect(await failureOf(() => openHfFolder(folder, ctx))).toEqual({
      code: 'models/weights-missing',
      params: { folder, tensors: q, count: 1 },
    })
  })

  it('refuses NaN weights by tensor when they are read', async () => {
    const folder = await fresh('nan')
    const file = join(folder, 'model.safetensors')
    const bytes = await readFile(file)
    bytes.writeFloatLE(Number.NaN, bytes.length - 4)
    await writeFile(file, bytes)
    const model = await openHfFolder(folder, ctx)
    expect(await failureOf(() => readAllWeights(model))).toEqual({
      code: 'models/weights-not-finite',
      params: { file, tensor: 'model.norm.weight', index: 47 },
    })
  })
})
