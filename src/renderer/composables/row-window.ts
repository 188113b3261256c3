import { computed, type ComputedRef, onBeforeUnmount, onMounted, type Ref, ref } from 'vue'

/** Rows drawn beyond what is seen, at either end. */
const MARGIN = 8

export interface RowRange {
  /** First row that is drawn, and the one after the last. */
  readonly first: number
  readonly end: number
}

/**
 * The rows of a long list that need to be drawn.
 *
 * @param scrolled pixels scrolled away at the top
 * @param height pixels that are seen
 */
export function rangeInView(scrolled: number, height: number, rowHeight: number, rows: number): RowRange {
  const first = Math.max(0, Math.min(Math.floor(scrolled / rowHeight), rows) - MARGIN)
  return { first, end: Math.min(rows, Math.ceil((scrolled + height) / rowHeight) + MARGIN) }
}

/** Follows what a scrolling element shows of a list whose rows are all of one height. */
export function useRowWindow(
  scroller: Readonly<Ref<HTMLElement | null>>,
  rows: () => number,
  rowHeight: number,
): {
  readonly range: ComputedRef<RowRange>
  /** Call it on every scroll. */
  followScroll(): void
  /** Scrolls as little as it takes to show a row beneath a header of the given height. */
  reveal(row: number, headerHeight: number): void
} {
  const scrolled = ref(0)
  const height = ref(0)

  function measure(): void {
    scrolled.value = scroller.value?.scrollTop ?? 0
    height.value = scroller.value?.clientHeight ?? 0
  }
  const observer = new ResizeObserver(measure)
  onMounted(() => {
    measure()
    if (scroller.value !== null) observer.observe(scroller.value)
  })
  onBeforeUnmount(() => observer.disconnect())

  function reveal(row: number, headerHeight: number): void {
    const element = scroller.value
    if (element === null) return
    const top = row * rowHeight
    const lowest = top + rowHeight + headerHeight - element.clientHeight
    element.scrollTop = Math.max(Math.min(element.scrollTop, top), lowest)
    measure()
  }

  return {
    range: computed(() => rangeInView(scrolled.value, height.value, rowHeight, rows())),
    followScroll: measure,
    reveal,
  }
}
