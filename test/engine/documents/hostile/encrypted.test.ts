import { expect, it } from 'vitest'

import { fixture } from '../zip/reader-input.ts'
import { zipBytes } from '../zip/zip-bytes.ts'
import { surveyHostile } from './hostile-survey.ts'

const FLAG_ENCRYPTED = 0x0001

const pgpMail = [
  'From: a@example.com',
  'Subject: secret',
  'Content-Type: multipart/encrypted; protocol="application/pgp-encrypted"; boundary=b',
  '',
  '--b',
  'Content-Type: application/pgp-encrypted',
  '',
  'Version: 1',
  '--b',
  'Content-Type: application/octet-stream',
  '',
  '-----BEGIN PGP MESSAGE-----',
  '-----END PGP MESSAGE-----',
  '--b--',
  '',
].join('\r\n')

it('tells of a password, whatever the format', async () => {
  const types = {
    'protected.doc': 'DOC',
    'protected.docx': 'Office',
    'protected.odp': 'ODF',
    'protected.ods': 'ODF',
    'protected.odt': 'ODF',
    'protected.pptx': 'Office',
    'protected.xls': 'XLS',
    'protected.xlsx': 'Office',
  }
  const files = Object.keys(types).map((name) => [name, fixture(`encrypted/${name}`)] as const)
  const outcomes = await surveyHostile({
    ...Object.fromEntries(files),
    'protected.pdf': fixture('pdf/encrypted.pdf'),
    'protected.eml': pgpMail,
    'protected.zip': zipBytes([
      { name: 'open.txt', content: '読める文書です。' },
      { name: 'closed.txt', content: '読めない文書です。', flags: FLAG_ENCRYPTED },
    ]),
  })
  const encrypted = (type: string): unknown => ({ code: 'documents/encrypted', params: { type } })
  expect(outcomes).toEqual({
    ...Object.fromEntries(Object.entries(types).map(([name, type]) => [name, encrypted(type)])),
    'protected.pdf': encrypted('PDF'),
    'protected.eml': encrypted('PGP'),
    'protected.zip/open.txt': { text: '読める文書です。' },
    'protected.zip/closed.txt': encrypted('ZIP'),
  })
})
