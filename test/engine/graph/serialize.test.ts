import { InferenceSession, Tensor } from 'onnxruntime-node'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { GraphBuilder, parseModel, serializeModel } from '../../../src/engine/graph/index.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'soroban-serialize-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

describe('serializeModel', () => {
  it('writes a graph with inline and external weights that ONNX Runtime runs', async () => {
    const graph = new GraphBuilder()
    const x = graph.input('x', 'float32', ['rows', 2])
    const weight = graph.initializer('weight', 'float32', [2, 2], {
      kind: 'external',
      file: 'weights.bin',
      offset: 4096,
      length: 16,
    })
    const product = graph.node('MatMul', [x, weight], 'float32', ['rows', 2])
    const norm = graph.initializer('norm', 'float32', [2], { kind: 'inline', data: Float32Array.of(1, 2) })
    const scaled = graph.node('Mul', [product, norm], 'float32', ['rows', 2])
    const rows = graph.node('ReduceSum', [scaled, graph.int64s([1])], 'float32', ['rows'], {
      attributes: { keepdims: { int: 0 } },
    })
    graph.output(rows, 'y')

    const file = new Uint8Array(4096 + 16)
    new Float32Array(file.buffer, 4096).set([1, 2, 3, 4])
    await writeFile(join(folder, 'weights.bin'), file)
    await writeFile(join(folder, 'model.onnx'), serializeModel(graph.build()))

    const session = await InferenceSession.create(join(folder, 'model.onnx'))
    const { y } = await session.run({ x: new Tensor('float32', Float32Array.of(1, 0, 1, 1), [2, 2]) })
    await session.release()
    // [1 0]·W = [1 2] -> 1 + 4; [1 1]·W = [4 6] -> 4 + 12
    expect(y?.dims).toEqual([2])
    expect([...((y?.data ?? []) as Float32Array)]).toEqual([5, 16])
  })

  it('refuses an initializer whose bytes do not fit its shape', () => {
    const graph = new GraphBuilder()
    graph.initializer('short', 'float32', [3], { kind: 'inline', data: Float32Array.of(1, 2) })
    expect(() => serializeModel(graph.build())).toThrow(
      'initializer short has 8 bytes, its shape [3] needs 12',
    )
  })
})

describe('parseModel', () => {
  it('reads back what was written', () => {
    const graph = new GraphBuilder()
    const x = graph.input('x', 'float16', ['n', 4])
    const scale = graph.initializer('scale', 'float16', [4], {
      kind: 'external',
      file: 'w',
      offset: 0,
      length: 8,
    })
    const y = graph.node('Custom', [x, null, scale], 'float16', ['n', 4], {
      domain: 'com.microsoft',
      attributes: { a: { int: -3 }, b: { float: 0.5 }, c: { string: 'silu' }, d: { ints: [1, 2] } },
    })
    graph.output(y, 'y')
    expect(parseModel(serializeModel(graph.build()))).toEqual({
      producer: 'soroban',
      opsets: new Map([
        ['', 21],
        ['com.microsoft', 1],
      ]),
      inputs: [{ name: 'x', type: 'float16', shape: ['n', 4] }],
      outputs: [{ name: 'y', type: 'float16', shape: ['n', 4] }],
      initializers: [{ name: 'scale', type: 'float16', shape: [4], externalFile: 'w', bytes: 8 }],
      nodes: [
        {
          op: 'Custom',
          domain: 'com.microsoft',
          inputs: ['x', '', 'scale'],
          outputs: ['y'],
          attributes: { a: { int: -3 }, b: { float: 0.5 }, c: { string: 'silu' }, d: { ints: [1, 2] } },
        },
      ],
    })
  })

  it('rejects bytes that are not ONNX', () => {
    expect(() => parseModel(new TextEncoder().encode('not a model'))).toThrow()
  })
})
