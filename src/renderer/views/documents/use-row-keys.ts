import { ref, type Ref } from 'vue'

const ROWS_A_PAGE = 12

/** What the keyboard and the mouse do to a list of rows. */
export interface RowActions {
  readonly rows: () => number
  /** Brings a row into sight. */
  readonly reveal: (row: number) => void
  readonly open: (row: number) => void
  readonly toggleMark: (row: number) => void
  /** Marks all rows from one to the other, in either direction. */
  readonly markRange: (from: number, to: number) => void
  readonly markAll: () => void
}

/**
 * A list that is one stop of the Tab key: arrows, Page Up and Down, Home and End move the active row, Enter opens it, Space
 * marks it, with Shift a range is marked, and Ctrl+A marks all.
 */
export function useRowKeys({ rows, reveal, open, toggleMark, markRange, markAll }: RowActions): {
  readonly active: Ref<number>
  readonly moveTo: (row: number) => void
  readonly handleKey: (event: KeyboardEvent) => void
  readonly handleClick: (row: number, event: MouseEvent) => void
} {
  const active = ref(0)

  function moveTo(row: number): void {
    active.value = Math.max(0, Math.min(row, rows() - 1))
    reveal(active.value)
  }

  const MOVES: Readonly<Record<string, () => number>> = {
    ArrowDown: () => active.value + 1,
    ArrowUp: () => active.value - 1,
    PageDown: () => active.value + ROWS_A_PAGE,
    PageUp: () => active.value - ROWS_A_PAGE,
    Home: () => 0,
    End: () => rows() - 1,
  }

  function handleKey(event: KeyboardEvent): void {
    // The controls inside answer their own keys.
    if (event.target !== event.currentTarget) return
    const target = MOVES[event.key]
    if (target !== undefined) {
      const from = active.value
      moveTo(target())
      if (event.shiftKey) markRange(from, active.value)
    } else if (event.key === 'Enter') open(active.value)
    else if (event.key === ' ') toggleMark(active.value)
    else if (event.key === 'a' && (event.ctrlKey || event.metaKey)) markAll()
    else return
    event.preventDefault()
  }

  function handleClick(row: number, event: MouseEvent): void {
    if (event.shiftKey) markRange(active.value, row)
    else if (event.ctrlKey || event.metaKey) toggleMark(row)
    else open(row)
    active.value = row
  }

  return { active, moveTo, handleKey, handleClick }
}
