import { readFile } from 'node:fs/promises'

import { describe, expect, it, vi } from 'vitest'

import { DEFAULT_LIMITS } from '../../../../src/engine/documents/document.ts'
import { readMsg } from '../../../../src/engine/documents/mail/read-msg.ts'
import { failureOf } from '../../../fixtures/app-error.ts'
import { encoded } from '../encoded.ts'
import { readerInput } from '../plain/reader-input.ts'
import { msgFile, type MsgPart, unicode } from './msg-file.ts'

/** 2026-04-01T00:00:00Z in units of 100 ns since 1601. */
const APRIL = (BigInt(Date.UTC(2026, 3, 1)) + 11_644_473_600_000n) * 10_000n

const HEAD = {
  '001A001F': unicode('IPM.Note'),
  '0037001F': unicode('【重要】経費精算の締切について'),
  '0C1A001F': unicode('田中 太郎'),
  '5D01001F': unicode('tanaka@example.co.jp'),
  '00390040': APRIL,
}
const RECIPIENTS: readonly MsgPart[] = [
  {
    properties: { '0C150003': 1, '3001001F': unicode('総務部'), '39FE001F': unicode('soumu@example.co.jp') },
  },
  {
    properties: { '0C150003': 2, '3001001F': unicode('監査室'), '3003001F': unicode('/o=Example/cn=kansa') },
  },
]
const SHOWN = [
  'Subject: 【重要】経費精算の締切について',
  'From: 田中 太郎 <tanaka@example.co.jp>',
  'To: 総務部 <soumu@example.co.jp>',
  'Cc: 監査室',
  'Date: Wed, 01 Apr 2026 00:00:00 GMT',
  '',
]

const textOf = async (message: MsgPart): Promise<string | null> =>
  (await readMsg(readerInput('a.msg', msgFile(message)))).text

