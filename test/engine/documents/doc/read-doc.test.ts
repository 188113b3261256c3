import { readFile } from 'node:fs/promises'

import { describe, expect, it } from 'vitest'
import { CFB } from 'xlsx'

import { DEFAULT_LIMITS } from '../../../../src/engine/documents/document.ts'
import { readDoc } from '../../../../src/engine/documents/doc/read-doc.ts'
import { failureOf } from '../../../fixtures/app-error.ts'
import { readerInput } from '../plain/reader-input.ts'
import { rulesText } from '../rtf/rules-text.ts'

const fixture = async (name: string): Promise<Uint8Array> =>
  new Uint8Array(await readFile(`test/fixtures/documents/doc/${name}`))
const rules = async (): Promise<Uint8Array> => await fixture('rules.doc')

/** A document with its main stream changed, written anew by another library. */
async function changed(
  change: (main: DataView) => void,
  extra: readonly string[] = [],
  name = 'rules.doc',
): Promise<Uint8Array> {
  const container = CFB.read(await fixture(name), { type: 'buffer' })
  const main = Uint8Array.from(CFB.find(container, '/WordDocument')!.content as Uint8Array)
  change(new DataView(main.buffer))
  CFB.utils.cfb_del(container, '/WordDocument')
  CFB.utils.cfb_add(container, '/WordDocument', main)
  for (const path of extra) CFB.utils.cfb_add(container, path, Buffer.from('x'))
  return Uint8Array.from(CFB.write(container, { type: 'buffer' }) as Uint8Array)
}

describe('readDoc', () => {
  it('reads a document of LibreOffice whole', async () => {
    const { text, steps, health } = await readDoc(readerInput('rules.doc', await rules()))
    expect(text).toBe(rulesText(['1.領収書を添付する', '2.上長の承認を得る']))
    expect(steps).toEqual(['ruby-readings', 'hidden-text', 'deleted-text', 'page-furniture'])
    expect(health).toEqual({ macros: false })
  })

  it('reads signs by the names of their fonts', async () => {
    const { text } = await readDoc(readerInput('signs.doc', await fixture('signs.doc')))
    expect(text).toBe('α✓☒x')
  })

  it('reads signs that Word puts in place of a character', async () => {
    // LibreOffice never writes them so: its first sign, α with its fonts (sprmCRgFtc…), is made one of Word's.
    const properties = Buffer.from('504a05005e4a05004f4a0100514a0100', 'hex')
    // sprmCSymbol with U+F0FC of Wingdings, sprmCFSpec, and what fills the rest: a font, not bold ([MS-DOC] §2.6.1).
    const ofWord = Buffer.from('096a0700fcf0' + '550801' + '504a0500' + '350800', 'hex')
    const bytes = await changed(
      (main) => {
        const content = Buffer.from(main.buffer)
        content.writeUInt16LE('('.charCodeAt(0), content.indexOf('61f0', 'hex'))
        expect(content.indexOf(properties)).toBeGreaterThan(0)
        ofWord.copy(content, content.indexOf(properties))
      },
      [],
      'signs.doc',
    )
    const { text } = await readDoc(readerInput('signs.doc', bytes))
    expect(text).toBe('✓✓☒x')
  })

  it('tells of macros', async () => {
    const bytes = await changed(() => undefined, ['/Macros/VBA/dir'])
    const { text, health } = await readDoc(readerInput('rules.doc', bytes))
    expect(text).toBe(rulesText(['1.領収書を添付する', '2.上長の承認を得る']))
    expect(health).toEqual({ macros: true })
  })

  it.each([
    [
      'an encrypted document',
      (main: DataView) => main.setUint16(10, main.getUint16(10, true) | 0x100, true),
      { code: 'documents/encrypted', params: { name: 'a.doc', type: 'DOC' } },
    ],
    [
      'a document of Word 95',
      (main: DataView) => main.setUint16(2, 104, true),
      { code: 'documents/legacy-format', params: { name: 'a.doc', type: 'Word 6/95', wanted: 'DOCX' } },
    ],
    [
      'text that lies nowhere',
      (main: DataView) => main.setUint32(0x4c, 0x7fffffff, true),
      { code: 'documents/damaged', params: { name: 'a.doc', type: 'DOC', part: 'pieces' } },
    ],
    [
      'a table that lies nowhere',
      (main: DataView) => main.setUint32(0x9a + 8 * 33, 0x7fffffff, true),
      { code: 'documents/damaged', params: { name: 'a.doc', type: 'DOC', part: 'pieces' } },
    ],
  ])('refuses %s', async (_, change, expected) => {
    const bytes = await changed(change)
    expect(await failureOf(async () => await readDoc(readerInput('a.doc', bytes)))).toEqual(expected)
  })

  it('refuses more characters than may be read', async () => {
    const limits = { ...DEFAULT_LIMITS, characters: 100 }
    const failure = await failureOf(
      async () => await readDoc(readerInput('a.doc', await rules(), { limits })),
    )
    expect(failure.code).toBe('documents/too-long')
  })

  it('refuses a document cut anywhere', async () => {
    const bytes = await rules()
    for (let length = 0; length < bytes.length - 512; length += 512) {
      const failure = await failureOf(async () => await readDoc(readerInput('a', bytes.subarray(0, length))))
      expect(failure).toMatchObject({ code: 'documents/damaged', params: { type: 'DOC' } })
    }
  })

  it('comes to an end with any byte changed', async () => {
    const bytes = await rules()
    for (let at = 0; at < bytes.length; at += 13) {
      const mutated = Uint8Array.from(bytes)
      mutated[at] = 255 - mutated[at]!
      const failure = await failureOf(async () => {
        await readDoc(readerInput('a', mutated))
        return await readDoc(readerInput('a', new Uint8Array(0)))
      })
      expect(failure.code).toMatch(/^documents\/(?:damaged|encrypted|legacy-format|too-long)$/)
    }
  })
})
