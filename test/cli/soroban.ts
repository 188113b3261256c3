import { type ChildProcess, spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

import type { Locale } from '../../src/shared/messages/index.ts'

const MAIN = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url))
/** Compiled code shared by all child processes: halves their start-up. */
const COMPILE_CACHE = join(tmpdir(), 'soroban-test-compile-cache')

export interface CommandLine {
  /** SOROBAN_HOME. */
  readonly home: string
  /** SOROBAN_LANG; English unless told. */
  readonly lang?: Locale
  readonly env?: Readonly<Record<string, string>>
  /** Words before `node`, such as those of unshare. */
  readonly wrapper?: readonly string[]
  readonly cwd?: string
}

export interface Finished {
  readonly status: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  /** Without the lines that tell progress. */
  readonly stderr: string
}

/** The command line at work, in a process group of its own. */
export class RunningSoroban {
  readonly #child: ChildProcess
  readonly #listeners = new Set<() => void>()
  readonly finished: Promise<Finished>
  #stdout = ''
  #stderr = ''
  #isOver = false

  constructor(args: readonly string[], { home, lang = 'en', env = {}, wrapper = [], cwd }: CommandLine) {
    const [program = process.execPath, ...words] = [...wrapper, process.execPath, MAIN, ...args]
    this.#child = spawn(program, words, {
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        SOROBAN_HOME: home,
        SOROBAN_LANG: lang,
        NODE_COMPILE_CACHE: COMPILE_CACHE,
        ...env,
      },
      ...(cwd === undefined ? {} : { cwd }),
    })
    this.#child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.#stdout += text
      this.#tellListeners()
    })
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr += text
      this.#tellListeners()
    })
    this.finished = new Promise((resolve, reject) => {
      this.#child.on('error', reject)
      this.#child.on('close', (status, signal) => {
        this.#isOver = true
        this.#tellListeners()
        resolve({ status, signal, stdout: this.#stdout, stderr: withoutProgress(this.#stderr) })
      })
    })
  }

  /** The first match in what was said on stderr. Rejects when the process ends without it. */
  async said(pattern: RegExp): Promise<RegExpExecArray> {
    return this.until(() => pattern.exec(this.#stderr) ?? undefined)
  }

  /** Waits until `look` gives something, looking again whenever the process writes and every few milliseconds. */
  async until<T>(look: () => T | undefined): Promise<T> {
    for (;;) {
      const found = look()
      if (found !== undefined) return found
      if (this.#isOver) throw new Error(`ended too early: ${this.#stderr}`)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, 5)
        this.#listeners.add(() => {
          clearTimeout(timer)
          resolve()
        })
      })
      this.#listeners.clear()
    }
  }

  kill(signal: NodeJS.Signals): void {
    this.#child.kill(signal)
  }

  /** What a terminal does on Ctrl-C, and what ends a session: the signal goes to every process of the group. */
  killGroup(signal: NodeJS.Signals): void {
    process.kill(-this.#group, signal)
  }

  /** Processes of the group that are still there, children of children included. */
  get members(): readonly number[] {
    return processesOfGroup(this.#group)
  }

  /** Resolves once no process of the group is left; rejects, naming them, when some stay for 30 s. */
  async gone(): Promise<void> {
    for (let attempt = 0; attempt < 600; attempt++) {
      if (this.members.length === 0) return
      await delay(50)
    }
    throw new Error(`still there: ${this.members.map(commandLineOf).join('; ')}`)
  }

  get #group(): number {
    if (this.#child.pid === undefined) throw new Error('the process did not start')
    return this.#child.pid
  }

  #tellListeners(): void {
    for (const tell of this.#listeners) tell()
  }
}

const withoutProgress = (text: string): string =>
  text
    .split('\n')
    .filter((line) => !/[█░]{24}/.test(line))
    .join('\n')

/** Runs a command line to its end. */
export const soroban = (args: readonly string[], options: CommandLine): Promise<Finished> =>
  new RunningSoroban(args, options).finished

/** Runs a command line that must succeed and gives the JSON it prints. */
export async function sorobanJson<T = Record<string, unknown>>(
  args: readonly string[],
  options: CommandLine,
): Promise<T> {
  const { status, stdout, stderr } = await soroban([...args, '--json'], options)
  if (status !== 0) throw new Error(`exit ${status}: ${stderr}`)
  return JSON.parse(stdout) as T
}

function processesOfGroup(group: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      const stat = readProc(pid, 'stat')
      // The command's name, in parentheses, may hold anything; the fields follow: state, parent, group.
      const [state, , ownGroup] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      return Number(ownGroup) === group && state !== 'Z'
    })
}

const commandLineOf = (pid: number): string => `${pid} ${readProc(pid, 'cmdline').replaceAll('\0', ' ')}`

function readProc(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    return '' // It ended meanwhile.
  }
}
