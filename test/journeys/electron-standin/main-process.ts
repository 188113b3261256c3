import { type ChildProcess, fork } from 'node:child_process'
import { EventEmitter, once } from 'node:events'

import type { FromMain, ShownDialog, ToMain } from './control.ts'
import { SETTINGS_VARIABLE, type StandinSettings } from './settings.ts'

const REGISTER = new URL('./register.ts', import.meta.url).href

/** What the `dialog` functions of Electron would resolve with. */
export type DialogAnswer = (dialog: ShownDialog) => unknown

type Told<K extends FromMain['kind']> = Extract<FromMain, { kind: K }>

/** The stand-in's main process as the test sees it. */
export class MainProcess {
  readonly #child: ChildProcess
  readonly #told: FromMain[] = []
  readonly #changes = new EventEmitter()
  readonly #open = new Map<number, ShownDialog>()
  #answer: DialogAnswer | undefined
  #stderr = ''
  /** Its exit code; null when a signal ended it. */
  readonly exited: Promise<number | null>

  constructor(program: string, env: NodeJS.ProcessEnv, settings: StandinSettings) {
    this.#child = fork(program, [], {
      execArgv: ['--import', REGISTER],
      env: { ...env, [SETTINGS_VARIABLE]: JSON.stringify(settings) },
      stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
    })
    this.exited = once(this.#child, 'exit').then(([code]) => code as number | null)
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr += text
      this.#changes.emit('change')
    })
    this.#child.on('message', (message: FromMain) => {
      this.#told.push(message)
      if (message.kind === 'dialog') this.#show(message)
      this.#changes.emit('change')
    })
  }

  get pid(): number {
    return this.#child.pid ?? 0
  }

  get stderr(): string {
    return this.#stderr
  }

  /** Everything of one kind that main has told so far, in order. */
  told<K extends FromMain['kind']>(kind: K): Told<K>[] {
    return this.#told.filter((message): message is Told<K> => message.kind === kind)
  }

  /** Waits until `find` finds something in what main has told or written. */
  async until<T>(find: (main: this) => T | undefined): Promise<T> {
    for (;;) {
      const found = find(this)
      if (found !== undefined) return found
      await this.whileRunning(once(this.#changes, 'change'))
    }
  }

  /** What is waited for. @throws Error when main ends before, with what it wrote */
  async whileRunning<T>(awaited: Promise<T>): Promise<T> {
    const ended = this.exited.then((code): never => {
      throw new Error(`the main process ended with ${code}:\n${this.#stderr}`)
    })
    return await Promise.race([awaited, ended])
  }

  /** How dialogs are answered from now on, those that stand open included. */
  answerDialogs(answer: DialogAnswer): void {
    this.#answer = answer
    for (const [id, dialog] of this.#open) this.#reply(id, dialog)
  }

  order(order: ToMain): void {
    if (this.#child.connected) this.#child.send(order)
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal)
  }

  #show({ id, dialog }: Told<'dialog'>): void {
    this.#open.set(id, dialog)
    this.#reply(id, dialog)
  }

  #reply(id: number, dialog: ShownDialog): void {
    if (this.#answer === undefined) return
    this.#open.delete(id)
    this.order({ kind: 'dialog-answer', id, answer: this.#answer(dialog) })
  }
}
