import type { XmlAttributes } from '../xml/parse-xml.ts'

interface Delimiters {
  begin: string
  separator: string
  end: string
  isBegun: boolean
}

/** The signs of equations that are not text but properties (ISO/IEC 29500-1 §22.1). */
export class EquationSigns {
  readonly #delimiters: Delimiters[] = []
  #operator = ''

  /** @returns the sign that a reader sees where this element begins */
  open(name: string, parent: string | undefined, attributes: XmlAttributes): string {
    const value = attributes['m:val']
    const delimiters = this.#delimiters.at(-1)
    switch (name) {
      case 'm:d':
        this.#delimiters.push({ begin: '(', separator: '|', end: ')', isBegun: false })
        return ''
      case 'm:begChr':
        if (delimiters !== undefined) delimiters.begin = value ?? ''
        return ''
      case 'm:sepChr':
        if (delimiters !== undefined) delimiters.separator = value ?? ''
        return ''
      case 'm:endChr':
        if (delimiters !== undefined) delimiters.end = value ?? ''
        return ''
      case 'm:e':
        return parent === 'm:d' && delimiters !== undefined ? begun(delimiters) : ''
      case 'm:naryPr':
        this.#operator = '∫'
        return ''
      case 'm:chr':
        if (parent === 'm:naryPr') this.#operator = value ?? ''
        return ''
      case 'm:rad':
        return '√'
      case 'm:den':
        return '/'
      default:
        return ''
    }
  }

  /** @returns the sign that a reader sees where this element ends */
  close(name: string): string {
    if (name === 'm:d') return this.#delimiters.pop()?.end ?? ''
    return name === 'm:naryPr' ? this.#operator : ''
  }
}

function begun(delimiters: Delimiters): string {
  const sign = delimiters.isBegun ? delimiters.separator : delimiters.begin
  delimiters.isBegun = true
  return sign
}
