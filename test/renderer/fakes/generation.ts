import type { ProcedureCall } from '../../../src/rpc/handlers.ts'
import type { InputOf, OutputOf } from '../../../src/shared/contract.ts'
import type { ArmAnswer } from '../../../src/shared/contract/generation.ts'

const ANSWERS = [
  '砥石の切り替えは品質保証部への届け出が必要な変更にあたります。購買課が銘柄の変更を把握した時点で、変更の届け出を起票します。',
  '砥石の切り替えは品質保証部への届け出が必要な変更です。購買課が銘柄変更を把握したら、その時点で届け出を起票してください。',
] as const

/** Two fluent answers, a few characters at a time. */
export async function generate(
  { models, maxTokens, order, prompt }: InputOf<'generation.run'>,
  { emit, signal }: ProcedureCall<'generation.run'>,
  pause: (milliseconds: number) => Promise<void>,
): Promise<OutputOf<'generation.run'>> {
  async function answer(arm: number): Promise<ArmAnswer> {
    const pieces = (ANSWERS[arm % 2] ?? '').match(/.{1,3}/gsu) ?? []
    const tpotMs = arm === 0 ? 46 : 38
    const timingAt = (newTokens: number) => ({
      ttftMs: arm === 0 ? 412 : 371,
      tpotMs: newTokens < 2 ? null : tpotMs,
      promptTokens: Math.ceil(prompt.length / 2),
      droppedTokens: 0,
      newTokens,
    })
    emit({ kind: 'state', arm, state: 'loading' })
    await pause(200)
    emit({ kind: 'state', arm, state: 'prefill' })
    await pause(400)
    emit({ kind: 'state', arm, state: 'decoding' })
    let text = ''
    let newTokens = 0
    for (const piece of pieces.slice(0, maxTokens)) {
      if (signal.aborted) break
      text += piece
      newTokens++
      emit({ kind: 'text', arm, text: piece })
      emit({ kind: 'timing', arm, timing: timingAt(newTokens) })
      await pause(tpotMs)
    }
    emit({ kind: 'state', arm, state: 'ended' })
    const stopped = signal.aborted ? 'cancelled' : newTokens < pieces.length ? 'length' : 'eos'
    return { arm, text, timing: timingAt(newTokens), stopped, error: null }
  }

  const arms = models.map((_, arm) => arm)
  for (const arm of arms) emit({ kind: 'state', arm, state: 'waiting' })
  if (order === 'together') return { answers: await Promise.all(arms.map(answer)) }
  const answers: ArmAnswer[] = []
  for (const arm of arms) answers.push(await answer(arm))
  return { answers }
}
