/** Mails: by Python's email package, and an Outlook message property by property. */
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

import { CFB } from 'xlsx'

import { fixtureOf } from './archives.ts'
import { MAX_CER, type Fixture } from './fixture.ts'
import { encode } from './plain-texts.ts'

export interface Mail {
  readonly from: readonly string[]
  readonly to: readonly string[]
  readonly cc: readonly string[]
  readonly date: string
  readonly subject: string
  readonly charset: 'iso-2022-jp' | 'utf-8' | 'shift_jis' | 'windows-1252'
  readonly transfer: '7bit' | '8bit' | 'base64' | 'quoted-printable'
  readonly plain?: string
  readonly html?: string
  readonly attachments: readonly {
    readonly name: string
    readonly type: string
    readonly bytes: Uint8Array
  }[]
}

export function writeMail(mail: Mail): Uint8Array {
  const attachments = mail.attachments.map(({ name, type, bytes }) => ({
    name,
    type,
    base64: Buffer.from(bytes).toString('base64'),
  }))
  const script = fileURLToPath(new URL('mails.py', import.meta.url))
  return execFileSync('python3', [script], {
    input: JSON.stringify({ ...mail, attachments }),
    maxBuffer: 2 ** 26,
  })
}

const JAPANESE = {
  from: ['安西 拓也 <anzai.takuya@kitamigawa.example>'],
  to: ['吉良 奈緒 <kira.nao@kitamigawa.example>'],
  cc: ['三輪 美咲 <miwa.misaki@kitamigawa.example>'],
  date: 'Fri, 08 Aug 2025 11:33:27 +0900',
  subject: 'Re: フッ素ゴムOリング（P-22）代替品の評価結果と切替え時期',
} as const
const JAPANESE_BODY = `吉良さん

購買課の安西です。評価ありがとうございました。
第2候補の蓼原ゴム工業で進めることを了解しました。条件を次のように整理します。

・単価は38円（現行品は44円）。月6,000個で年間約43万円の低減です。
・納期は6週。現行品の14週より大幅に短くなります。
・初回は8月18日に発注し、9月26日に12,000個が入荷します。

変更管理の対象ですので、お客様への変更届が必要です。契約では量産適用の
60日前までとなっています。現行品の在庫は、8月7日の時点で4,870個です。

お手数ですが、評価成績書の最終版を8月20日までにお送りください。

購買課 安西
`
const ENGLISH = {
  from: ['Kosuke Fuse <fuse.kosuke@kitamigawa.example>'],
  to: ['Chloé Lefèvre <lefevre@chonburi-moulding.example>'],
  cc: [],
  date: 'Fri, 07 Nov 2025 17:46:22 +0900',
  subject: 'November vessel delay – decision on air freight',
} as const
const ENGLISH_BODY = `Dear Ms Lefèvre,

Thank you for the stock count. The decision is as follows:

1. Air freight: 24 motor sets, ex Narita on Tuesday 11 November. We’ll pay the €3,870.
2. Sea freight: the other 36 sets stay on the vessel “Sakae Orchid”, due on 21 November.
3. Assembly: 24 units on 13, 14 and 15 November, including one Saturday shift.

Please deliver eighteen units on 18 November and keep six for the spare order.

Best regards,
Kosuke Fuse
`

export function mails(fixtures: readonly Fixture[]): Fixture[] {
  const claims = fixtureOf('claims.xlsx', fixtures)
  const letter = fixtureOf('offer-letter-printed.pdf', fixtures)
  const fixture = (
    file: string,
    features: readonly string[],
    mail: Mail,
    read: { readonly body: string; readonly attached?: string },
  ): Fixture => ({
    file,
    format: 'eml',
    language: mail.subject === ENGLISH.subject ? 'en' : 'ja',
    features,
    madeBy: 'Python email',
    maxCer: MAX_CER.usual,
    text: `${shownHeader(mail)}\n${read.body}${read.attached ?? ''}`,
    bytes: writeMail(mail),
  })
  const none = { attachments: [] } as const
  const paragraphs = (body: string): string =>
    body
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => `<p>${line}</p>`)
      .join('\n')
  return [
    fixture(
      'oring-iso-2022-jp.eml',
      ['ISO-2022-JP', 'encoded headers'],
      { ...JAPANESE, ...none, charset: 'iso-2022-jp', transfer: '7bit', plain: JAPANESE_BODY },
      { body: JAPANESE_BODY },
    ),
    fixture(
      'oring-shift-jis.eml',
      ['Shift_JIS', 'quoted-printable'],
      { ...JAPANESE, ...none, charset: 'shift_jis', transfer: 'quoted-printable', plain: JAPANESE_BODY },
      { body: JAPANESE_BODY },
    ),
    fixture(
      'claims-attached.eml',
      ['UTF-8', 'base64', 'plain and HTML alternatives', 'XLSX attached'],
      {
        ...JAPANESE,
        subject: 'クレーム一覧の送付',
        charset: 'utf-8',
        transfer: 'base64',
        plain: JAPANESE_BODY,
        html: `<html><body>${paragraphs(JAPANESE_BODY)}</body></html>`,
        attachments: [
          {
            name: 'クレーム一覧.xlsx',
            type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
            bytes: claims.bytes,
          },
        ],
      },
      { body: JAPANESE_BODY, attached: claims.text },
    ),
    fixture(
      'vessel-delay-html.eml',
      ['UTF-8', 'HTML only', 'quoted-printable'],
      {
        ...ENGLISH,
        ...none,
        charset: 'utf-8',
        transfer: 'quoted-printable',
        html: `<html><body>${paragraphs(ENGLISH_BODY)}</body></html>`,
      },
      { body: ENGLISH_BODY },
    ),
    fixture(
      'offer-attached.eml',
      ['windows-1252', 'quoted-printable', 'PDF attached'],
      {
        ...ENGLISH,
        charset: 'windows-1252',
        transfer: 'quoted-printable',
        plain: ENGLISH_BODY,
        attachments: [{ name: 'offer.pdf', type: 'application/pdf', bytes: letter.bytes }],
      },
      { body: ENGLISH_BODY, attached: letter.text },
    ),
  ]
}

