/** Files that are zip archives: folders, and a DOCX written part by part. */
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

import { escapeXml } from '../office/xml.ts'
import { MAX_CER, type Fixture } from './fixture.ts'

interface Entry {
  readonly name: string
  readonly bytes: Uint8Array | string
  readonly encoding?: 'utf-8' | 'cp932'
}

/** By Python's zipfile. */
function zipped(entries: readonly Entry[]): Uint8Array {
  const list = entries.map(({ name, bytes, encoding = 'utf-8' }) => ({
    name,
    encoding,
    base64: Buffer.from(bytes).toString('base64'),
  }))
  const script = fileURLToPath(new URL('zipped.py', import.meta.url))
  return execFileSync('python3', [script], { input: JSON.stringify(list), maxBuffer: 2 ** 26 })
}

/** Folders of other fixtures; their text is that of the files in the order of their names. */
export function zipFolders(fixtures: readonly Fixture[]): Fixture[] {
  const folders = [
    {
      file: 'project-folder.zip',
      names: {
        '議事録/品質会議.docx': 'quality-meeting.docx',
        '台帳/クレーム.xlsx': 'claims.xlsx',
        '連絡.txt': 'notice-shift-jis.txt',
      },
      encoding: 'cp932',
      language: 'ja',
      features: ['names in code page 932', 'folders'],
    },
    {
      file: 'offer.zip',
      names: { 'letters/offer.odt': 'offer-letter.odt', 'orders.ods': 'orders.ods' },
      encoding: 'utf-8',
      language: 'en',
      features: ['folders'],
    },
  ] as const
  return folders.map(({ file, names, encoding, language, features }) => {
    const inside = Object.entries(names).map(([name, source]) => ({
      name,
      fixture: fixtureOf(source, fixtures),
    }))
    return {
      file,
      format: 'zip',
      language,
      features,
      madeBy: 'Python zipfile',
      maxCer: MAX_CER.usual,
      text: inside
        .toSorted((a, b) => (a.name < b.name ? -1 : 1))
        .map(({ fixture }) => fixture.text)
        .join(''),
      bytes: zipped(inside.map(({ name, fixture: { bytes } }) => ({ name, encoding, bytes }))),
    }
  })
}

export function fixtureOf(file: string, fixtures: readonly Fixture[]): Fixture {
  const found = fixtures.find((fixture) => fixture.file === file)
  if (!found) throw new Error(`${file} is no fixture`)
  return found
}

const WORD = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'
const RELATIONSHIPS = 'http://schemas.openxmlformats.org/package/2006/relationships'

/** A contract under revision: insertions, deletions, hidden text, a moved clause, a field with its result. */
export function revisedContract(): Fixture {
  const run = (text: string, properties = ''): string =>
    `<w:r>${properties}<w:t xml:space="preserve">${escapeXml(text)}</w:t></w:r>`
  const mark = 'w:id="1" w:author="法務" w:date="2025-06-02T09:00:00Z"'
  const inserted = (text: string): string => `<w:ins ${mark}>${run(text)}</w:ins>`
  const deleted = (text: string): string =>
    `<w:del ${mark}><w:r><w:delText xml:space="preserve">${escapeXml(text)}</w:delText></w:r></w:del>`
  const hidden = (text: string): string => run(text, '<w:rPr><w:vanish/></w:rPr>')
  const field = (instruction: string, result: string): string =>
    `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve">${instruction}</w:instrText></w:r>` +
    `<w:r><w:fldChar w:fldCharType="separate"/></w:r>${run(result)}<w:r><w:fldChar w:fldCharType="end"/></w:r>`
  const paragraphs: readonly (readonly [xml: string, read: string])[] = [
    [run('覚書（単価の改定）'), '覚書（単価の改定）'],
    [
      run('北見川精機株式会社（以下「甲」という。）と有限会社笹平鋳造所（以下「乙」という。）は、') +
        deleted('平成31年4月1日') +
        inserted('令和5年4月1日') +
        run('付の取引基本契約に基づき、次のとおり合意する。'),
      '北見川精機株式会社（以下「甲」という。）と有限会社笹平鋳造所（以下「乙」という。）は、令和5年4月1日付の取引基本契約に基づき、次のとおり合意する。',
    ],
    [
      run('第1条　ボディ鋳物（350-1001A）の単価を、1個につき') +
        deleted('4,620円') +
        inserted('4,850円') +
        run('とする。') +
        hidden('社内メモ：上限は4,900円まで可。'),
      '第1条　ボディ鋳物（350-1001A）の単価を、1個につき4,850円とする。',
    ],
    [
      run('第2条　前条の単価は、') +
        field(' DATE \\@ &quot;yyyy年M月d日&quot; ', '2025年7月1日') +
        run('以後に納入する分から適用する。') +
        inserted('ただし、同日までに発注した分を除く。'),
      '第2条　前条の単価は、2025年7月1日以後に納入する分から適用する。ただし、同日までに発注した分を除く。',
    ],
    [
      run(
        '第3条　中子の乾燥時間は90分以上とし、乙は記録を5年間保存する。甲は、あらかじめ通知して記録を閲覧することができる。',
      ),
      '第3条　中子の乾燥時間は90分以上とし、乙は記録を5年間保存する。甲は、あらかじめ通知して記録を閲覧することができる。',
    ],
    [
      run('本覚書の成立を証するため、本書2通を作成し、甲乙記名押印のうえ、各1通を保有する。'),
      '本覚書の成立を証するため、本書2通を作成し、甲乙記名押印のうえ、各1通を保有する。',
    ],
  ]
  const document =
    `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:document xmlns:w="${WORD}"><w:body>` +
    `${paragraphs.map(([xml]) => `<w:p>${xml}</w:p>`).join('')}<w:sectPr/></w:body></w:document>`
  const types =
    '<?xml version="1.0" encoding="UTF-8"?>\n<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">' +
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
  const relationships =
    `<?xml version="1.0" encoding="UTF-8"?>\n<Relationships xmlns="${RELATIONSHIPS}"><Relationship Id="rId1" ` +
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'
  return {
    file: 'revised-memorandum.docx',
    format: 'docx',
    language: 'ja',
    features: ['tracked insertions and deletions', 'hidden text', 'field'],
    madeBy: 'by hand',
    maxCer: MAX_CER.usual,
    text: paragraphs.map(([, read]) => `${read}\n`).join(''),
    bytes: zipped([
      { name: '[Content_Types].xml', bytes: types },
      { name: '_rels/.rels', bytes: relationships },
      { name: 'word/document.xml', bytes: document },
    ]),
  }
}
