import { expect, test } from 'vitest'

import { createFormatter } from '../../../src/renderer/format.ts'
import { shownCell } from '../../../src/renderer/views/report/report-cells.ts'
import type { Cell } from '../../../src/shared/report-model.ts'

const format = createFormatter('ja')

test.each<[Cell, ReturnType<typeof shownCell>]>([
  [
    { kind: 'text', text: '実測', tone: 'muted' },
    { text: '実測', isNumber: false, isBold: false, tone: 'muted' },
  ],
  [
    { kind: 'text', text: '判定', bold: true },
    { text: '判定', isNumber: false, isBold: true, tone: null },
  ],
  [
    { kind: 'number', value: -0.75, format: 'signedPercent2', tone: 'good' },
    { text: '−75.00 %', isNumber: true, isBold: false, tone: 'good' },
  ],
  [
    { kind: 'number', value: 0, format: 'integer' },
    { text: '0', isNumber: true, isBold: false, tone: null },
  ],
  [{ kind: 'missing' }, { text: 'n/a', isNumber: true, isBold: false, tone: 'muted' }],
  [{ kind: 'empty' }, { text: '', isNumber: false, isBold: false, tone: null }],
])('%o', (cell, shown) => expect(shownCell(cell, format)).toEqual(shown))
