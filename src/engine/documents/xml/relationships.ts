import { damaged, type PartContext } from '../zip/damaged.ts'
import type { ZipArchive } from '../zip/zip-archive.ts'
import { parseXml } from './parse-xml.ts'

/** How one part of an Open XML document refers to another (ISO/IEC 29500-2 §6.5). */
export interface Relationship {
  /** The last segment of the type's URI: `styles`, `slide`, `image`. */
  readonly type: string
  /** The absolute name of the part without the leading slash; of an external one, its address. */
  readonly target: string
  readonly isExternal: boolean
}

/**
 * The relationships of a part by their ids; none where it has no relationships part.
 *
 * @param part '' for those of the package
 */
export function readRelationships(
  archive: ZipArchive,
  part: string,
  context: PartContext,
): ReadonlyMap<string, Relationship> {
  const folder = part.slice(0, part.lastIndexOf('/') + 1)
  const relationshipsPart = `${folder}_rels/${part.slice(folder.length)}.rels`
  const relationships = new Map<string, Relationship>()
  if (!archive.has(relationshipsPart)) return relationships
  const open = (name: string, attributes: Readonly<Record<string, string>>): void => {
    const { Id: id, Type: type, Target: address } = attributes
    if (name !== 'rel:Relationship' || id === undefined || type === undefined || address === undefined) return
    const isExternal = attributes['TargetMode'] === 'External'
    const target = isExternal ? address : partName(archive, folder, address)
    relationships.set(id, { type: type.slice(type.lastIndexOf('/') + 1), target, isExternal })
  }
  parseXml(archive, relationshipsPart, { open }, context)
  return relationships
}

/** The name of the part that the package starts with. @throws AppError documents/damaged where there is none */
export function mainPart(archive: ZipArchive, context: PartContext): string {
  for (const { type, target, isExternal } of readRelationships(archive, '', context).values()) {
    if (type === 'officeDocument' && !isExternal) return target
  }
  throw damaged(context, '_rels/.rels')
}

/** The part that an address given in `folder` means; as it is spelt, or with its percent escapes decoded. */
function partName(archive: ZipArchive, folder: string, address: string): string {
  const path = (address.split('#', 1)[0] ?? '').replaceAll('\\', '/')
  const segments: string[] = []
  for (const segment of (path.startsWith('/') ? path : `${folder}${path}`).split('/')) {
    if (segment === '..') segments.pop()
    else if (segment !== '' && segment !== '.') segments.push(segment)
  }
  const name = segments.join('/')
  return archive.has(name) ? name : decodedEscapes(name)
}

function decodedEscapes(name: string): string {
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}
