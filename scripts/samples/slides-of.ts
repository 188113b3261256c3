import type { Block, Inline } from '../office/blocks.ts'
import type { Slide } from '../office/flat-slides.ts'

const LONGEST_POINT = 160
const MOST_POINTS = 8

/** Minutes as the slides of the meeting: a section a slide, long paragraphs as what the speaker says. */
export function slidesOf(blocks: readonly Block[]): Slide[] {
  const slides: { title: string; points: string[]; notes: string[]; table?: string[][] }[] = []
  const open = (title: string): (typeof slides)[number] => {
    const slide = { title, points: [], notes: [] }
    slides.push(slide)
    return slide
  }
  for (const block of blocks) {
    const current = slides.at(-1) ?? open('')
    if (block.kind === 'heading') open(plain(block.content))
    else if (block.kind === 'table') {
      const place = current.points.length > 0 || current.table ? open(current.title) : current
      place.table = block.rows.map((cells) => cells.map(plain))
    } else if ('content' in block) {
      const text = plain(block.content)
      const isLong = text.length > LONGEST_POINT
      const place =
        !isLong && (current.points.length >= MOST_POINTS || current.table) ? open(current.title) : current
      if (isLong) place.notes.push(text)
      else place.points.push(text)
    }
  }
  return slides
    .filter(({ title, points, table }) => title !== '' || points.length > 0 || table)
    .map(({ title, points, notes, table }) => ({
      title,
      points,
      ...(table ? { table } : {}),
      ...(notes.length > 0 ? { notes: notes.join('\n') } : {}),
    }))
}

function plain(content: readonly Inline[]): string {
  return content.map((inline) => (inline.kind === 'text' ? inline.text : '')).join('')
}
