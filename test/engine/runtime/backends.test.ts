import { afterEach, describe, expect, it, vi } from 'vitest'

import { GraphBuilder, serializeModel } from '../../../src/engine/graph/index.ts'
import { quietContext } from '../../../src/engine/kernel/run-context.ts'
import { hostTensor, openBackend, probeBackend, type HostTensor } from '../../../src/engine/runtime/index.ts'
import { NativeBackend } from '../../../src/engine/runtime/native-backend.ts'
import { selfTest } from '../../../src/engine/runtime/self-test.ts'

const ctx = quietContext()
const options = { provider: 'cpu', threads: 1, spinning: false } as const

function additionGraph(): Uint8Array {
  const graph = new GraphBuilder()
  const shape = ['n']
  graph.output(
    graph.node(
      'Add',
      [graph.input('x', 'float32', shape), graph.input('y', 'float32', shape)],
      'float32',
      shape,
    ),
    'sum',
  )
  return serializeModel(graph.build())
}

/** x · Iᵏ: equal to x, and slow in proportion to the rows of x. */
function identityChain(length: number, width: number): Uint8Array {
  const graph = new GraphBuilder()
  const identity = new Float32Array(width * width)
  for (let i = 0; i < width; i++) identity[i * width + i] = 1
  const weight = graph.initializer('identity', 'float32', [width, width], { kind: 'inline', data: identity })
  let x = graph.input('x', 'float32', ['rows', width])
  for (let i = 0; i < length; i++) x = graph.node('MatMul', [x, weight], 'float32', ['rows', width])
  graph.output(x, 'y')
  return serializeModel(graph.build())
}

function castGraph(): Uint8Array {
  const graph = new GraphBuilder()
  const cast = (
    from: string,
    type: 'float16' | 'int32' | 'uint8' | 'bool' | 'float32',
    code: number,
  ): void => {
    const source = graph.input(from, type === 'float16' || type === 'bool' ? 'float32' : 'int64', [2])
    graph.output(
      graph.node('Cast', [source], type, [2], { attributes: { to: { int: code } } }),
      `${type}_out`,
    )
  }
  cast('a', 'float16', 10)
  cast('b', 'int32', 6)
  cast('c', 'uint8', 2)
  cast('d', 'bool', 9)
  cast('e', 'float32', 1)
  return serializeModel(graph.build())
}

const floats = (...values: number[]): HostTensor => ({
  type: 'float32',
  dims: [values.length],
  data: Float32Array.from(values),
})

afterEach(() => {
  vi.unstubAllEnvs()
})

