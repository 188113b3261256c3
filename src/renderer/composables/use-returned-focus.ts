import { nextTick, onUnmounted } from 'vue'

/** Gives the focus back, when a dialog goes, to what had it before. */
export function useReturnedFocus(): void {
  const before = document.activeElement
  onUnmounted(async () => {
    await nextTick()
    const isTaken = document.activeElement !== null && document.activeElement !== document.body
    if (!isTaken && before instanceof HTMLElement && before.isConnected) before.focus()
  })
}
