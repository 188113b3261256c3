import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { beforeAll, describe, expect, it } from 'vitest'

import { DEFAULT_LIMITS } from '../../../../src/engine/documents/index.ts'
import { surveyHostile } from './hostile-survey.ts'
import { frameOf, PACKAGE_FORMATS, packageBytes, type PackageFormat } from './packages.ts'

const SECRET = 'geheimnis-of-another-file'

/** One file of each format, called `name`, with `content` where its text is and `prologue` before its root element. */
function eachFormat(prologue: string, content: string, name = 'attack'): Record<string, Uint8Array> {
  return Object.fromEntries(
    PACKAGE_FORMATS.map((format) => {
      const { before, text, after } = frameOf(format)
      return [`${name}.${format}`, packageBytes(format, `${prologue}${before}${text(content)}${after}`)]
    }),
  )
}

const eachTold = (outcome: unknown): Record<string, unknown> =>
  Object.fromEntries(PACKAGE_FORMATS.map((format) => [`attack.${format}`, outcome]))

it('reads the files of these tests when nothing is wrong with them', async () => {
  const outcomes = await surveyHostile(eachFormat('', '本文です。'))
  expect(outcomes).toEqual({
    ...eachTold({ text: '本文です。' }),
    'attack.xlsx': { text: 'S\n本文です。' },
    'attack.ods': { text: 'S\n本文です。' },
  })
})

describe('document type definitions', () => {
  const prologues: Readonly<Record<string, (path: string) => string>> = {
    'entities of a file': (path) => `<!DOCTYPE r [<!ENTITY x SYSTEM "file://${path}">]>`,
    'parameter entities': (path) => `<!DOCTYPE r [<!ENTITY % x SYSTEM "file://${path}"> %x;]>`,
    'an address': () => '<!DOCTYPE r SYSTEM "http://127.0.0.1:9/evil.dtd">',
    'a billion laughs': () => {
      const levels = Array.from(
        { length: 9 },
        (_, level) => `<!ENTITY x${level + 1} "${`&x${level};`.repeat(10)}">`,
      )
      return `<!DOCTYPE r [<!ENTITY x0 "lol">${levels.join('')}<!ENTITY x "&x9;">]>`
    },
    'quadratic growth': () => `<!DOCTYPE r [<!ENTITY x "${'a'.repeat(1_000_000)}">]>`,
  }
  const parts: Readonly<Record<PackageFormat, string>> = {
    docx: 'word/document.xml',
    pptx: 'ppt/slides/slide1.xml',
    xlsx: 'xl/worksheets/sheet1.xml',
    odt: 'content.xml',
    ods: 'content.xml',
    odp: 'content.xml',
  }
  let outcomes: Readonly<Record<string, unknown>>
  beforeAll(async () => {
    outcomes = await surveyHostile(async (folder) => {
      const secret = join(folder, '.secret')
      await writeFile(secret, SECRET)
      for (const [attack, prologueFor] of Object.entries(prologues)) {
        const files = eachFormat(prologueFor(secret), '&x;'.repeat(100), attack)
        for (const [name, bytes] of Object.entries(files)) await writeFile(join(folder, name), bytes)
      }
    })
  })

  it.each(Object.keys(prologues))('are refused in every format: %s', (attack) => {
    for (const format of PACKAGE_FORMATS) {
      expect(outcomes[`${attack}.${format}`], format).toEqual({
        code: 'documents/dtd',
        params: { part: parts[format] },
      })
    }
  })

  it('give nothing of other files away', () => {
    expect(JSON.stringify(outcomes)).not.toContain(SECRET)
  })
})

describe('elements within elements', () => {
  it('are followed to the limit in every format', async () => {
    const wrapper: Readonly<Record<PackageFormat, string>> = {
      docx: 'w:sdt',
      pptx: 'p:grpSp',
      xlsx: 'r',
      odt: 'text:span',
      ods: 'text:span',
      odp: 'text:span',
    }
    const files = Object.fromEntries(
      PACKAGE_FORMATS.map((format) => {
        const { before, text, after } = frameOf(format)
        const name = wrapper[format]
        const nested = `${`<${name}>`.repeat(100_000)}x${`</${name}>`.repeat(100_000)}`
        return [`attack.${format}`, packageBytes(format, `${before}${text(nested)}${after}`)]
      }),
    )
    expect(await surveyHostile(files)).toEqual(
      eachTold({ code: 'documents/too-deep', params: { limit: DEFAULT_LIMITS.elementDepth } }),
    )
  })
})
