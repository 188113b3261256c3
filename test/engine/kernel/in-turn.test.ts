import { expect, it } from 'vitest'

import { inTurn } from '../../../src/engine/kernel/in-turn.ts'

it('does work under one key one after the other, in the order asked for, also past a failure', async () => {
  const told: string[] = []
  const gate = Promise.withResolvers<undefined>()
  const first = inTurn('a', async () => {
    told.push('first begins')
    await gate.promise
    told.push('first ends')
    return 1
  })
  const second = inTurn('a', async () => {
    told.push('second')
    throw new Error('no')
  })
  const third = inTurn('a', async () => {
    told.push('third')
    return 3
  })
  const other = await inTurn('b', async () => {
    told.push('other')
    return 'b'
  })
  gate.resolve(undefined)
  expect(await Promise.allSettled([first, second, third])).toEqual([
    { status: 'fulfilled', value: 1 },
    { status: 'rejected', reason: new Error('no') },
    { status: 'fulfilled', value: 3 },
  ])
  expect(other).toBe('b')
  expect(told).toEqual(['first begins', 'other', 'first ends', 'second', 'third'])
})
