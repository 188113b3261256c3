import type { ArmAnswer, GenerationEvent } from '../../../shared/contract/generation.ts'
import { toAppError } from '../../../shared/errors.ts'
import { encodeDocument } from '../../tokens/index.ts'
import type { ArmModel } from '../arm-model.ts'
import type { TextGenerator } from '../text-generator.ts'
import { fitPrompt } from './fit-prompt.ts'

type Timing = NonNullable<ArmAnswer['timing']>
type ArmState = Extract<GenerationEvent, { kind: 'state' }>['state']

export interface Question {
  readonly prompt: string
  readonly maxTokens: number
}

/** What a turn needs of a loaded model. */
export interface Generator extends Pick<TextGenerator, 'continue'> {
  readonly model: Pick<ArmModel, 'tokenizer' | 'maxPositions'>
}

/** Between two timing events of an arm. */
const TIMING_MS = 100

/**
 * One arm's part in a prompt: tells its state, text and timing, and ends in an answer. What goes wrong is this answer
 * too, so that it never stops another arm.
 */
export class ArmTurn {
  readonly #arm: number
  readonly #emit: (event: GenerationEvent) => void
  readonly #now: () => number
  #generator: Generator | undefined
  #text = ''
  #timing: Timing | null = null
  #answer: ArmAnswer | undefined

  constructor(
    arm: number,
    emit: (event: GenerationEvent) => void,
    now: () => number = () => performance.now(),
  ) {
    this.#arm = arm
    this.#emit = emit
    this.#now = now
    this.#tell('waiting')
  }

  /** The answer so far; of an arm that has not ended, one that was cancelled. */
  get answer(): ArmAnswer {
    return this.#answer ?? this.#answerThat('cancelled')
  }

  async load(open: (onLoading: () => void) => Promise<Generator>): Promise<void> {
    try {
      this.#generator = await open(() => this.#tell('loading'))
    } catch (error) {
      this.#fail(error)
    }
  }

  /** Does nothing where loading failed. */
  async generate({ prompt, maxTokens: asked }: Question, signal: AbortSignal): Promise<void> {
    if (this.#generator === undefined) return
    const { tokenizer, maxPositions } = this.#generator.model
    try {
      const whole = encodeDocument(tokenizer, prompt).ids
      const { ids, droppedTokens, maxTokens } = fitPrompt(whole, tokenizer, maxPositions, asked)
      const promptFacts = { promptTokens: ids.length, droppedTokens }
      this.#tell('prefill')
      const { tokens, stopped, ttftMs, tpotMs } = await this.#generator.continue(ids, {
        maxTokens,
        signal,
        onToken: this.#clock(promptFacts),
        onText: (text) => this.#write(text),
      })
      // As the model's own process measured it, without the way here.
      this.#timing = { ttftMs, tpotMs, newTokens: tokens.length, ...promptFacts }
      this.#end(this.#answerThat(stopped))
    } catch (error) {
      this.#fail(error)
    }
  }

  /** Keeps the time of tokens as they come. */
  #clock(promptFacts: Pick<Timing, 'promptTokens' | 'droppedTokens'>): () => void {
    const begun = this.#now()
    let first: number | undefined
    let told = -Infinity
    let newTokens = 0
    return () => {
      const now = this.#now()
      newTokens++
      if (first === undefined) this.#tell('decoding')
      first ??= now
      const tpotMs = newTokens < 2 ? null : (now - first) / (newTokens - 1)
      this.#timing = { ttftMs: first - begun, tpotMs, newTokens, ...promptFacts }
      if (now - told < TIMING_MS) return
      told = now
      this.#emit({ kind: 'timing', arm: this.#arm, timing: this.#timing })
    }
  }

  #write(text: string): void {
    this.#text += text
    this.#emit({ kind: 'text', arm: this.#arm, text })
  }

  #fail(error: unknown): void {
    const { code, params } = toAppError(error)
    if (code === 'cancelled') return this.#end(this.#answerThat('cancelled'))
    this.#end({ ...this.#answerThat('failed'), error: { code, params } })
  }

  #end(answer: ArmAnswer): void {
    this.#answer = answer
    this.#tell('ended')
  }

  #answerThat(stopped: ArmAnswer['stopped']): ArmAnswer {
    return { arm: this.#arm, text: this.#text, timing: this.#timing, stopped, error: null }
  }

  #tell(state: ArmState): void {
    this.#emit({ kind: 'state', arm: this.#arm, state })
  }
}
