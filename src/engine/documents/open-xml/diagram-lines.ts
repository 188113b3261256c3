import { parseXml, type XmlAttributes } from '../xml/parse-xml.ts'
import type { PartContext } from '../zip/damaged.ts'
import type { ZipArchive } from '../zip/zip-archive.ts'

interface Point {
  readonly id: string
  readonly lines: string[]
}

interface Connection {
  readonly to: string
  readonly order: number
}

/**
 * The text of a diagram (SmartArt) by its data model (ISO/IEC 29500-1 §21.4.3): each point's paragraphs before those
 * of its children, in their order.
 */
export function diagramLines(archive: ZipArchive, part: string, context: PartContext): readonly string[] {
  const points = new Map<string, Point>()
  const children = new Map<string, Connection[]>()
  const inner = new Set<string>()
  let point: Point | undefined
  let line: string | undefined
  let isText = false
  const open = (name: string, attributes: XmlAttributes): void => {
    if (name === 'dgm:pt') {
      point = { id: attributes['modelId'] ?? '', lines: [] }
      points.set(point.id, point)
    } else if (name === 'dgm:cxn' && (attributes['type'] ?? 'parOf') === 'parOf') {
      const { srcId = '', destId = '', srcOrd } = attributes
      const connections = children.get(srcId) ?? []
      children.set(srcId, connections)
      connections.push({ to: destId, order: Number(srcOrd ?? 0) })
      inner.add(destId)
    } else if (name === 'a:p') line = ''
    else if (name === 'a:br' && line !== undefined) line += '\n'
    else isText = name === 'a:t'
  }
  const close = (name: string): void => {
    if (name === 'a:t') isText = false
    else if (name === 'dgm:pt') point = undefined
    else if (name === 'a:p') {
      if (line !== undefined && line.trim() !== '') point?.lines.push(line)
      line = undefined
    }
  }
  const text = (piece: string): void => {
    if (isText && line !== undefined) line += piece
  }
  parseXml(archive, part, { open, close, text }, context)
  const roots = [...points.keys()].filter((id) => !inner.has(id))
  return inTreeOrder(roots, children).flatMap((id) => points.get(id)?.lines ?? [])
}

/** Each id once, before its children. */
function inTreeOrder(
  roots: readonly string[],
  children: ReadonlyMap<string, readonly Connection[]>,
): readonly string[] {
  const seen = new Set<string>()
  const waiting = roots.toReversed()
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (seen.has(id)) continue
    seen.add(id)
    const ordered = (children.get(id) ?? []).toSorted((one, other) => other.order - one.order)
    for (const { to } of ordered) waiting.push(to)
  }
  return [...seen]
}
