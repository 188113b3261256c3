import { describe, expect, it } from 'vitest'

import { COMMANDS } from '../../src/cli/commands/index.ts'
import { parseCommandLine } from '../../src/cli/parse.ts'
import { AppError } from '../../src/shared/errors.ts'

const valuesOf = (line: string): Readonly<Record<string, unknown>> =>
  parseCommandLine(line.split(' '), COMMANDS).values

const errorOf = (line: string): unknown => {
  try {
    parseCommandLine(line.split(' '), COMMANDS)
  } catch (error) {
    return error
  }
  return null
}

describe('options that take several values', () => {
  it('take them repeated or one after the other, each list its own', () => {
    const lists = { candidate: ['A', 'B', 'C'], exclude: ['x', 'y'] }
    expect(valuesOf('poc --candidate A B C --exclude x y --seed 2')).toEqual({ ...lists, seed: '2' })
    expect(valuesOf('poc --candidate A --exclude x --candidate B C --exclude=y')).toEqual(lists)
  })

  it('leave a command the arguments that it asks for', () => {
    const values = { DIR: 'DIR', exclude: ['x', 'y'] }
    expect(valuesOf('documents inspect DIR --exclude x y')).toEqual(values)
    expect(valuesOf('documents inspect --exclude x --exclude y DIR')).toEqual(values)
  })

  it.each(['poc A', 'poc --candidate A --seed 2 B', 'poc --candidate A --json B'])(
    'do not swallow what another option parts from them: %s',
    (line) => {
      const argument = line.at(-1)
      expect(errorOf(line)).toEqual(
        new AppError('usage/unexpected-argument', { command: 'poc', argument: argument! }),
      )
    },
  )
})
