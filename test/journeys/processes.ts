import { readdirSync, readFileSync } from 'node:fs'

/** The engine's process among those that `root` has started; null while there is none. */
export function engineBelow(root: number): number | null {
  return (
    descendantsOf(root).find((pid) => /[\\/]host[\\/]main\.(?:ts|js)/.test(readProc(pid, 'cmdline'))) ?? null
  )
}

/** Processes started by `root`, and by those. */
export function descendantsOf(root: number): number[] {
  const parents = new Map(
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((name) => [Number(name), parentOf(Number(name))]),
  )
  const found = [root]
  for (const ancestor of found) {
    for (const [pid, parent] of parents) if (parent === ancestor) found.push(pid)
  }
  return found.slice(1)
}

function parentOf(pid: number): number {
  const stat = readProc(pid, 'stat')
  // The command's name, in parentheses, may hold anything; the fields follow: state, parent.
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
}

function readProc(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    return '' // It ended meanwhile.
  }
}
