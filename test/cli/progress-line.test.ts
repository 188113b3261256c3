import { describe, expect, it } from 'vitest'

import { byteSize, clock, ProgressLine, progressText } from '../../src/cli/progress-line.ts'

describe('the progress line', () => {
  it('names the work, the count and the time left, in the reader’s language', () => {
    const progress = {
      kind: 'train',
      label: 'reference-gqa',
      fraction: 0.5,
      done: 110,
      total: 220,
      unit: 'steps',
      etaSeconds: 3725,
      figures: { loss: 3.14159 },
    } as const
    expect(progressText(progress, 'ja')).toBe(
      '学習 reference-gqa  ████████████░░░░░░░░░░░░  110/220  loss 3.142  残り 1:02:05',
    )
    expect(progressText({ ...progress, etaSeconds: null }, 'en')).toBe(
      'Training reference-gqa  ████████████░░░░░░░░░░░░  110/220  loss 3.142',
    )
  })

  it('counts bytes as sizes, and no time is left at the end', () => {
    const progress = { kind: 'documents', unit: 'bytes', total: 40 * 2 ** 20 } as const
    expect(progressText({ ...progress, fraction: 0.25, done: 10.5 * 2 ** 20, etaSeconds: 9 }, 'ja')).toBe(
      '文書の読み取り  ██████░░░░░░░░░░░░░░░░░░  10.5 MiB / 40.0 MiB  残り 0:09',
    )
    expect(progressText({ ...progress, fraction: 1, done: progress.total, etaSeconds: 0 }, 'en')).toBe(
      'Reading documents  ████████████████████████  40.0 MiB / 40.0 MiB',
    )
  })

  it.each([
    [0, '0 B'],
    [1023, '1023 B'],
    [1024, '1.0 KiB'],
    [200 * 2 ** 20, '200 MiB'],
    [3 * 2 ** 50, '3072 TiB'],
  ])('writes %d bytes as %s', (bytes, text) => {
    expect(byteSize(bytes)).toBe(text)
  })

  it.each([
    [0, '0:00'],
    [59.6, '1:00'],
    [187, '3:07'],
    [3600, '1:00:00'],
  ])('writes %d seconds as %s', (seconds, text) => {
    expect(clock(seconds)).toBe(text)
  })
})

describe('where there is no terminal', () => {
  const shownAt = (events: readonly (readonly [at: number, done: number])[]): string[] => {
    const lines: string[] = []
    let now = 0
    const stream = { isTTY: false, columns: 80, write: (text: string) => lines.push(text.trimEnd()) > 0 }
    const line = new ProgressLine(stream, 'en', () => now)
    for (const [at, done] of events) {
      now = at
      line.show({ kind: 'score', fraction: done / 4, done, total: 4, unit: 'windows', etaSeconds: null })
    }
    return lines.map((text) => text.split('  ')[2] ?? '')
  }

  it('writes a line every half minute, and at the end of long work', () => {
    const events = [
      [0, 1],
      [1000, 2],
      [31_000, 3],
      [36_500, 4],
    ] as const
    expect(shownAt(events)).toEqual(['3/4', '4/4'])
  })

  it('says nothing of work that is over in a moment', () => {
    const events = [
      [0, 1],
      [900, 4],
    ] as const
    expect(shownAt(events)).toEqual([])
  })
})

describe('on a terminal', () => {
  it('redraws one line, at most ten times a second, and clears it', () => {
    const written: string[] = []
    let now = 0
    const stream = { isTTY: true, columns: 20, write: (text: string) => written.push(text) > 0 }
    const line = new ProgressLine(stream, 'en', () => now)
    for (const [at, done] of [
      [0, 1],
      [50, 2],
      [150, 3],
      [160, 4],
    ] as const) {
      now = at
      line.show({ kind: 'score', fraction: done / 4, done, total: 4, unit: 'windows', etaSeconds: null })
    }
    line.clear()
    line.clear()
    expect(written).toHaveLength(4)
    expect(written[0]).toBe('\r\u001b[2KScoring  ██████░░░░')
    expect(written.at(-1)).toBe('\r\u001b[2K')
  })
})
