import { Matrix } from 'ml-matrix'

import { symmetricEigen } from './value-merge.ts'

/**
 * How the keys of a group become one. In every RoPE plane (dimensions i and i + d_h/2, read as one complex number)
 * z = Σ mixₕ kₕ and kₕ ≈ cₕ z; a query of head h is multiplied by conj(cₕ) = `fold`, since
 * Re(q · conj(c z)) = Re(q conj(c) · conj(z)). RoPE multiplies both sides by one phase, so it commutes with all of it.
 */
export interface KeyMerge {
  readonly mix: readonly ComplexPlanes[]
  readonly fold: readonly ComplexPlanes[]
}

/** One complex number for each of the d_h/2 planes. */
export interface ComplexPlanes {
  readonly re: Float64Array
  readonly im: Float64Array
}

/**
 * Rotations that a plane allows without changing the function: any angle, or half turns only. Under q/k norm
 * (qwen3) a rotation passes the element-wise norm weights only where both weights of the plane are equal.
 */
export type PlaneFreedom = (plane: number) => 'any' | 'half-turns'

const PHASE_ROUNDS = 20

export function meanKeys(group: number, headDim: number): KeyMerge {
  const planes = (value: number): ComplexPlanes => ({
    re: new Float64Array(headDim / 2).fill(value),
    im: new Float64Array(headDim / 2),
  })
  return {
    mix: Array.from({ length: group }, () => planes(1 / group)),
    fold: Array.from({ length: group }, () => planes(1)),
  }
}

/**
 * One rotation a head and plane that brings the group's keys into line, then the mean. Rescaled to the mean norm of
 * the heads; with `normalized` (keys that go through an RMS norm) every head counts the same, whatever its size.
 *
 * @param moments E[k kᵀ] of the group, [g·d_h, g·d_h]
 */
export function alignKeys(
  moments: Matrix,
  group: number,
  normalized: boolean,
  freedom: PlaneFreedom,
): KeyMerge {
  const headDim = moments.rows / group
  const half = headDim / 2
  const norms = headNorms(moments, group)
  const meanNorm = norms.reduce((sum, norm) => sum + norm, 0) / group
  const shares = norms.map((norm) => (normalized && norm > 0 ? meanNorm / norm : 1) / group)
  const { mix, fold } = meanKeys(group, headDim)
  let energy = 0
  for (let plane = 0; plane < half; plane++) {
    const gram = planeGram(moments, group, plane)
    const phases = alignPhases(gram, shares, freedom(plane))
    for (const [head, { re, im }] of phases.entries()) {
      mix[head]!.re[plane] = shares[head]! * re
      mix[head]!.im[plane] = shares[head]! * im
      // kₕ ≈ conj(phase) z, hence the query is multiplied by the phase.
      fold[head]!.re[plane] = re
      fold[head]!.im[plane] = im
    }
    energy += planeEnergy(gram, mix, plane)
  }
  const scale = energy > 0 ? meanNorm / Math.sqrt(energy) : 1
  for (const { re, im } of mix) {
    for (let plane = 0; plane < half; plane++) {
      re[plane]! *= scale
      im[plane]! *= scale
    }
  }
  return { mix, fold }
}

/**
 * The best rank-1 complex fit of the group's keys in every plane, weighted by the energy of the queries that meet
 * them: rotation and scale. Not valid under q/k norm, where scale does not pass.
 *
 * @param moments E[k kᵀ] of the group, [g·d_h, g·d_h]
 * @param queryEnergy for each head the energy of its queries in every plane, [d_h/2]
 */
export function subspaceKeys(moments: Matrix, queryEnergy: readonly Float64Array[]): KeyMerge {
  const group = queryEnergy.length
  const headDim = moments.rows / group
  const { mix, fold } = meanKeys(group, headDim)
  for (let plane = 0; plane < headDim / 2; plane++) {
    const weights = queryEnergy.map((energy) => Math.sqrt(Math.max(energy[plane]!, Number.EPSILON)))
    const gram = planeGram(moments, group, plane)
    for (let a = 0; a < group; a++) {
      for (let b = 0; b < group; b++) {
        const weight = weights[a]! * weights[b]!
        gram.re.set(a, b, gram.re.get(a, b) * weight)
        gram.im.set(a, b, gram.im.get(a, b) * weight)
      }
    }
    const direction = principalDirection(gram)
    const sizes = direction.map(({ re, im }, head) => (re ** 2 + im ** 2) / weights[head]! ** 2)
    // The common scale is free: give the fold a root mean square of 1.
    const scale = Math.sqrt(sizes.reduce((sum, size) => sum + size, 0) / group)
    for (const [head, { re, im }] of direction.entries()) {
      const weight = weights[head]!
      mix[head]!.re[plane] = scale * weight * re
      mix[head]!.im[plane] = scale * weight * im
      fold[head]!.re[plane] = re / (weight * scale)
      fold[head]!.im[plane] = im / (weight * scale)
    }
  }
  return { mix, fold }
}

