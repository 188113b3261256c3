import { serializeError, toAppError, type SerializedError } from '../../shared/errors.ts'
import type { Provider } from '../../shared/settings.ts'
import type { RunContext } from '../kernel/run-context.ts'
import type { Backend } from './backend.ts'
import { NativeBackend } from './native-backend.ts'
import { PortableBackend } from './portable-backend.ts'
import { selfTest } from './self-test.ts'

/** Which driver was chosen and why; for `soroban doctor` and the run's environment record. */
export interface BackendReport {
  readonly driver: Backend['driver']
  readonly version: string
  readonly providers: readonly Provider[]
  readonly reason: 'self-test-passed' | 'requested' | 'native-failed'
  /** Why the native driver was not used, when it failed. */
  readonly failure: SerializedError | null
}

export interface OpenBackendOptions {
  /** `portable` skips the native driver, as does SOROBAN_RUNTIME=portable in the environment. */
  readonly prefer?: Backend['driver']
}

/**
 * The native driver when it passes the self-test against onnxruntime-node's own, otherwise the portable one.
 *
 * @throws AppError runtime/library-unusable when neither can be loaded
 */
export async function probeBackend(
  ctx: RunContext,
  { prefer = 'native' }: OpenBackendOptions = {},
): Promise<{ readonly backend: Backend; readonly report: BackendReport }> {
  const portable = await PortableBackend.open()
  if (prefer === 'portable' || process.env['SOROBAN_RUNTIME'] === 'portable') {
    return { backend: portable, report: describe(portable, 'requested', null) }
  }
  try {
    const native = new NativeBackend()
    await selfTest(native, portable)
    return { backend: native, report: describe(native, 'self-test-passed', null) }
  } catch (error) {
    const failure = toAppError(error)
    ctx.log.warn('the native driver failed; using the slower portable one', { reason: failure.message })
    return { backend: portable, report: describe(portable, 'native-failed', serializeError(failure)) }
  }
}

/** `probeBackend` without the report. */
export async function openBackend(ctx: RunContext, options?: OpenBackendOptions): Promise<Backend> {
  return (await probeBackend(ctx, options)).backend
}

function describe(
  backend: Backend,
  reason: BackendReport['reason'],
  failure: BackendReport['failure'],
): BackendReport {
  return {
    driver: backend.driver,
    version: backend.version,
    providers: backend.availableProviders(),
    reason,
    failure,
  }
}
