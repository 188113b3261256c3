import { describe, expect, test } from 'vitest'

import { compareArms } from '../../../src/renderer/views/models/arm-differences.ts'
import { REFERENCE_GQA, REFERENCE_MHA } from './model-descriptions.ts'

describe('compareArms', () => {
  test('KV heads alone, with fewer parameters in consequence', () => {
    expect(compareArms(REFERENCE_MHA, REFERENCE_GQA)).toEqual({
      kind: 'kv-heads',
      differences: [{ fact: 'kvHeads', baseline: 8, candidate: 2 }],
      kvRatio: 0.25,
      parameterRatio: 4_393_216 / 4_786_432,
    })
  })

  test('a size that differs as well confounds', () => {
    const { kind, differences } = compareArms(REFERENCE_MHA, { ...REFERENCE_GQA, layers: 6 })
    expect(kind).toBe('sizes')
    expect(differences).toEqual([
      { fact: 'kvHeads', baseline: 8, candidate: 2 },
      { fact: 'layers', baseline: 4, candidate: 6 },
    ])
  })

  test('other sizes with the same KV heads confound too', () => {
    expect(compareArms(REFERENCE_MHA, { ...REFERENCE_MHA, sha256: 'c', queryHeads: 16 }).kind).toBe('sizes')
  })

  test('other weights in the same shape', () => {
    expect(compareArms(REFERENCE_MHA, { ...REFERENCE_MHA, sha256: 'c' })).toMatchObject({
      kind: 'same-shape',
      differences: [],
    })
  })

  test('the same weights in two folders are one model', () => {
    expect(compareArms(REFERENCE_MHA, { ...REFERENCE_MHA, folder: '/copy' }).kind).toBe('same-model')
  })

  test('what an ONNX folder does not tell is no difference', () => {
    const onnx = { ...REFERENCE_GQA, intermediateSize: null, tiedEmbeddings: null }
    expect(compareArms(REFERENCE_MHA, onnx).kind).toBe('kv-heads')
  })
})
