import { expect, it } from 'vitest'

import { NativeBinding } from '../../../src/engine/runtime/native-binding.ts'
import type { OrtApi, Out, Pointer, Status } from '../../../src/engine/runtime/ort/api.ts'

type Done = (error: Error | null, status: Status) => void

it('lets a run end in its own time when ONNX Runtime refuses to end it early, and releases the refusal', async () => {
  const refusal = 7n
  const released: Pointer[] = []
  let end: Done = () => {}
  const produces = (_: unknown, out: Out<Pointer>): Status => ((out[0] = 1n), null)
  const api = {
    CreateIoBinding: produces,
    ReleaseIoBinding: () => {},
    CreateRunOptions: (out: Out<Pointer>) => produces(null, out),
    ReleaseRunOptions: () => {},
    RunOptionsSetTerminate: () => refusal,
    ReleaseStatus: (status: Pointer) => released.push(status),
    RunWithBinding: {
      async: (_session: Pointer, _options: Pointer, _binding: Pointer, done: Done) => (end = done),
    },
  } as unknown as OrtApi
  const binding = new NativeBinding(api, {
    session: 1n,
    cpuMemory: 1n,
    inputNames: [],
    outputNames: [],
    copiesInputs: false,
    onReleased: () => {},
  })
  const controller = new AbortController()
  const run = binding.run(controller.signal)
  // An exception in a listener would surface as an uncaught one, which fails the test run.
  controller.abort()
  binding[Symbol.dispose]()
  expect(released).toEqual([refusal, refusal])
  end(null, null)
  await expect(run).resolves.toBeUndefined()
})
