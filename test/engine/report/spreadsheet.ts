/** LibreOffice as an independent spreadsheet: opens a workbook, changes cells by name, computes everything anew. */
import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'

import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'

import { escapeXml } from '../../../src/engine/report/xml.ts'

const run = promisify(execFile)

/** `null`: an error of the spreadsheet, such as #N/A. */
export type Value = number | string | null
/** Values of cells by sheet and by address such as B7; cells that show nothing are not there. */
export type Values = ReadonlyMap<string, ReadonlyMap<string, Value>>

const MACRO = `
Function Argument(sName As String, vValue As Variant) As Variant
  Dim result As New com.sun.star.beans.PropertyValue
  result.Name = sName
  result.Value = vValue
  Argument = result
End Function

Sub Recalculate(sFrom As String, sTo As String, sChanges As String)
  Dim document As Object, cell As Object, change As Variant, parts As Variant
  document = StarDesktop.loadComponentFromURL(sFrom, "_blank", 0, Array(Argument("Hidden", True)))
  For Each change In Split(sChanges, Chr(10))
    If Len(change) > 0 Then
      parts = Split(change, Chr(9))
      cell = document.NamedRanges.getByName(parts(0)).getReferredCells().getCellByPosition(0, 0)
      If parts(1) = "number" Then cell.setValue(CDbl(Val(parts(2)))) Else cell.setString(parts(2))
    End If
  Next
  document.calculateAll()
  document.storeToURL(sTo, Array(Argument("FilterName", "Calc MS Excel 2007 XML")))
  document.close(True)
End Sub
`

const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
const NAMESPACE = 'xmlns:library="http://openoffice.org/2000/library"'

/** A profile of LibreOffice of its own with the macro in it; the first start fills it and would overwrite the macro. */
async function makeProfile(folder: string): Promise<void> {
  await soffice(folder, ['--terminate_after_init'])
  const basic = join(folder, 'user', 'basic')
  const files = {
    'script.xlc': `<library:libraries ${NAMESPACE}><library:library library:name="Standard" library:link="false"/></library:libraries>`,
    'Standard/script.xlb':
      `<library:library ${NAMESPACE} library:name="Standard" library:readonly="false" library:passwordprotected="false">` +
      '<library:element library:name="Workbook"/></library:library>',
    'Standard/Workbook.xba':
      '<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Workbook" script:language="StarBasic">' +
      `${escapeXml(MACRO)}</script:module>`,
  }
  await mkdir(join(basic, 'Standard'), { recursive: true })
  for (const [path, content] of Object.entries(files))
    await writeFile(join(basic, path), DECLARATION + content)
}

async function soffice(profile: string, args: readonly string[]): Promise<void> {
  try {
    await run('soffice', [
      `-env:UserInstallation=${pathToFileURL(profile).href}`,
      '--headless',
      '--norestore',
      '--nologo',
      ...args,
    ])
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
      throw new Error('These tests need LibreOffice: the program soffice is not on the PATH.', {
        cause: error,
      })
    throw error
  }
}

/**
 * Opens the workbook in LibreOffice, enters the changes in the cells of those defined names, recalculates and reads
 * every value.
 *
 * @param changes by defined name; texts without double quotes
 * @throws Error when soffice is missing
 */
export async function recalculate(
  workbook: Uint8Array,
  changes: Readonly<Record<string, number | string>> = {},
): Promise<Values> {
  return valuesIn(await changed(workbook, changes))
}