describe('readMsg', () => {
  it('reads a message in Unicode with its attachments', async () => {
    const bytes = msgFile({
      properties: { ...HEAD, '1000001F': unicode('月末までにお願いします。①㈱髙橋\r\n') },
      recipients: RECIPIENTS,
      attachments: [
        { properties: { '3707001F': unicode('見積書.txt'), '37010102': Buffer.from('内容'), '37050003': 1 } },
        {
          properties: { '3001001F': unicode('転送'), '37050003': 5 },
          message: { properties: { ...HEAD, '1000001F': unicode('転送元の本文') } },
        },
        {
          properties: {
            '3707001F': unicode('logo.png'),
            '3712001F': unicode('logo@1'),
            '37010102': Buffer.from('x'),
          },
        },
      ],
    })
    const { text, embedded = [] } = await readMsg(readerInput('a.msg', bytes))
    expect(text).toBe([...SHOWN, '月末までにお願いします。①㈱髙橋'].join('\n'))
    const [file, inner, ...more] = [...embedded]
    expect(more).toEqual([])
    expect([file?.name, Buffer.from(file!.read()).toString()]).toEqual(['見積書.txt', '内容'])
    expect(inner?.name).toBe('転送.msg')
    const forwarded = await readMsg(readerInput('b.msg', inner!.read()))
    expect(forwarded.text).toBe([SHOWN[0], SHOWN[1], SHOWN[4], '', '転送元の本文'].join('\n'))
  })

  it('reads a message of an old Japanese Outlook', async () => {
    const properties = {
      '0037001E': encoded('経費精算①', 'SJIS'),
      '0C1A001E': encoded('髙橋', 'SJIS'),
      '1000001E': encoded('ｶﾌﾞｼｷ会社の表', 'SJIS'),
    }
    expect(await textOf({ properties })).toBe('Subject: 経費精算①\nFrom: 髙橋\n\nｶﾌﾞｼｷ会社の表')
  })

  it('follows the code page that a message tells', async () => {
    const properties = { '0037001E': Buffer.from('caf\xe9', 'latin1'), '3FFD0003': 1252 }
    expect(await textOf({ properties })).toBe('Subject: café\n\n')
  })

  it('takes the date as the mail was sent with it', async () => {
    const sent = unicode('Received: x\r\nDate: Wed, 1 Apr 2026 09:00:00 +0900\r\nTo: y\r\n')
    const properties = { ...HEAD, '007D001F': sent }
    expect(await textOf({ properties })).toContain('\nDate: Wed, 1 Apr 2026 09:00:00 +0900\n')
  })

  it.each([
    [
      'HTML in bytes',
      { '10130102': encoded('<p>経費</p><p>精算</p>', 'SJIS'), '3FDE0003': 932 },
      '経費\n精算',
    ],
    ['HTML in UTF-8', { '10130102': Buffer.from('<p>経費</p>'), '3FDE0003': 65001 }, '経費'],
    [
      'RTF, compressed',
      // The example of [MS-OXRTFCP] §3.1.1.
      {
        '10090102': Buffer.from(
          '2d0000002b0000004c5a4675f1c5c7a703000a00726370673132354232' +
            '0af32068656c0900206277' +
            '05b06c647d0a800fa0',
          'hex',
        ),
      },
      'hello world',
    ],
    [
      'RTF, not compressed',
      {
        '10090102': Buffer.concat([
          Buffer.from('260000001a0000004d454c4100000000', 'hex'),
          Buffer.from('{\\rtf1\\ansi a\\u12354?\\par}'.padEnd(26)),
        ]),
      },
      'aあ',
    ],
  ])('reads a body of %s', async (_, properties, expected) => {
    expect(await textOf({ properties })).toBe(`\n${expected}`)
  })

  it('reads a message that was signed, with the mail in the signature or before it', async () => {
    const signed = await readFile('test/fixtures/documents/mail/signed-stream.p7m')
    const apart = Buffer.from(
      'Content-Type: multipart/signed; boundary=b\r\n\r\n--b\r\n\r\nbody\r\n--b\r\n' +
        'Content-Type: application/pkcs7-signature\r\n\r\nx\r\n--b--\r\n',
    )
    const message = (messageClass: string, content: Uint8Array): MsgPart => ({
      properties: { '001A001F': unicode(messageClass), '0037001F': unicode('件名') },
      attachments: [{ properties: { '3707001F': unicode('smime.p7m'), '37010102': content, '37050003': 1 } }],
    })
    const { text, embedded } = await readMsg(readerInput('a.msg', msgFile(message('IPM.Note.SMIME', signed))))
    expect(text).toBe('Subject: 件名\n\n署名した本文です。')
    expect(Array.from(embedded!, ({ name }) => name)).toEqual(['見積.txt'])
    expect(await textOf(message('IPM.Note.SMIME.MultipartSigned', apart))).toBe('Subject: 件名\n\nbody')
  })

  it('refuses what is encrypted', async () => {
    const mail = await readFile('test/fixtures/documents/mail/encrypted.eml', 'latin1')
    const content = Buffer.from(mail.slice(mail.indexOf('\r\n\r\n')), 'base64')
    const message = {
      properties: { ...HEAD, '001A001F': unicode('IPM.Note.SMIME') },
      attachments: [{ properties: { '3707001F': unicode('smime.p7m'), '37010102': content, '37050003': 1 } }],
    }
    expect(await failureOf(async () => await textOf(message))).toEqual({
      code: 'documents/encrypted',
      params: { name: 'a.msg', type: 'S/MIME' },
    })
  })

  it.each<[string, MsgPart]>([
    ['class', { properties: { ...HEAD, '001A001F': unicode('IPM.Note.rpmsg.Microsoft.Voicemail.UM') } }],
    [
      'attachment',
      {
        properties: HEAD,
        attachments: [{ properties: { '3707001F': unicode('message.rpmsg'), '37010102': Buffer.from('x') } }],
      },
    ],
  ])('refuses what rights management encrypted, by its %s', async (_, message) => {
    expect(await failureOf(async () => await textOf(message))).toEqual({
      code: 'documents/rights-managed',
      params: { name: 'a.msg' },
    })
  })

  it('writes nothing to the console where a named property is broken', async () => {
    // PidLidAppointmentRecur (0x8216) of PSETID_Appointment, as property 0x8000.
    const set = Buffer.from('0220060000000000c000000000000046', 'hex')
    const bytes = msgFile(
      { properties: { '0037001F': unicode('件名'), '80000102': Buffer.from('broken') } },
      [set, Buffer.from('1682000006000000', 'hex'), new Uint8Array(0)],
    )
    const written = vi.spyOn(console, 'debug').mockReturnValue()
    try {
      expect((await readMsg(readerInput('a.msg', bytes))).text).toBe('Subject: 件名\n\n')
      expect(written).not.toHaveBeenCalled()
    } finally {
      written.mockRestore()
    }
  })

  it('refuses a compressed body that is not sound', async () => {
    const sizes = Buffer.from('ffffff7fffffff7f4c5a467500000000', 'hex')
    const properties = { '10090102': Buffer.concat([sizes, Buffer.from('abc')]) }
    expect(await failureOf(async () => await textOf({ properties }))).toEqual({
      code: 'documents/damaged',
      params: { name: 'a.msg', type: 'MSG', part: 'RTF' },
    })
  })

  it('refuses more attachments than may be read', async () => {
    const attachments = Array.from({ length: 4 }, () => ({ properties: { '37010102': Buffer.from('x') } }))
    const bytes = msgFile({ properties: HEAD, attachments })
    const limits = { ...DEFAULT_LIMITS, entries: 3 }
    expect(await failureOf(async () => await readMsg(readerInput('a.msg', bytes, { limits })))).toEqual({
      code: 'documents/too-many-entries',
      params: { name: 'a.msg', limit: 3 },
    })
  })

  it('refuses a message cut anywhere, and comes to an end with any byte changed', async () => {
    const bytes = msgFile({ properties: { ...HEAD, '1000001F': unicode('本文') }, recipients: RECIPIENTS })
    for (let length = 0; length < bytes.length - 512; length += 512) {
      const failure = await failureOf(async () => await readMsg(readerInput('a', bytes.subarray(0, length))))
      expect(failure).toMatchObject({ code: 'documents/damaged', params: { type: 'MSG' } })
    }
    for (let at = 0; at < bytes.length; at += 7) {
      const mutated = Uint8Array.from(bytes)
      mutated[at] = 255 - mutated[at]!
      const failure = await failureOf(async () => {
        await readMsg(readerInput('a', mutated))
        return await readMsg(readerInput('a', new Uint8Array(0)))
      })
      expect(failure.code).toMatch(/^documents\/(?:damaged|encrypted)$/)
    }
  })
})
