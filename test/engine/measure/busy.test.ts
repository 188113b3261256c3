import { describe, expect, it } from 'vitest'

import { busyBetween, busyFraction } from '../../../src/engine/measure/busy.ts'

describe('the share of busy processors', () => {
  it('is what was not idle between two readings', () => {
    expect(busyBetween({ busy: 100, total: 1000 }, { busy: 150, total: 1200 })).toBe(0.25)
    expect(busyBetween({ busy: 100, total: 1000 }, { busy: 100, total: 1200 })).toBe(0)
  })

  it('cannot be told when no time has passed', () => {
    expect(busyBetween({ busy: 1, total: 10 }, { busy: 1, total: 10 })).toBeNull()
  })

  it('is read from this machine, and can be cancelled', async () => {
    const fraction = await busyFraction(20, new AbortController().signal)
    expect(fraction === null || (fraction >= 0 && fraction <= 1)).toBe(true)
    await expect(busyFraction(60_000, AbortSignal.abort())).rejects.toThrow()
  })
})
