import { expect, it } from 'vitest'

import { AppError, toAppError } from '../../src/shared/errors.ts'

it('takes the error that came first where disposing failed as well', () => {
  const first = new AppError('file/disk-full', { path: '/x' })
  const failing = (): Disposable => ({
    [Symbol.dispose]() {
      throw new Error('the lock')
    },
  })
  let thrown: unknown
  try {
    using _outer = failing()
    using _inner = failing()
    throw first
  } catch (error) {
    thrown = error
  }
  expect(thrown).toBeInstanceOf(SuppressedError)
  expect(toAppError(thrown)).toBe(first)
})
