import { ListCounter } from '../open-xml/list-counter.ts'
import type { ListDefinitions, ListLevel } from './list-definitions.ts'
import type { ListPosition, Styles } from './styles.ts'
import { symbolCharacter } from '../fonts/symbol-fonts.ts'

const BULLET = '•'

/** Counts the paragraphs of lists and says what a reader sees before each (ISO/IEC 29500-1 §17.9). */
export class Numbering {
  readonly #definitions: ListDefinitions
  readonly #styles: Styles
  readonly #counter = new ListCounter()

  constructor(definitions: ListDefinitions, styles: Styles) {
    this.#definitions = definitions
    this.#styles = styles
  }

  /**
   * The number of the next paragraph with what sets it apart from the text; empty for one that has none.
   *
   * @param direct what the paragraph itself says
   */
  next(direct: ListPosition, paragraphStyle: string | undefined): string {
    const inherited = this.#styles.list(paragraphStyle)
    const numId = direct.numId ?? inherited.numId
    const list = numId === undefined ? undefined : this.#definitions.list(numId, this.#styles)
    if (numId === undefined || list === undefined) return ''
    const ofStyle = list.levels.findIndex(
      (level) => level.style !== undefined && level.style === inherited.style,
    )
    const fromStyle = ofStyle === -1 ? inherited.level : ofStyle
    const position = direct.level ?? (direct.numId === undefined ? fromStyle : undefined) ?? 0
    const level = list.levels[position]
    if (level === undefined) return ''
    const number = this.#counter.next(list.abstractId, numId, list.levels, position)
    const text = level.format === 'bullet' ? bullet(level) : number
    return text === '' || level.suffix === 'nothing' ? text : `${text} `
  }
}

/** The sign of a bullet; what only its font knows is shown as the common one. */
function bullet({ text, font }: ListLevel): string {
  return [...text]
    .map((sign) => {
      const code = sign.codePointAt(0) ?? 0
      const shown = symbolCharacter(font, code)
      return shown === undefined || /\p{Co}/u.test(shown) ? BULLET : shown
    })
    .join('')
}
