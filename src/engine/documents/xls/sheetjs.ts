import type * as SheetJsModule from 'xlsx'

import { BUILTIN_FORMATS } from '../cells/builtin-formats.ts'

/** A shape of a sheet, as SheetJS keeps it: its type and number ([MS-XLS] §2.5.143 FtCmo) and its text. */
interface ShapeObject {
  readonly cmo?: readonly [id: number, type: number]
  readonly TxO?: { readonly t?: string }
}

export type XlsCell = SheetJsModule.CellObject

export type Worksheet = SheetJsModule.DenseWorkSheet & {
  readonly '!objects'?: readonly (ShapeObject | undefined)[]
}

export interface Workbook {
  /** In the order of the tabs. */
  readonly sheets: readonly {
    readonly name: string
    readonly isHidden: boolean
    readonly worksheet: Worksheet
  }[]
  readonly isDate1904: boolean
  readonly hasMacros: boolean
}

/** A sheet of Excel 4 macros, by what SheetJS says beside its own types. */
function isMacroSheet(worksheet: Worksheet): boolean {
  const type: string | undefined = worksheet['!type']
  return type === 'macro'
}

/** The library as it was loaded. */
export type SheetJs = typeof SheetJsModule

/** Loads SheetJS with its code pages and with the formats that a file names by their ids only. */
export async function loadSheetJs(): Promise<SheetJs> {
  const [sheetJs, codepages] = await Promise.all([import('xlsx'), import('xlsx/dist/cpexcel.full.mjs')])
  sheetJs.set_cptable(codepages)
  // SheetJS knows them as in the United States.
  sheetJs.SSF.load_table({ ...BUILTIN_FORMATS })
  return sheetJs
}

/** Reads a workbook. @throws Error of SheetJS's */
export function readWorkbook(sheetJs: SheetJs, bytes: Uint8Array): Workbook {
  const workbook = sheetJs.read(bytes, {
    type: 'array',
    dense: true,
    cellStyles: true,
    cellNF: true,
    cellText: false,
    cellHTML: false,
    cellFormula: false,
    bookVBA: true,
  })
  const properties = workbook.Workbook
  const sheets = workbook.SheetNames.map((name, index) => {
    const worksheet = workbook.Sheets[name] as Worksheet | undefined
    if (worksheet?.['!data'] === undefined) throw new Error(`sheet ${index + 1}`)
    return { name, isHidden: (properties?.Sheets?.[index]?.Hidden ?? 0) !== 0, worksheet }
  })
  return {
    sheets,
    isDate1904: properties?.WBProps?.date1904 === true,
    hasMacros: workbook.vbaraw !== undefined || sheets.some(({ worksheet }) => isMacroSheet(worksheet)),
  }
}
