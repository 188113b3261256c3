import { nextTick, type Ref, watch } from 'vue'

/** Pixels below the upper edge at which a page counts as the one being read. */
const EDGE = 40

/**
 * Keeps a scrolling text and a page number in step: scrolling changes the number, and a number from elsewhere scrolls to its
 * page.
 *
 * @param page from 1
 * @param pagesIn the pages' elements, in order
 */
export function usePageScroll(
  scroller: Readonly<Ref<HTMLElement | null>>,
  page: Ref<number>,
  pagesIn: (scroller: HTMLElement) => ArrayLike<Element>,
): {
  /** Call it on every scroll. */
  readonly followScroll: () => void
  /** Call it when the reader takes hold of the text. */
  readonly takeOver: () => void
  /** Scrolls to a place without following it by page. */
  readonly jumpTo: (element: Element | null) => void
} {
  /** The text scrolls because it was told to; where it ends up says nothing about the page. */
  let isLed = false
  let seen = page.value

  function followScroll(): void {
    const element = scroller.value
    if (element === null || isLed) return
    const pages = pagesIn(element)
    // A short last page never comes up to the edge.
    seen = isAtEnd(element) ? pages.length : pageAt(pages, element.getBoundingClientRect().top + EDGE)
    page.value = seen
  }

  watch(page, async (wanted) => {
    if (wanted === seen) return
    seen = wanted
    await nextTick()
    const element = scroller.value
    if (element === null) return
    isLed = true
    pagesIn(element)[wanted - 1]?.scrollIntoView({ block: 'start' })
  })

  return {
    followScroll,
    takeOver: () => (isLed = false),
    jumpTo(element) {
      isLed = false
      element?.scrollIntoView({ block: 'center' })
    },
  }
}

const isAtEnd = ({ scrollTop, clientHeight, scrollHeight }: HTMLElement): boolean =>
  scrollTop > 0 && scrollTop + clientHeight >= scrollHeight - 1

/** The last page that begins above a height, from 1. */
function pageAt(pages: ArrayLike<Element>, height: number): number {
  let [low, high] = [0, pages.length - 1]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    const top = pages[middle]?.getBoundingClientRect().top ?? Infinity
    if (top <= height) low = middle
    else high = middle - 1
  }
  return low + 1
}
