import { type MenuEntry, tellTest } from './control.ts'

export class Menu {
  readonly template: readonly MenuEntry[]

  constructor(template: readonly MenuEntry[]) {
    this.template = template
  }

  static buildFromTemplate(template: readonly MenuEntry[]): Menu {
    return new Menu(template)
  }

  static setApplicationMenu({ template }: Menu): void {
    tellTest({ kind: 'menu', template })
  }

  popup(): void {
    tellTest({ kind: 'menu', template: this.template })
  }
}