describe.each(['native', 'portable'] as const)('the %s driver', (driver) => {
  it('is the one that was asked for', async () => {
    const { report } = await probeBackend(ctx, { prefer: driver })
    expect(report).toMatchObject({
      driver,
      version: '1.30.0',
      reason: driver === 'native' ? 'self-test-passed' : 'requested',
      failure: null,
    })
    expect(report.providers).toContain('cpu')
  })

  it('reads inputs changed in place and writes into an output that is also an input', async () => {
    const backend = await openBackend(ctx, { prefer: driver })
    using session = await backend.createSession(additionGraph(), options)
    expect([session.inputNames, session.outputNames]).toEqual([['x', 'y'], ['sum']])
    using binding = session.bind()
    const x = floats(1, 2, 3)
    const total = floats(10, 20, 30)
    binding.input('x', x)
    binding.input('y', total)
    binding.output('sum', total)
    await binding.run()
    x.data[0] = 100
    await binding.run()
    expect(total.data).toEqual(Float32Array.of(111, 24, 36))
  })

  it('passes every element type through unchanged', async () => {
    const backend = await openBackend(ctx, { prefer: driver })
    using session = await backend.createSession(castGraph(), options)
    using binding = session.bind()
    const integers: HostTensor = { type: 'int64', dims: [2], data: BigInt64Array.of(0n, 7n) }
    for (const name of ['a', 'd']) binding.input(name, floats(0, 1.5))
    for (const name of ['b', 'c', 'e']) binding.input(name, integers)
    const outputs = (['float16', 'int32', 'uint8', 'bool', 'float32'] as const).map((type) => {
      const tensor = hostTensor(type, [2])
      binding.output(`${type}_out`, tensor)
      return tensor
    })
    await binding.run()
    expect(outputs.map(({ data }) => data)).toEqual([
      Uint16Array.of(0, 0x3e00),
      Int32Array.of(0, 7),
      Uint8Array.of(0, 7),
      Uint8Array.of(0, 1),
      Float32Array.of(0, 7),
    ])
  })

  it('says which provider, file or name is wrong', async () => {
    const backend = await openBackend(ctx, { prefer: driver })
    const missing = backend.availableProviders().includes('dml') ? 'cuda' : 'dml'
    await expect(
      backend.createSession(additionGraph(), { ...options, provider: missing }),
    ).rejects.toMatchObject({
      code: 'runtime/provider-missing',
      params: { provider: missing, available: backend.availableProviders().join(', ') },
    })
    await expect(backend.createSession('/nowhere/model.onnx', options)).rejects.toMatchObject({
      code: 'file/not-found',
      params: { path: '/nowhere/model.onnx' },
    })
    await expect(backend.createSession(Uint8Array.of(1, 2, 3), options)).rejects.toMatchObject({
      code: 'runtime/model-rejected',
    })
    using session = await backend.createSession(additionGraph(), options)
    using binding = session.bind()
    expect(() => binding.input('z', floats(1))).toThrowError(
      expect.objectContaining({
        code: 'runtime/unknown-name',
        params: { name: 'z', role: 'input', known: 'x, y' },
      }),
    )
    expect(() => binding.input('x', { type: 'float32', dims: [3], data: new Float32Array(2) })).toThrowError(
      RangeError,
    )
  })

  it('reports a run that fails and stays usable', async () => {
    const backend = await openBackend(ctx, { prefer: driver })
    using session = await backend.createSession(additionGraph(), options)
    using binding = session.bind()
    const sum = hostTensor('float32', [3])
    binding.input('x', floats(1, 2, 3))
    binding.input('y', floats(1, 2))
    binding.output('sum', sum)
    await expect(binding.run()).rejects.toMatchObject({ code: 'runtime/failed' })
    binding.input('y', floats(1, 1, 1))
    await binding.run()
    expect(sum.data).toEqual(Float32Array.of(2, 3, 4))
  })

  it('does not start a cancelled run, and refuses what is closed', async () => {
    const backend = await openBackend(ctx, { prefer: driver })
    const session = await backend.createSession(additionGraph(), options)
    const binding = session.bind()
    await expect(binding.run(AbortSignal.abort())).rejects.toMatchObject({ code: 'cancelled' })
    binding[Symbol.dispose]()
    binding[Symbol.dispose]()
    await expect(binding.run()).rejects.toMatchObject({ code: 'runtime/disposed' })
    session[Symbol.dispose]()
    session[Symbol.dispose]()
    expect(() => session.bind()).toThrowError(expect.objectContaining({ code: 'runtime/disposed' }))
  })
})

