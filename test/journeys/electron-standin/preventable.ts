/** An event whose listeners can prevent what would follow. */
export interface PreventableEvent {
  readonly defaultPrevented: boolean
  preventDefault(): void
}

export function preventable<T extends object>(details?: T): PreventableEvent & T {
  let isPrevented = false
  return {
    ...(details as T),
    get defaultPrevented() {
      return isPrevented
    },
    preventDefault() {
      isPrevented = true
    },
  }
}