/** The fields that a mail program shows above the body, as it names them. */
function shownHeader({
  subject,
  from,
  to,
  cc,
  date,
}: Pick<Mail, 'subject' | 'from' | 'to' | 'cc' | 'date'>): string {
  const fields = { Subject: subject, From: from.join(', '), To: to.join(', '), Cc: cc.join(', '), Date: date }
  return Object.entries(fields)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n')
}

/** Outlook messages: Unicode properties, and code page 932 as Outlook before 2003 writes them. */
export function outlookMessages(): Fixture[] {
  const shared = { format: 'msg', madeBy: 'by hand, SheetJS container', maxCer: MAX_CER.usual } as const
  return [
    {
      ...shared,
      file: 'oring-unicode.msg',
      language: 'ja',
      features: ['Unicode properties'],
      text: `${shownHeader({ ...JAPANESE, cc: [], date: '' })}\n${JAPANESE_BODY}`,
      bytes: outlookMessage({ ...JAPANESE, plain: JAPANESE_BODY }, 'unicode'),
    },
    {
      ...shared,
      file: 'oring-cp932.msg',
      language: 'ja',
      features: ['code page 932 properties'],
      text: `${shownHeader({ ...JAPANESE, cc: [], date: '' })}\n${JAPANESE_BODY}`,
      bytes: outlookMessage({ ...JAPANESE, plain: JAPANESE_BODY }, 'cp932'),
    },
    {
      ...shared,
      file: 'vessel-delay.msg',
      language: 'en',
      features: ['Unicode properties', 'typographic quotes'],
      text: `${shownHeader({ ...ENGLISH, cc: [], date: '' })}\n${ENGLISH_BODY}`,
      bytes: outlookMessage({ ...ENGLISH, plain: ENGLISH_BODY }, 'unicode'),
    },
  ]
}

/** [MS-OXMSG]: a compound file with a stream for each text and a table of all properties. */
function outlookMessage(
  { from, to, subject, plain }: Pick<Mail, 'from' | 'to' | 'subject'> & { readonly plain: string },
  strings: 'unicode' | 'cp932',
): Uint8Array {
  const file = CFB.utils.cfb_new()
  const [type, typeName] = strings === 'unicode' ? [0x1f, '001F'] : [0x1e, '001E']
  const entries: Uint8Array[] = []
  const fixed = (id: number, propertyType: number, value: number): Uint8Array => {
    const entry = Buffer.alloc(16)
    entry.writeUInt32LE(id * 0x1_0000 + propertyType, 0)
    entry.writeUInt32LE(6, 4)
    entry.writeUInt32LE(value, 8)
    return entry
  }
  const text = (folder: string, id: number, value: string): Uint8Array => {
    const bytes = strings === 'unicode' ? Buffer.from(value, 'utf16le') : encode(value, 'CP932')
    const name = id.toString(16).toUpperCase().padStart(4, '0')
    CFB.utils.cfb_add(file, `${folder}/__substg1.0_${name}${typeName}`, bytes)
    return fixed(id, type, bytes.length + (strings === 'unicode' ? 2 : 1))
  }
  const [name = '', address = ''] = (from[0] ?? '').replace('>', '').split(' <')
  entries.push(
    text('', 0x001a, 'IPM.Note'),
    text('', 0x0037, subject),
    text('', 0x1000, plain.replaceAll('\n', '\r\n')),
  )
  entries.push(
    text('', 0x0c1a, name),
    text('', 0x0c1f, address),
    fixed(0x3fde, 3, strings === 'unicode' ? 65001 : 932),
  )
  if (strings === 'unicode') entries.push(fixed(0x340d, 3, 0x0004_0000))
  const header = Buffer.alloc(32)
  header.writeUInt32LE(1, 8)
  header.writeUInt32LE(1, 16)
  CFB.utils.cfb_add(file, '/__properties_version1.0', Buffer.concat([header, ...entries]))
  const [receiver = '', receiverAddress = ''] = (to[0] ?? '').replace('>', '').split(' <')
  const recipient = '/__recip_version1.0_#00000000'
  const properties = [
    text(recipient, 0x3001, receiver),
    text(recipient, 0x3003, receiverAddress),
    fixed(0x0c15, 3, 1),
  ]
  CFB.utils.cfb_add(
    file,
    `${recipient}/__properties_version1.0`,
    Buffer.concat([Buffer.alloc(8), ...properties]),
  )
  for (const stream of ['00020102', '00030102', '00040102'])
    CFB.utils.cfb_add(file, `/__nameid_version1.0/__substg1.0_${stream}`, Buffer.alloc(0))
  CFB.utils.cfb_del(file, '/\u0001Sh33tJ5')
  return Buffer.from(CFB.write(file, { type: 'buffer' }))
}
