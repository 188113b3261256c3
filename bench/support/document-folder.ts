/** A folder of many small files in several formats, each with words of its own, so that none repeats another. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { strToU8, zipSync } from 'fflate'

import { SeededRandom } from '../../src/engine/kernel/random.ts'

const WORDS =
  '油圧 ポンプ 検査 規程 品質 会議 承認 旅費 工程 不良 是正 部品 納期 仕入先 監査 図面 試験 漏れ 測定 記録 作業 標準 教育 保全'.split(
    ' ',
  )
const PARAGRAPHS = 40
const WORDS_A_PARAGRAPH = 30

/** @param count files; two of five are DOCX, two text, one is PDF */
export async function writeDocumentFolder(folder: string, count: number): Promise<void> {
  const random = new SeededRandom(5)
  const paragraph = (): string =>
    `${Array.from({ length: WORDS_A_PARAGRAPH }, () => WORDS[random.integer(WORDS.length)]).join('の')}。`
  for (let index = 0; index < count; index++) {
    const place = join(folder, String(index % 50).padStart(2, '0'))
    await mkdir(place, { recursive: true })
    const paragraphs = Array.from({ length: PARAGRAPHS }, () => `${index} ${paragraph()}`)
    const name = join(place, `文書${index}`)
    if (index % 5 < 2) await writeFile(`${name}.docx`, docx(paragraphs))
    else if (index % 5 < 4) await writeFile(`${name}.txt`, paragraphs.join('\n'))
    else await writeFile(`${name}.pdf`, pdf(Array.from({ length: PARAGRAPHS }, () => latinLine(random))))
  }
}

const latinLine = (random: SeededRandom): string =>
  Array.from({ length: 12 }, () => random.integer(36 ** 5).toString(36)).join(' ')

function docx(paragraphs: readonly string[]): Uint8Array {
  const types = 'http://schemas.openxmlformats.org/package/2006/content-types'
  const relations = 'http://schemas.openxmlformats.org/package/2006/relationships'
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument'
  const main = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml'
  const w = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'
  const body = paragraphs.map((text) => `<w:p><w:r><w:t>${text}</w:t></w:r></w:p>`).join('')
  return zipSync({
    '[Content_Types].xml': strToU8(
      `<Types xmlns="${types}"><Override PartName="/word/document.xml" ContentType="${main}"/></Types>`,
    ),
    '_rels/.rels': strToU8(
      `<Relationships xmlns="${relations}"><Relationship Id="r" Type="${office}" Target="word/document.xml"/></Relationships>`,
    ),
    'word/document.xml': strToU8(`<w:document xmlns:w="${w}"><w:body>${body}</w:body></w:document>`),
  })
}

/** One page of Helvetica. */
function pdf(lines: readonly string[]): string {
  const content = `BT /F 10 Tf 14 TL 50 780 Td ${lines.map((line) => `(${line}) Tj T*`).join(' ')} ET`
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>',
    `<</Length ${content.length}>>stream\n${content}\nendstream`,
    '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>',
  ]
  let text = '%PDF-1.4\n'
  const offsets = objects.map((object, index) => {
    const offset = text.length
    text += `${index + 1} 0 obj${object}endobj\n`
    return offset
  })
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')
  const table = `xref\n0 6\n0000000000 65535 f \n${rows}trailer<</Size 6/Root 1 0 R>>\n`
  return `${text}${table}startxref\n${text.length}\n%%EOF`
}
