import { onOrder, type ShownDialog, tellTest } from './control.ts'

const waiting = new Map<number, (answer: unknown) => void>()
let nextId = 0

onOrder('dialog-answer', ({ id, answer }) => {
  waiting.get(id)?.(answer)
  waiting.delete(id)
})

/** Shows a dialog to the test and waits for its answer, as a person may let one stand. */
function show(kind: ShownDialog['kind'], options: ShownDialog['options']): Promise<unknown> {
  const id = nextId++
  const answer = Promise.withResolvers<unknown>()
  waiting.set(id, answer.resolve)
  tellTest({ kind: 'dialog', id, dialog: { kind, options } })
  return answer.promise
}

type Options = ShownDialog['options']

export const dialog = {
  showOpenDialog: (_window: unknown, options: Options) => show('open', options),
  showSaveDialog: (_window: unknown, options: Options) => show('save', options),
  showMessageBox: (_window: unknown, options: Options) => show('message', options),
  showErrorBox: (title: string, content: string): void =>
    tellTest({ kind: 'dialog', id: nextId++, dialog: { kind: 'error', options: { title, content } } }),
}
