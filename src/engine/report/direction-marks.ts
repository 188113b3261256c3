/** Characters that would show a text in another order than it has, as in a file name that hides its extension. */
const DIRECTION_MARKS = /[\u202a-\u202e\u2066-\u2069]/g

/** A text with such characters written out: `[U+202E]`. */
export const withVisibleDirection = (text: string): string =>
  text.replace(DIRECTION_MARKS, (mark) => `[U+${mark.charCodeAt(0).toString(16).toUpperCase()}]`)
