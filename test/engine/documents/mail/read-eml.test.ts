import { readFile } from 'node:fs/promises'

import { describe, expect, it } from 'vitest'

import { DEFAULT_LIMITS } from '../../../../src/engine/documents/document.ts'
import type { Extracted, ReaderInput } from '../../../../src/engine/documents/format-reader.ts'
import { readEml } from '../../../../src/engine/documents/mail/read-eml.ts'
import { failureOf } from '../../../fixtures/app-error.ts'
import { encoded } from '../encoded.ts'
import { readerInput } from '../plain/reader-input.ts'

/** Joins lines of ASCII and bytes with CRLF. */
function mail(...lines: readonly (string | Uint8Array)[]): Uint8Array {
  return Buffer.concat(lines.flatMap((line) => [Buffer.from(line), Buffer.from('\r\n')]))
}

const read = async (bytes: Uint8Array, changes: Partial<ReaderInput> = {}): Promise<Extracted> =>
  await readEml(readerInput('a.eml', bytes, changes))

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')
const files = ({ embedded = [] }: Extracted): [string, string][] =>
  Array.from(embedded, (file) => [file.name, Buffer.from(file.read()).toString()])

describe('readEml', () => {
  it('reads a mail of the Python library whole', async () => {
    const extracted = await read(await readFile('test/fixtures/documents/mail/library.eml'))
    expect(extracted.text).toBe(
      [
        'Subject: 【重要】経費精算の締切について',
        'From: 田中 太郎 <tanaka@example.co.jp>',
        'To: 総務部 <soumu@example.co.jp>, 佐藤 <sato@example.co.jp>',
        'Cc: 監査室 <kansa@example.co.jp>',
        'Date: Wed, 01 Apr 2026 09:00:00 +0900',
        '',
        'お疲れ様です。',
        '経費精算は月末までにお願いします。①㈱髙橋～',
      ].join('\n'),
    )
    expect(extracted.encoding).toBe('utf-8')
    const [quote, forwarded, ...more] = [...extracted.embedded!]
    expect(more).toEqual([])
    expect(quote?.name).toBe('見積書（第２版・最終）に関する資料一式のとりまとめ.txt')
    expect(Buffer.from(quote!.read()).toString()).toBe('見積の内容です。\n')
    expect(forwarded?.name).toBe('message.eml')
    expect((await read(forwarded!.read())).text).toBe(
      'Subject: 転送元の件名\nFrom: a@example.co.jp\nDate: Tue, 31 Mar 2026 18:00:00 +0900\n\n転送元の本文',
    )
  })

  it('reads a mail in ISO-2022-JP as Japanese programs write it', async () => {
    const word = (text: string): string => `=?ISO-2022-JP?B?${base64(encoded(text, 'JIS'))}?=`
    const kana = Buffer.from('\u001b(I6^:C\u001b(B', 'latin1')
    const circled = Buffer.from('\u001b$B-!-j\u001b(B', 'latin1')
    const bytes = mail(
      `Subject: ${word('【重要】経費精算の')}`,
      ` ${word('締切について')}`,
      `From: ${word('田中 太郎')} <tanaka@example.co.jp>`,
      'Content-Type: text/plain; charset="ISO-2022-JP"',
      'Content-Transfer-Encoding: 7bit',
      '',
      encoded('お疲れ様です。', 'JIS'),
      kana,
      circled,
    )
    expect(await read(bytes)).toEqual({
      text: 'Subject: 【重要】経費精算の締切について\nFrom: 田中 太郎 <tanaka@example.co.jp>\n\nお疲れ様です。\nｶﾞｺﾃ\n①㈱',
      encoding: 'iso-2022-jp',
      steps: [],
      embedded: [],
    })
  })

  it.each([
    ['Shift_JIS', 'SJIS', 'shift_jis'],
    ['EUC-JP', 'EUCJP', 'euc-jp'],
    ['x-sjis', 'SJIS', 'shift_jis'],
  ] as const)('reads a body in %s', async (charset, to, encoding) => {
    const content = base64(encoded('経費精算表①', to))
    const bytes = mail(
      `Content-Type: text/plain; charset=${charset}`,
      'Content-Transfer-Encoding: base64',
      '',
      content,
    )
    expect(await read(bytes)).toMatchObject({ text: '\n経費精算表①', encoding })
  })

  it.each(['SJIS', 'JIS', 'UTF8', 'EUCJP'] as const)(
    'reads a mail that declares nothing, in %s',
    async (to) => {
      const bytes = mail(
        encoded('Subject: 経費精算の締切について', to),
        '',
        encoded('月末までにお願いいたします。', to),
      )
      expect((await read(bytes)).text).toBe('Subject: 経費精算の締切について\n\n月末までにお願いいたします。')
    },
  )

  it('reads ISO-2022-JP in a part that declares no character set', async () => {
    const bytes = mail('Subject: a', 'Content-Type: text/plain', '', encoded('経費精算', 'JIS'))
    expect((await read(bytes)).text).toBe('Subject: a\n\n経費精算')
  })

  it.each([
    ['us-ascii', 'SJIS', 'shift_jis'],
    ['unknown-8bit', 'SJIS', 'shift_jis'],
    ['"cp932"', 'SJIS', 'shift_jis'],
    ['eucJP-ms', 'EUCJP', 'euc-jp'],
    ['default_charset', 'UTF8', 'utf-8'],
    ['iso-2022-jp-ms', 'JIS', 'iso-2022-jp'],
  ] as const)('finds the encoding of a part said to be in %s', async (charset, to, encoding) => {
    const content = encoded('お疲れ様です。経費精算表①', to)
    const parts = (...lines: readonly (string | Uint8Array)[]): Uint8Array =>
      mail(
        'Content-Type: multipart/mixed; boundary=m',
        '',
        '--m',
        `Content-Type: text/plain; charset=${charset}; format=fixed`,
        ...lines,
        '--m--',
      )
    const quoted = Array.from(content, (byte) => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`)
    for (const bytes of [
      parts('Content-Transfer-Encoding: 8bit', '', content),
      parts('Content-Transfer-Encoding: base64', '', base64(content)),
      parts('Content-Transfer-Encoding: quoted-printable', '', quoted.join('').replace('=', '=\r\n=')),
    ]) {
      const { text, encoding: found } = await read(bytes)
      expect({ text, found }).toEqual({ text: '\nお疲れ様です。経費精算表①', found: encoding })
    }
  })

  it('reads a part in Shift_JIS that declares no character set, and the encoding that a page declares', async () => {
    const bytes = mail(
      'Content-Type: multipart/mixed; boundary=m',
      '',
      '--m',
      'Content-Type: text/html',
      '',
      encoded('<meta charset="Shift_JIS"><p>経費精算表</p>', 'SJIS'),
      '--m',
      '',
      encoded('お疲れ様です。', 'SJIS'),
      '--m--',
    )
    expect((await read(bytes)).text).toBe('\n\n経費精算表\n\nお疲れ様です。')
  })

  it('joins flowed lines, and decodes quoted-printable', async () => {
    const bytes = mail(
      'Content-Type: text/plain; charset=UTF-8; format=flowed; delsp=yes',
      'Content-Transfer-Encoding: quoted-printable',
      '',
      '=E7=B5=8C =20',
      '=E8=B2=BB',
      '=E7=B2=BE=',
      '=E7=AE=97',
    )
    expect((await read(bytes)).text).toBe('\n経 費\n精算')
  })

  it('takes the HTML where there is no plain text, and leaves out pictures in it', async () => {
    const bytes = mail(
      'Content-Type: multipart/related; boundary=r',
      '',
      '--r',
      'Content-Type: text/html; charset=UTF-8',
      'Content-Transfer-Encoding: base64',
      '',
      base64(Buffer.from('<p>経費<img src="cid:i"></p><table><tr><td>項目<td>金額</table>')),
      '--r',
      'Content-Type: image/png',
      'Content-ID: <i>',
      '',
      'x',
      '--r--',
    )
    const extracted = await read(bytes)
    expect(extracted.text).toBe('\n経費\n項目\t金額')
    expect(files(extracted)).toEqual([])
  })

  it('names attachments as the mail does, in every way in use', async () => {
    const part = (...lines: readonly string[]): string[] => ['--b', ...lines, '', 'x']
    const bytes = mail(
      'Content-Type: multipart/mixed; boundary="b"',
      '',
      ...part('Content-Type: text/plain'),
      ...part(
        `Content-Type: application/pdf; name="=?Shift_JIS?B?${base64(encoded('請求書①.pdf', 'SJIS'))}?="`,
      ),
      ...part(
        "Content-Disposition: attachment; filename*0*=UTF-8''%E8%A6%8B%E7%A9%8D;",
        ' filename*1=".txt"',
      ),
      ...part('Content-Disposition: attachment; filename="../../etc/passwd"'),
      ...part('Content-Type: application/ms-tnef; name="winmail.dat"'),
      ...part('Content-Type: text/csv', 'Content-Disposition: attachment'),
      ...part('Content-Type: application/pkcs7-signature; name="smime.p7s"'),
      '--b--',
    )
    expect(files(await read(bytes))).toEqual([
      ['請求書①.pdf', 'x'],
      ['見積.txt', 'x'],
      ['../../etc/passwd', 'x'],
      ['winmail.dat', 'x'],
      ['attachment.csv', 'x'],
    ])
  })

  it('opens a mailbox', async () => {
    const bytes = mail(
      'From a@example.com Wed Apr  1 09:00:00 2026',
      'Subject: one',
      '',
      '>From here',
      'From there',
      '',
      'From b@example.com Wed Apr  1 10:00:00 2026',
      'Subject: two',
      '',
      'body',
    )
    const extracted = await read(bytes)
    expect(extracted.text).toBeNull()
    expect(files(extracted)).toEqual([
      ['1.eml', 'Subject: one\r\n\r\nFrom here\r\nFrom there\r\n\r\n'],
      ['2.eml', 'Subject: two\r\n\r\nbody\r\n'],
    ])
    const [, second] = [...extracted.embedded!]
    expect((await read(second!.read())).text).toBe('Subject: two\n\nbody')
  })

  it.each([
    ['S/MIME', 'Content-Type: application/pkcs7-mime; smime-type=enveloped-data', 'MIIB'],
    ['PGP', 'Content-Type: multipart/encrypted; boundary=b', '--b\r\n\r\nx\r\n--b--'],
    ['PGP', 'Content-Type: text/plain', '-----BEGIN PGP MESSAGE-----\r\n\r\nhQEM'],
  ])('refuses a mail encrypted with %s', async (type, header, content) => {
    const bytes = mail('Subject: a', header, '', content)
    expect(await failureOf(async () => await read(bytes))).toEqual({
      code: 'documents/encrypted',
      params: { name: 'a.eml', type },
    })
  })

  it('reads a mail signed with its content inside', async () => {
    const extracted = await read(await readFile('test/fixtures/documents/mail/signed.eml'))
    expect(extracted.text).toBe(
      'Subject: Signed\nFrom: a@example.co.jp\nTo: b@example.co.jp\n\n署名した本文です。',
    )
    expect(extracted.encoding).toBe('utf-8')
    expect(files(extracted)).toEqual([['見積.txt', '内容\n']])
  })

  it('reads a signature whose content is in pieces', async () => {
    const header = 'Content-Type: application/x-pkcs7-mime; smime-type=signed-data'
    const wrapped = (content: Uint8Array): Uint8Array =>
      mail('Subject: a', header, 'Content-Transfer-Encoding: base64', '', base64(content))
    const stream = await readFile('test/fixtures/documents/mail/signed-stream.p7m')
    expect((await read(wrapped(stream))).text).toBe('Subject: a\n\n署名した本文です。')
    // By hand: a version, no digests, data in two pieces, one of them in a piece of its own.
    const pieces = [Buffer.from('0402', 'hex'), 'a:', Buffer.from('24800403', 'hex'), ' b\n', Buffer.alloc(2)]
    const octets = Buffer.concat([
      ...pieces.map((piece) => Buffer.from(piece)),
      Buffer.from('0401', 'hex'),
      Buffer.from('\n'),
    ])
    const signed = Buffer.concat([
      Buffer.from('308006092a864886f70d010702a0803080020101318030800000', 'hex'),
      Buffer.from('0000308006092a864886f70d010701a0802480', 'hex'),
      Buffer.concat([octets, Buffer.from('0403', 'hex'), Buffer.from('経')]),
      Buffer.alloc(12),
    ])
    expect((await read(wrapped(signed))).text).toBe('Subject: a\n\n経')
    for (const length of [0, 1, 40, 70, 200]) {
      expect(await failureOf(async () => await read(wrapped(stream.subarray(0, length))))).toMatchObject({
        code: 'documents/damaged',
        params: { name: 'a.eml', type: 'EML' },
      })
    }
  })

  it('refuses signatures within signatures too deeply', async () => {
    const wrapped = (content: Uint8Array): Uint8Array => {
      const length = Buffer.alloc(5, 0x84)
      length.writeUInt32BE(content.length, 1)
      const signed = Buffer.concat([
        Buffer.from('308006092a864886f70d010702a08030800201013100308006092a864886f70d010701a08004', 'hex'),
        length,
        content,
        Buffer.alloc(10),
      ])
      return mail(
        'Content-Type: application/pkcs7-mime',
        'Content-Transfer-Encoding: base64',
        '',
        base64(signed),
      )
    }
    let bytes = mail('Subject: a', '', 'text')
    for (let depth = 0; depth < DEFAULT_LIMITS.nesting; depth++) bytes = wrapped(bytes)
    expect((await read(bytes)).text).toBe('\ntext')
    expect(await failureOf(async () => await read(wrapped(bytes)))).toEqual({
      code: 'documents/too-nested',
      params: { name: 'a.eml', limit: DEFAULT_LIMITS.nesting },
    })
  })

  it('tells what is encrypted by the content, too', async () => {
    const text = await readFile('test/fixtures/documents/mail/encrypted.eml', 'latin1')
    for (const declared of [text, text.replace('smime-type=enveloped-data; ', '')]) {
      expect(await failureOf(async () => await read(Buffer.from(declared, 'latin1')))).toEqual({
        code: 'documents/encrypted',
        params: { name: 'a.eml', type: 'S/MIME' },
      })
    }
  })

  it.each([
    ['header', ['Content-Class: rpmsg.message', '', 'hint']],
    [
      'attachment',
      [
        'Content-Type: multipart/mixed; boundary=b',
        '',
        '--b',
        '',
        'hint',
        '--b',
        'Content-Type: application/x-microsoft-rpmsg-message; name="message.rpmsg"',
        '',
        'x',
        '--b--',
      ],
    ],
  ])('refuses what rights management encrypted, by its %s', async (_, lines) => {
    expect(await failureOf(async () => await read(mail(...lines)))).toEqual({
      code: 'documents/rights-managed',
      params: { name: 'a.eml' },
    })
  })

  it('takes attachments as they stand, to the byte', async () => {
    const content = 'a\r\nb\nc\r\r\n--\r\n\0--x\r\n--bb\r\n\r\n'
    const part = (...header: readonly string[]): string =>
      ['--b', ...header, 'Content-Disposition: attachment; filename=a', '', content].join('\r\n')
    const bytes = mail(
      'Content-Type: multipart/mixed; boundary=b',
      '',
      'preamble',
      part('Content-Transfer-Encoding: binary', ' (as it is)', 'Content-Type: application/octet-stream'),
      part('Content-Transfer-Encoding: x-unknown'),
      part('content-transfer-encoding : 8bit'),
      part(),
      '--b-- ',
      'epilogue',
      '--b',
      '',
      'no part',
    )
    const extracted = await read(bytes)
    expect(extracted.text).toBe('\n')
    expect(files(extracted)).toEqual(Array.from({ length: 4 }, () => ['a', content]))
  })

  it('reads parts within parts, with and without ends of their own', async () => {
    const bytes = mail(
      'Content-Type: multipart/mixed;',
      '\tboundary="o u t"',
      '',
      '--o u t',
      'Content-Type: multipart/alternative; BOUNDARY=in',
      '',
      '--in',
      '',
      'plain',
      '--in',
      'Content-Type: text/html',
      '',
      '<p>page',
      '--o u t',
      'Content-Type: multipart/mixed; boundary=in',
      '',
      '--in',
      'Content-Disposition: attachment; filename=a',
      '',
      'x',
      '--in--',
      '',
      '--o u t',
      'Content-Disposition: attachment; filename=b',
      '--o u t--',
    )
    const extracted = await read(bytes)
    expect(extracted.text).toBe('\nplain')
    expect(files(extracted)).toEqual([
      ['a', 'x'],
      ['b', ''],
    ])
  })

  it.each([
    ['no boundary', 'multipart/mixed', '--b--', 'boundary'],
    ['no part', 'multipart/mixed; boundary=b', '--b--', '--b'],
    ['no end', 'multipart/mixed; boundary=b', '--b\r\n\r\nx', '--b--'],
  ])('refuses a mail of several parts with %s', async (_, type, content, part) => {
    expect(await failureOf(async () => await read(mail(`Content-Type: ${type}`, '', content)))).toEqual({
      code: 'documents/damaged',
      params: { name: 'a.eml', type: 'EML', part },
    })
  })

  it('is not slowed by millions of lines', async () => {
    const lines = '\r\n'.repeat(2_000_000)
    const dashes = '--\r\n'.repeat(200_000)
    const bytes = mail(
      'Content-Type: multipart/mixed; boundary=b',
      '',
      lines,
      '--b',
      '',
      `a${lines}b`,
      '--b',
      'Content-Type: application/octet-stream',
      '',
      dashes,
      '--b--',
      lines,
    )
    const extracted = await read(bytes)
    expect(extracted.text).toBe(`\na${'\n'.repeat(2_000_000)}b`)
    expect(files(extracted)).toEqual([['attachment', dashes]])
  })

  it('refuses a mail of several parts cut anywhere', async () => {
    const bytes = await readFile('test/fixtures/documents/mail/library.eml')
    const header = bytes.indexOf('\r\n\r\n') + 4
    for (let length = header; length < bytes.length - 4; length += 101) {
      expect(await failureOf(async () => await read(bytes.subarray(0, length)))).toMatchObject({
        code: 'documents/damaged',
        params: { name: 'a.eml', type: 'EML' },
      })
    }
  })

  it('refuses parts nested too deeply', async () => {
    const depth = 2000
    const opened = Array.from({ length: depth }, (_, index) => [
      `Content-Type: multipart/mixed; boundary="b${index}="`,
      '',
      `--b${index}=`,
    ])
    const bytes = mail(...opened.flat(), '', 'x', '--b0=--')
    expect(await failureOf(async () => await read(bytes))).toEqual({
      code: 'documents/too-deep',
      params: { name: 'a.eml', limit: DEFAULT_LIMITS.elementDepth },
    })
  })

  it('refuses more parts than may be read', async () => {
    const parts = Array.from({ length: 6 }, () => ['--b', 'Content-Type: application/pdf', '', 'x']).flat()
    const bytes = mail('Content-Type: multipart/mixed; boundary=b', '', ...parts, '--b--')
    const limits = { ...DEFAULT_LIMITS, entries: 5 }
    expect(await failureOf(async () => await read(bytes, { limits }))).toEqual({
      code: 'documents/too-many-entries',
      params: { name: 'a.eml', limit: 5 },
    })
  })

  it('refuses more header fields than any mail has', async () => {
    const fields = Array.from({ length: 100_000 }, (_, index) => `X-Field-${index}: ${'x'.repeat(20)}`)
    expect(await failureOf(async () => await read(mail(...fields, '', 'a')))).toMatchObject({
      code: 'documents/damaged',
      params: { name: 'a.eml', type: 'EML' },
    })
  })

  it('reads a line of many megabytes', async () => {
    const line = '=E3=81=82'.repeat(500_000)
    const bytes = mail(
      'Content-Type: text/plain; charset=utf-8',
      'Content-Transfer-Encoding: quoted-printable',
      '',
      line,
    )
    expect((await read(bytes)).text).toBe(`\n${'あ'.repeat(500_000)}`)
  })
})
