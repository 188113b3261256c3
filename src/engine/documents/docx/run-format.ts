import { isOn } from '../open-xml/attribute-values.ts'
import type { XmlAttributes } from '../xml/parse-xml.ts'
import type { Styles } from './styles.ts'
import { isSymbolFont } from '../fonts/symbol-fonts.ts'

/** The properties of one run that decide what a reader sees. */
export class RunFormat {
  #vanish: boolean | undefined
  #style: string | undefined
  /** Its font, where that shows signs in place of letters. */
  symbolFont: string | undefined

  /** Takes a property, a child of `w:rPr`. */
  set(name: string, attributes: XmlAttributes): void {
    if (name === 'w:vanish') this.#vanish = isOn(attributes['w:val'])
    else if (name === 'w:rStyle') this.#style = attributes['w:val']
    else if (name === 'w:rFonts') {
      const font = attributes['w:ascii'] ?? attributes['w:hAnsi'] ?? ''
      if (isSymbolFont(font)) this.symbolFont = font
    }
  }

  /** Whether the text is hidden: by itself, else by its style, else by its paragraph's. */
  isHidden(styles: Styles, paragraphStyle: string | undefined): boolean {
    return this.#vanish ?? styles.isHidden(this.#style) ?? styles.isHidden(paragraphStyle) ?? false
  }
}
