import { Page } from './page.ts'
import type { PlacedSheet } from './placed.ts'
import { sheetNames } from './safe-text.ts'
import type { ReportModel } from './sheet-model.ts'

/** Gives every block its rows. Pure. */
export function layOut(model: ReportModel): PlacedSheet[] {
  const names = sheetNames(model.sheets.map(({ name }) => name))
  return model.sheets.map((sheet, index) => {
    const page = new Page(sheet.widths)
    for (const block of sheet.blocks) page.add(block)
    const { rows, charts, tables, ruled, kept } = page
    return { name: names[index] ?? sheet.name, model: sheet, rows, charts, tables, ruled, kept }
  })
}
