import type { EChartsType } from 'echarts/core'
import { onBeforeUnmount, type ShallowRef, watch } from 'vue'

import { isDark } from '../../composables/theme.ts'
import type { ChartTheme, ChartWords } from './chart-option.ts'
import type { ChartSpec } from './chart-spec.ts'
import { colorToken } from './series-look.ts'

export interface Drawn {
  readonly spec: ChartSpec
  readonly words: ChartWords
}

/**
 * Keeps a chart drawn in an element, as wide as that is and in the colours of the page, while the element is there.
 *
 * @param onFailure without a canvas, or with the drawing's chunk out of reach
 */
export function useDrawing(
  canvas: Readonly<ShallowRef<HTMLElement | null>>,
  drawn: () => Drawn,
  onFailure: () => void,
): void {
  let drawing: EChartsType | null = null
  let isGone = false
  let width = 0
  const observer = new ResizeObserver(() => {
    if (canvas.value === null || canvas.value.clientWidth === width) return
    drawing?.resize()
    void draw()
  })

  /** ECharts and its options come in a chunk of their own, with the first chart. */
  async function draw(): Promise<void> {
    const element = canvas.value
    if (element === null) return
    try {
      const [{ init }, { chartOption }] = await Promise.all([
        import('./echarts.ts'),
        import('./chart-option.ts'),
      ])
      if (isGone || canvas.value !== element) return
      if (drawing === null) {
        drawing = init(element)
        observer.observe(element)
      }
      const { spec, words } = drawn()
      width = element.clientWidth
      drawing.setOption(chartOption(spec, themeOf(element), words, width), { notMerge: true })
    } catch {
      onFailure()
    }
  }

  function erase(): void {
    observer.disconnect()
    drawing?.dispose()
    drawing = null
  }

  watch([drawn, isDark], draw, { flush: 'post' })
  watch(canvas, () => {
    erase()
    void draw()
  })
  onBeforeUnmount(() => {
    isGone = true
    erase()
  })
}

function themeOf(element: HTMLElement): ChartTheme {
  const style = getComputedStyle(element)
  const token = (name: string): string => style.getPropertyValue(name).trim()
  return {
    text: token('--text'),
    muted: token('--text-muted'),
    border: token('--border'),
    surface: token('--surface-0'),
    font: token('--font'),
    seriesColor: (color) => token(colorToken(color)),
  }
}