describe('the native driver alone', () => {
  const rows = 1024
  const width = 128
  const slowChain = identityChain(4000, width)

  function bindRows(session: Awaited<ReturnType<NativeBackend['createSession']>>, count: number) {
    const binding = session.bind()
    const x = hostTensor('float32', [count, width])
    x.data.fill(3 as never)
    const y = hostTensor('float32', [count, width])
    binding.input('x', x)
    binding.output('y', y)
    return { binding, x, y, [Symbol.dispose]: () => binding[Symbol.dispose]() }
  }

  it('ends a run when the signal aborts, leaves the output unwritten and the session usable', async () => {
    using session = await new NativeBackend().createSession(slowChain, options)
    const controller = new AbortController()
    using slow = bindRows(session, rows)
    const run = slow.binding.run(controller.signal)
    await expect(slow.binding.run()).rejects.toMatchObject({ code: 'runtime/busy' })
    setImmediate(() => controller.abort())
    await expect(run).rejects.toMatchObject({ code: 'cancelled' })
    expect(slow.y.data).toEqual(new Float32Array(rows * width))

    using quick = bindRows(session, 1)
    await quick.binding.run(new AbortController().signal)
    expect(quick.y.data).toEqual(quick.x.data)
  })

  it('runs again on the very binding that was cancelled', async () => {
    using session = await new NativeBackend().createSession(identityChain(200, width), options)
    using bound = bindRows(session, rows)
    const { binding, x, y } = bound
    const controller = new AbortController()
    const run = binding.run(controller.signal)
    controller.abort()
    await expect(run).rejects.toMatchObject({ code: 'cancelled' })
    await binding.run()
    expect(y.data).toEqual(x.data)
  })

  it('keeps the event loop alive during a run', async () => {
    using session = await new NativeBackend().createSession(slowChain, options)
    using bound = bindRows(session, rows)
    const controller = new AbortController()
    let ticks = 0
    const tick = (): void => {
      if (++ticks === 20) controller.abort()
      else setImmediate(tick)
    }
    setImmediate(tick)
    await expect(bound.binding.run(controller.signal)).rejects.toMatchObject({ code: 'cancelled' })
    expect(ticks).toBe(20)
  })

  it('closes a session whose run is in progress by ending the run first', async () => {
    const session = await new NativeBackend().createSession(slowChain, options)
    const { binding } = bindRows(session, rows)
    const run = binding.run()
    session[Symbol.dispose]()
    await expect(run).rejects.toMatchObject({ code: 'cancelled' })
    session[Symbol.dispose]()
    binding[Symbol.dispose]()
  })

  it('tells the peak of its arena', async () => {
    using session = await new NativeBackend().createSession(identityChain(3, width), options)
    using bound = bindRows(session, rows)
    await bound.binding.run()
    // Two intermediate [rows, width] float32 tensors are alive at once.
    expect(session.peakArenaBytes()).toBeGreaterThanOrEqual(2 * rows * width * 4)
  })
})

describe('choosing a driver', () => {
  it('takes the portable one when SOROBAN_RUNTIME says so', async () => {
    vi.stubEnv('SOROBAN_RUNTIME', 'portable')
    expect((await openBackend(ctx)).driver).toBe('portable')
  })

  it('falls back when the native driver fails its self-test, and says why', async () => {
    const warnings: string[] = []
    const log = { debug() {}, info() {}, error() {}, warn: (message: string) => void warnings.push(message) }
    const broken = vi
      .spyOn(NativeBackend.prototype, 'createSession')
      .mockRejectedValue(new Error('no such entry'))
    try {
      const { backend, report } = await probeBackend({ ...ctx, log })
      expect(backend.driver).toBe('portable')
      expect(report).toMatchObject({
        driver: 'portable',
        reason: 'native-failed',
        failure: { code: 'internal', params: { reason: 'no such entry' } },
      })
      expect(warnings).toHaveLength(1)
    } finally {
      broken.mockRestore()
    }
  })

  it('finds a driver out that reads a stale cache', async () => {
    const portable = await openBackend(ctx, { prefer: 'portable' })
    const native = new NativeBackend()
    const stale = Object.create(native) as NativeBackend
    stale.createSession = async (model, settings) => {
      const session = await native.createSession(model, settings)
      const bind = session.bind.bind(session)
      session.bind = () => {
        const binding = bind()
        const input = binding.input.bind(binding)
        binding.input = (name, tensor) =>
          input(name, name === 'past.key' ? hostTensor(tensor.type, tensor.dims) : tensor)
        return binding
      }
      return session
    }
    await expect(selfTest(stale, portable)).rejects.toThrowError(/differ/)
    await expect(selfTest(native, portable)).resolves.toBeUndefined()
  })
})