interface Complex {
  readonly re: number
  readonly im: number
}

interface HermitianGram {
  readonly re: Matrix
  readonly im: Matrix
}

/** E[conj(k_a) k_b] of one plane, [g, g]. */
function planeGram(moments: Matrix, group: number, plane: number): HermitianGram {
  const headDim = moments.rows / group
  const re = Matrix.zeros(group, group)
  const im = Matrix.zeros(group, group)
  for (let a = 0; a < group; a++) {
    for (let b = 0; b < group; b++) {
      const [aRe, bRe] = [a * headDim + plane, b * headDim + plane]
      const [aIm, bIm] = [aRe + headDim / 2, bRe + headDim / 2]
      re.set(a, b, moments.get(aRe, bRe) + moments.get(aIm, bIm))
      im.set(a, b, moments.get(aRe, bIm) - moments.get(aIm, bRe))
    }
  }
  return { re, im }
}

/**
 * Phases p that make E|Σ shareₕ pₕ kₕ|² large: every head is first turned to the first one, then one after another
 * to the sum of the others, which never makes it smaller.
 */
function alignPhases(
  { re, im }: HermitianGram,
  shares: readonly number[],
  freedom: 'any' | 'half-turns',
): readonly Complex[] {
  const towards = (x: number, y: number, current: Complex): Complex => {
    if (freedom === 'half-turns') return x === 0 ? current : { re: Math.sign(x), im: 0 }
    const size = Math.hypot(x, y)
    return size > 0 ? { re: x / size, im: y / size } : current
  }
  const phases = shares.map((_, head) => towards(re.get(0, head), -im.get(0, head), { re: 1, im: 0 }))
  for (let round = 0; round < PHASE_ROUNDS; round++) {
    for (let a = 0; a < phases.length; a++) {
      let [x, y] = [0, 0]
      for (const [b, phase] of phases.entries()) {
        if (b === a) continue
        x += shares[b]! * (re.get(a, b) * phase.re - im.get(a, b) * phase.im)
        y += shares[b]! * (re.get(a, b) * phase.im + im.get(a, b) * phase.re)
      }
      phases[a] = towards(x, y, phases[a]!)
    }
  }
  return phases
}

/** E|Σ mixₕ kₕ|² of one plane. */
function planeEnergy({ re, im }: HermitianGram, mix: readonly ComplexPlanes[], plane: number): number {
  let energy = 0
  for (const [a, left] of mix.entries()) {
    for (const [b, right] of mix.entries()) {
      const [ar, ai, br, bi] = [left.re[plane]!, left.im[plane]!, right.re[plane]!, right.im[plane]!]
      // Re(conj(mix_a) · mix_b · E[conj(k_a) k_b])
      energy += (ar * br + ai * bi) * re.get(a, b) - (ar * bi - ai * br) * im.get(a, b)
    }
  }
  return energy
}

/** √E‖kₕ‖² of every head. */
function headNorms(moments: Matrix, group: number): number[] {
  const headDim = moments.rows / group
  return Array.from({ length: group }, (_, head) => {
    let energy = 0
    for (let i = head * headDim; i < (head + 1) * headDim; i++) energy += moments.get(i, i)
    return Math.sqrt(Math.max(0, energy))
  })
}

/** The unit eigenvector of the largest eigenvalue of a Hermitian matrix, through its real form [[R, −I], [I, R]]. */
function principalDirection({ re, im }: HermitianGram): Complex[] {
  const size = re.rows
  const real = Matrix.zeros(2 * size, 2 * size)
  real.setSubMatrix(re, 0, 0)
  real.setSubMatrix(re, size, size)
  real.setSubMatrix(Matrix.mul(im, -1), 0, size)
  real.setSubMatrix(im, size, 0)
  const { vectors } = symmetricEigen(real)
  const last = 2 * size - 1
  return Array.from({ length: size }, (_, head) => ({
    re: vectors.get(head, last),
    im: vectors.get(head + size, last),
  }))
}
