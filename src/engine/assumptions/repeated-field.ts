/** Strings, and what stands between them; all else of a JSON text has no part in names. */
const TOKENS = /"(?:[^"\\]+|\\.)*"|[{}[\]:,]/g

/** An object or an array whose end has not come yet. */
interface Open {
  /** Null for an array. */
  readonly names: Set<string> | null
  /** Name or place of what is being read in it. */
  at: string | number
}

/**
 * The first name that stands twice in one object, as a path.
 *
 * @param json valid JSON
 */
export function repeatedField(json: string): string | null {
  const open: Open[] = []
  let text = ''
  for (const [token] of json.matchAll(TOKENS)) {
    const here = open.at(-1)
    if (token === '{') open.push({ names: new Set(), at: '' })
    else if (token === '[') open.push({ names: null, at: 0 })
    else if (token === '}' || token === ']') open.pop()
    else if (token === ',' && typeof here?.at === 'number') here.at++
    else if (token === ':' && here?.names) {
      here.at = JSON.parse(text) as string
      if (here.names.has(here.at)) return open.map(({ at }) => at).join('.')
      here.names.add(here.at)
    } else text = token
  }
  return null
}