/** The workbook as LibreOffice stores it after the changes. */
async function changed(
  workbook: Uint8Array,
  changes: Readonly<Record<string, number | string>>,
): Promise<Uint8Array> {
  const folder = await mkdtemp(join(tmpdir(), 'soroban-spreadsheet-'))
  try {
    const [from, to, profile] = [join(folder, 'in.xlsx'), join(folder, 'out.xlsx'), join(folder, 'profile')]
    await writeFile(from, workbook)
    await makeProfile(profile)
    const lines = Object.entries(changes).map(([name, value]) => `${name}\t${typeof value}\t${value}`)
    const given = [pathToFileURL(from).href, pathToFileURL(to).href, lines.join('\n')]
    await soffice(profile, [
      `macro:///Standard.Workbook.Recalculate(${given.map((each) => `"${each}"`).join(',')})`,
    ])
    return await readFile(to)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** The workbook without the results that stand beside its formulas. */
export function stripCachedValues(workbook: Uint8Array): Uint8Array {
  return editSheets(workbook, (xml) => xml.replace(/(<\/f>|<f\/>)<v>[^<]*<\/v>/g, '$1'))
}

export function editSheets(workbook: Uint8Array, change: (xml: string) => string): Uint8Array {
  const parts = unzipSync(workbook)
  for (const [path, bytes] of Object.entries(parts))
    if (path.startsWith('xl/worksheets/sheet')) parts[path] = strToU8(change(strFromU8(bytes)))
  return zipSync(parts)
}

/** A text as it was before it was written in XML. */
export const unescapedXml = (xml: string): string =>
  xml
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replaceAll('&amp;', '&')

/** A text as a cell has it: written in XML, and with the escape form of spreadsheets. */
const cellText = (xml: string): string =>
  unescapedXml(xml).replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  )

const attribute = (tag: string, name: string): string | undefined =>
  new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1]

const textIn = (xml: string): string =>
  cellText(
    [...xml.matchAll(/<t[ >][^<]*<\/t>|<t>[^<]*<\/t>/g)].map(([t]) => t.replace(/<[^>]*>/g, '')).join(''),
  )

/** Every value that stands in a workbook, the results of formulas included. */
export function valuesIn(workbook: Uint8Array): Values {
  const parts = unzipSync(workbook)
  const part = (path: string): string => {
    const bytes = parts[path]
    return bytes === undefined ? '' : strFromU8(bytes)
  }
  const shared = [...part('xl/sharedStrings.xml').matchAll(/<si>(.*?)<\/si>/gs)].map(([, si]) =>
    textIn(si ?? ''),
  )
  const targets = new Map(
    [...part('xl/_rels/workbook.xml.rels').matchAll(/<Relationship [^>]*>/g)].map(([tag]) => [
      attribute(tag, 'Id'),
      attribute(tag, 'Target') ?? '',
    ]),
  )
  const sheets = [...part('xl/workbook.xml').matchAll(/<sheet [^>]*>/g)].map(
    ([tag]): [string, Map<string, Value>] => {
      const target = targets.get(attribute(tag, 'r:id')) ?? ''
      const xml = part(`xl/${target.replace(/^\/?xl\//, '')}`)
      const cells = new Map<string, Value>()
      for (const [, tag = '', inside = ''] of xml.matchAll(/(<c [^>]*?)(?:\/>|>(.*?)<\/c>)/gs)) {
        const value = /<v[^>]*>([^<]*)<\/v>/.exec(inside)?.[1]
        const kind = attribute(tag, 't')
        const address = attribute(tag, 'r') ?? ''
        const read = (): Value => {
          if (kind === 'inlineStr') return textIn(inside)
          if (kind === 's') return shared[Number(value)] ?? ''
          if (kind === 'str') return cellText(value ?? '')
          return kind === 'e' ? null : Number(value)
        }
        if (value === undefined && kind !== 'inlineStr') continue
        const shown = read()
        if (shown !== '') cells.set(address, shown)
      }
      return [unescapedXml(attribute(tag, 'name') ?? ''), cells]
    },
  )
  return new Map(sheets)
}

/** Cells that differ by more than 10⁻⁹ of their value; a text that is empty may be stored as no cell. */
export function differences(
  actual: Values,
  expected: Values,
  sheets: readonly string[] = [...expected.keys()],
): readonly unknown[] {
  const same = (a: Value | undefined, b: Value): boolean =>
    typeof a === 'number' && typeof b === 'number'
      ? Math.abs(a - b) <= 1e-9 * Math.abs(b)
      : a === b || (a === undefined && b === '')
  return sheets.flatMap((sheet) =>
    [...expected.get(sheet)!]
      .filter(([address, value]) => !same(actual.get(sheet)?.get(address), value))
      .map(([address, value]) => [sheet, address, value, actual.get(sheet)?.get(address)]),
  )
}
