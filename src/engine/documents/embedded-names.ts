/** Longest name of one part that is kept, in UTF-16 code units. */
const LONGEST = 200
const UNNAMED = '-'

/**
 * Names of files inside a container as relative paths that mean no harm: no control characters, no steps upwards, no
 * roots. A name that was given before gets a number.
 */
export function embeddedNames(): (spelling: string) => string {
  /** With the number of the next of the same name. */
  const given = new Map<string, number>()
  return (spelling) => {
    const path = cleaned(spelling)
    let name = path
    let copy = given.get(path) ?? 1
    while (given.has(name)) name = `${path} (${++copy})`
    given.set(path, copy)
    if (name !== path) given.set(name, 1)
    return name
  }
}

function cleaned(spelling: string): string {
  const parts = spelling
    .toWellFormed()
    .normalize('NFC')
    .replaceAll('\\', '/')
    .split('/')
    .map((part) =>
      part
        .replaceAll(/\p{Cc}/gu, '')
        .trim()
        .slice(0, LONGEST),
    )
    .filter((part) => part !== '' && part !== '.' && part !== '..')
  return parts.length === 0 ? UNNAMED : parts.join('/')
}
