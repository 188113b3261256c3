/**
 * Attention heads as an abacus: each rod carries one KV head above the beam and, below it, the query heads that it
 * serves. Coordinates are those of the drawing's viewBox.
 */

export interface Bead {
  readonly x: number
  readonly y: number
}

export interface Rod {
  /** Left edge and width of the upper bead; it spans several columns where a group is large. */
  readonly upper: Bead & { readonly width: number }
  readonly lower: readonly Bead[]
  /** Middles of its columns. */
  readonly columns: readonly number[]
}

/** One row of rods in its own frame. */
export interface RodFrame {
  readonly y: number
  readonly width: number
  readonly height: number
  readonly beamY: number
  readonly rods: readonly Rod[]
}

export interface HeadDrawing {
  readonly width: number
  readonly height: number
  readonly beadWidth: number
  readonly beadHeight: number
  readonly frames: readonly RodFrame[]
}

const BEAD_WIDTH = 20
const BEAD_HEIGHT = 12
const COLUMN_GAP = 4
const ROD_GAP = 4
const PADDING = 10
const BEAM_GAP = 7
const FRAME_GAP = 10
const MAX_COLUMNS = 32
const MAX_BEADS_DOWN = 8

/** Columns of beads that a group of g query heads takes under its upper bead. */
const columnsOf = (groupSize: number): number => Math.ceil(groupSize / MAX_BEADS_DOWN)

/**
 * Lays out n_kv rods with n_h / n_kv lower beads each, at most 32 columns of beads a frame and 8 beads a column, so that
 * 128 heads stay readable. Beads have one size in all drawings: two models can be compared by eye.
 *
 * @param queryHeads n_h, a multiple of kvHeads
 * @param kvHeads n_kv
 */
export function drawHeads(queryHeads: number, kvHeads: number): HeadDrawing {
  const groupSize = queryHeads / kvHeads
  const columns = columnsOf(groupSize)
  const beadsDown = Math.ceil(groupSize / columns)
  const rodWidth = columns * (BEAD_WIDTH + COLUMN_GAP) - COLUMN_GAP
  const rodsAcross = Math.max(1, Math.min(kvHeads, Math.floor(MAX_COLUMNS / columns)))
  const frameWidth = 2 * PADDING + rodsAcross * (rodWidth + ROD_GAP) - ROD_GAP
  const frameHeight = 2 * PADDING + (beadsDown + 1) * BEAD_HEIGHT + 2 * BEAM_GAP
  const frames = Array.from({ length: Math.ceil(kvHeads / rodsAcross) }, (_, row): RodFrame => {
    const y = row * (frameHeight + FRAME_GAP)
    const inFrame = Math.min(rodsAcross, kvHeads - row * rodsAcross)
    const beamY = y + PADDING + BEAD_HEIGHT + BEAM_GAP
    return {
      y,
      width: 2 * PADDING + inFrame * (rodWidth + ROD_GAP) - ROD_GAP,
      height: frameHeight,
      beamY,
      rods: Array.from({ length: inFrame }, (_, rod): Rod => {
        const x = PADDING + rod * (rodWidth + ROD_GAP)
        return {
          upper: { x, y: y + PADDING, width: rodWidth },
          columns: Array.from(
            { length: columns },
            (_, column) => x + BEAD_WIDTH / 2 + column * (BEAD_WIDTH + COLUMN_GAP),
          ),
          lower: Array.from({ length: groupSize }, (_, bead) => ({
            x: x + Math.floor(bead / beadsDown) * (BEAD_WIDTH + COLUMN_GAP),
            y: beamY + BEAM_GAP + (bead % beadsDown) * BEAD_HEIGHT,
          })),
        }
      }),
    }
  })
  const height = frames.length * (frameHeight + FRAME_GAP) - FRAME_GAP
  return { width: frameWidth, height, beadWidth: BEAD_WIDTH, beadHeight: BEAD_HEIGHT, frames }
}

/** Outline of an abacus bead: two cones base to base, as an SVG path. */
export function beadPath({ x, y }: Bead, width: number, height: number): string {
  const tip = Math.min(height / 2, width / 3)
  const middle = y + height / 2
  const top = y + 0.5
  const bottom = y + height - 0.5
  return `M${x} ${middle}L${x + tip} ${top}H${x + width - tip}L${x + width} ${middle}L${x + width - tip} ${bottom}H${x + tip}Z`
}
