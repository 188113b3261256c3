import { readFileSync } from 'node:fs'

/**
 * Largest resident set of this process so far in bytes; null where the system does not tell. Linux keeps the figure of
 * getrusage across fork and exec, so that a small child would report its parent's peak; VmHWM begins anew with exec.
 */
export function peakRssBytes(): number | null {
  // libuv gives this peak in KiB on every platform.
  if (process.platform !== 'linux') return process.resourceUsage().maxRSS * 1024
  const kibibytes = /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]
  return kibibytes === undefined ? null : Number(kibibytes) * 1024
}
