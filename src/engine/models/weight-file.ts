import {
  formsOf,
  parameterShapes,
  quantizeBlocks,
  ropeTables,
  type ByteRange,
  type DecoderConfig,
  type LinearPrecision,
  type StoredForm,
  type WeightLayout,
} from '../graph/index.ts'
import { ProgressMeter } from '../kernel/eta.ts'
import type { FileSink } from '../kernel/files.ts'
import type { RunContext } from '../kernel/run-context.ts'
import type { WeightSource } from './weights.ts'

/** Page size: the runtime maps each tensor straight from the file. */
const ALIGNMENT = 4096

/** Appends arrays to a file, each beginning at a page. */
class AlignedWriter {
  readonly #sink: FileSink
  #offset = 0

  constructor(sink: FileSink) {
    this.#sink = sink
  }

  async append(values: Float32Array | Uint8Array): Promise<ByteRange> {
    const padding = (ALIGNMENT - (this.#offset % ALIGNMENT)) % ALIGNMENT
    if (padding > 0) await this.#sink.write(new Uint8Array(padding))
    await this.#sink.write(new Uint8Array(values.buffer, values.byteOffset, values.byteLength))
    const range = { offset: this.#offset + padding, length: values.byteLength }
    this.#offset = range.offset + range.length
    return range
  }
}

/**
 * Streams every parameter, one at a time, in the forms that the graphs read, then the RoPE tables.
 *
 * @param file name that the layout gives to the data file
 * @throws AppError models/weights-*, file/*, cancelled
 */
export async function writeWeightFile(
  sink: FileSink,
  {
    file,
    config,
    weights,
    precision,
    label,
  }: {
    readonly file: string
    readonly config: DecoderConfig
    readonly weights: WeightSource
    readonly precision: LinearPrecision
    readonly label: string
  },
  ctx: RunContext,
): Promise<WeightLayout> {
  const writer = new AlignedWriter(sink)
  const shapes = parameterShapes(config)
  const meter = new ProgressMeter({ kind: 'compile', label, unit: 'parts' }, shapes.size + 1, ctx.report)
  const forms = new Map<string, readonly StoredForm[]>()
  for (const [name, shape] of shapes) {
    ctx.signal.throwIfAborted()
    const values = await weights.read(name)
    const stored: StoredForm[] = []
    for (const kind of formsOf(name, shape, precision, config.tiedEmbeddings)) {
      stored.push(await writeForm(writer, kind, values, shape, precision))
    }
    forms.set(name, stored)
    meter.advance()
  }
  const { cos, sin } = ropeTables(config.rope, config.headDim, config.maxPositions)
  const rope = { cos: await writer.append(cos), sin: await writer.append(sin) }
  meter.advance()
  return { file, forms, rope }
}

async function writeForm(
  writer: AlignedWriter,
  kind: StoredForm['kind'],
  values: Float32Array,
  shape: readonly number[],
  precision: LinearPrecision,
): Promise<StoredForm> {
  const [rows = 1, columns = 1] = shape
  if (kind === 'plain') return { kind, range: await writer.append(values) }
  if (kind === 'transposed' || precision === 'float32') {
    return { kind: 'transposed', range: await writer.append(transpose(values, rows, columns)) }
  }
  const { quantized, scales } = quantizeBlocks(values, rows, columns, precision)
  return {
    kind,
    bits: precision,
    quantized: await writer.append(quantized),
    scales: await writer.append(scales),
  }
}

/** [rows, columns] to [columns, rows], in tiles that stay in the cache. */
function transpose(values: Float32Array, rows: number, columns: number): Float32Array {
  const tile = 64
  const out = new Float32Array(values.length)
  for (let top = 0; top < rows; top += tile) {
    const bottom = Math.min(top + tile, rows)
    for (let left = 0; left < columns; left += tile) {
      const right = Math.min(left + tile, columns)
      for (let column = left; column < right; column++) {
        for (let row = top; row < bottom; row++) out[column * rows + row] = values[row * columns + column]!
      }
    }
  }
  return out
}

/** Bytes of all parameters in the forms that a run keeps, without the RoPE tables and padding. */
export function weightBytes(layout: WeightLayout): number {
  return [...layout.forms.values()].flat().reduce((sum, form) => {
    return sum + (form.kind === 'blocks' ? form.quantized.length + form.scales.length : form.range.length)
  }, 0)
}
