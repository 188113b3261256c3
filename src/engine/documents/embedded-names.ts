/** Longest name of one part that is kept, in UTF-16 code units. */
const LONGEST = 200
const UNNAMED = '-'

/**
 * Names of files inside a container as relative paths that mean no harm: no control characters, no steps upwards, no
 * roots. A name that was given before gets a number.
 */
export function embeddedNames(): (spelling: string) => string {
  const given = new Set<string>()
  return (spelling) => {
    const path = cleaned(spelling)
    let name = path
    for (let copy = 2; given.has(name); copy++) name = `${path} (${copy})`
    given.add(name)
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
