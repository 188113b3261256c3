import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'

import { beforeAll, describe, expect, it } from 'vitest'

import { sha256 } from '../../../src/engine/kernel/files.ts'
import { quietContext } from '../../../src/engine/kernel/run-context.ts'
import { openHfFolder, readAllWeights } from '../../../src/engine/models/index.ts'
import { openBackend, type Backend } from '../../../src/engine/runtime/index.ts'
import { loadTokenizer } from '../../../src/engine/tokens/index.ts'
import { ParameterStore } from '../../../src/engine/tuning/index.ts'
import { measureLoss } from '../../../src/engine/workflows/measure-loss.ts'
import {
  formatModelCard,
  referenceCardSchema,
  type ReferenceCard,
} from '../../../src/engine/workflows/reference/reference-card.ts'
import { readReferenceCorpus } from '../../../src/engine/workflows/reference/reference-corpus.ts'

const MODELS = new URL('../../../resources/models', import.meta.url).pathname
const NAMES = ['reference-mha', 'reference-gqa'] as const
const ctx = quietContext()

const cards = new Map<string, ReferenceCard>()
let backend: Backend
beforeAll(async () => {
  backend = await openBackend(ctx)
  for (const name of NAMES) {
    const text = await readFile(join(MODELS, name, 'card.json'), 'utf8')
    cards.set(name, referenceCardSchema.parse(JSON.parse(text)))
  }
})

describe.each(NAMES)('%s', (name) => {
  it('is the model that its card describes', async () => {
    const card = cards.get(name)!
    const model = await openHfFolder(join(MODELS, name), ctx)
    expect(model.files.find(({ name: file }) => file === card.weights.file)).toEqual({
      name: card.weights.file,
      bytes: card.weights.bytes,
      sha256: card.weights.sha256,
    })
    expect(card.model).toMatchObject({ parameters: model.parameters, kvHeads: model.config.kvHeads })
    expect(await readFile(join(MODELS, name, 'README.md'), 'utf8')).toBe(formatModelCard(card))
  })

  it('has the loss that its card states on the slice beside it', async () => {
    const card = cards.get(name)!
    const path = join(MODELS, card.slice.file)
    expect(sha256(await readFile(path))).toBe(card.slice.sha256)
    const slice = await readReferenceCorpus(path, ctx)
    const model = await openHfFolder(join(MODELS, name), ctx)
    const store = ParameterStore.from(model.config, await readAllWeights(model))
    const tokenizer = await loadTokenizer(model.folder, ctx)
    const measuring = { tokenizer, backend, window: card.slice.window, threads: 2 }
    const measured = await measureLoss(store, slice, measuring, ctx)
    const { documents, tokens, bytes } = card.slice
    expect(measured).toMatchObject({ documents, tokens, bytes })
    // Another processor may add up in another order: float32 leaves about 1e-6 of a loss of about 4.
    expect(measured.nll).toBeCloseTo(card.slice.nll, 4)
    expect(measured.bitsPerByte).toBeCloseTo(card.slice.bitsPerByte, 4)
  })
})

describe('the pair', () => {
  it('takes at most 40 MB', async () => {
    const files = await readdir(MODELS, { recursive: true, withFileTypes: true })
    const sizes = await Promise.all(
      files
        .filter((file) => file.isFile())
        .map(async (file) => (await stat(join(file.parentPath, file.name))).size),
    )
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(40e6)
  })

  it('was converted four to one, by the best of the methods, subspace', () => {
    const [mha, gqa] = NAMES.map((name) => cards.get(name)!)
    expect(gqa!.model.kvHeads * 4).toBe(mha!.model.kvHeads)
    const conversion = gqa!.conversion!
    expect(conversion.baseline).toEqual({ heldOut: mha!.heldOut, weightsSha256: mha!.weights.sha256 })
    const order = Object.entries(conversion.heldOut).sort(([, a], [, b]) => a.nll - b.nll)
    expect(order.map(([method]) => method)).toEqual(['subspace', 'align', 'mean'])
    expect(conversion.method).toBe('subspace')
    expect(gqa!.heldOut.nll).toBeLessThan(conversion.heldOut.subspace!.nll)
    expect(conversion.relativeToBaseline).toBeCloseTo(gqa!.heldOut.nll / mha!.heldOut.nll - 1, 12)
  })

  it('is committed with text of every source and licence that it was trained on', async () => {
    const slice = await readReferenceCorpus(join(MODELS, 'held-out-slice.jsonl'), ctx)
    const sources = cards.get('reference-mha')!.corpus.sources.map(({ source }) => source)
    expect([...new Set(slice.map(({ source }) => source))].sort()).toEqual(sources.sort())
  })
})
