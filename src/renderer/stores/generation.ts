import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'

import type { InputOf } from '../../shared/contract.ts'
import type { ArmAnswer, GenerationEvent } from '../../shared/contract/generation.ts'
import { type AppError, deserializeError, toAppError } from '../../shared/errors.ts'
import { useApi } from '../api.ts'
import { folderName } from '../folder-name.ts'

type ArmState = Extract<GenerationEvent, { kind: 'state' }>['state']
type GenerationInput = InputOf<'generation.run'>

/** One model's answer as it comes. */
export interface AnswerStream {
  /** The model folder's name. */
  readonly name: string
  readonly state: ArmState
  readonly text: string
  readonly timing: ArmAnswer['timing']
  /** How it ended; null until then. */
  readonly stopped: ArmAnswer['stopped'] | null
  readonly error: AppError | null
}

/** One prompt and what the models made of it. */
export interface Turn {
  readonly id: number
  readonly project: string
  /** The document that the passage comes from; null for free text. */
  readonly document: string | null
  readonly prompt: string
  readonly order: GenerationInput['order']
  readonly isRunning: boolean
  /** The baseline first. */
  readonly answers: readonly AnswerStream[]
  /** Why the whole call failed; what one model failed of stands in its answer. */
  readonly error: AppError | null
}

export interface GenerationRequest extends GenerationInput {
  readonly project: string
  readonly document: string | null
}

/** Tokens may come every millisecond; the page is told at most this often. */
const FLUSH_MS = 50
/** Older turns are let go of. */
const KEPT_TURNS = 30

/** Side-by-side generation: one prompt at a time, earlier ones kept for as long as the page lives. */
export const useGenerationStore = defineStore('generation', () => {
  const api = useApi()
  /** The latest first. */
  const turns = shallowRef<readonly Turn[]>([])
  const controller = shallowRef<AbortController | null>(null)
  const isRunning = computed(() => controller.value !== null)
  let lastId = 0

  const turnsOf = (project: string): readonly Turn[] => turns.value.filter((turn) => turn.project === project)

  /** Has all models continue one prompt; one call at a time. Every outcome ends up in the turn. */
  async function run({ project, document, ...input }: GenerationRequest): Promise<void> {
    if (controller.value !== null) return
    const ending = new AbortController()
    controller.value = ending
    let turn: Turn = {
      id: ++lastId,
      project,
      document,
      prompt: input.prompt,
      order: input.order,
      isRunning: true,
      answers: input.models.map((folder) => ({
        name: folderName(folder),
        state: 'waiting',
        text: '',
        timing: null,
        stopped: null,
        error: null,
      })),
      error: null,
    }
    turns.value = [turn, ...turns.value].slice(0, KEPT_TURNS)
    const show = (): void => {
      turns.value = turns.value.map((other) => (other.id === turn.id ? turn : other))
    }
    let flush: ReturnType<typeof setTimeout> | null = null
    try {
      const { answers } = await api.call('generation.run', input, {
        signal: ending.signal,
        onEvent: (event) => {
          turn = { ...turn, answers: turn.answers.map((answer, arm) => afterEvent(answer, arm, event)) }
          flush ??= setTimeout(() => {
            flush = null
            show()
          }, FLUSH_MS)
        },
      })
      turn = { ...turn, answers: turn.answers.map((answer, arm) => afterAnswer(answer, arm, answers)) }
    } catch (failure) {
      const error = toAppError(failure)
      turn = {
        ...turn,
        answers: turn.answers.map((answer) => afterInterruption(answer, error.code === 'cancelled')),
        error: error.code === 'cancelled' ? null : error,
      }
    } finally {
      if (flush !== null) clearTimeout(flush)
      turn = { ...turn, isRunning: false }
      controller.value = null
      show()
    }
  }

  /** Stops all models; what they have made stays. */
  function stop(): void {
    controller.value?.abort()
  }

  /** Forgets the earlier prompts of a project. */
  function clear(project: string): void {
    turns.value = turns.value.filter((turn) => turn.project !== project || turn.isRunning)
  }

  return { isRunning, turnsOf, run, stop, clear }
})

function afterEvent(answer: AnswerStream, arm: number, event: GenerationEvent): AnswerStream {
  if (event.arm !== arm) return answer
  switch (event.kind) {
    case 'state':
      return { ...answer, state: event.state }
    case 'text':
      return { ...answer, text: answer.text + event.text }
    case 'timing':
      return { ...answer, timing: event.timing }
  }
}

function afterAnswer(stream: AnswerStream, arm: number, answers: readonly ArmAnswer[]): AnswerStream {
  const answer = answers.find((candidate) => candidate.arm === arm)
  if (answer === undefined) return afterInterruption(stream, false)
  const { text, timing, stopped, error } = answer
  return {
    ...stream,
    state: 'ended',
    text,
    timing,
    stopped,
    error: error === null ? null : deserializeError(error),
  }
}

/** The call ended without this answer: what had come stays. */
const afterInterruption = (stream: AnswerStream, isCancelled: boolean): AnswerStream =>
  stream.state === 'ended'
    ? stream
    : { ...stream, state: 'ended', stopped: isCancelled ? 'cancelled' : 'failed' }
