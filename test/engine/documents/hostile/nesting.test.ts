import { describe, expect, it } from 'vitest'

import { DEFAULT_LIMITS } from '../../../../src/engine/documents/index.ts'
import { zipBytes } from '../zip/zip-bytes.ts'
import { surveyHostile } from './hostile-survey.ts'

const TIMES = 100_000
const TOO_DEEP = { code: 'documents/too-deep', params: { limit: DEFAULT_LIMITS.elementDepth } }
const TOO_NESTED = { code: 'documents/too-nested', params: { limit: DEFAULT_LIMITS.nesting } }

/** A mail with a mail with a mail attached, so many deep. */
function mailInMail(depth: number): string {
  let mail = 'From: a@example.com\r\nSubject: innermost\r\n\r\n最後の本文'
  for (let level = 0; level < depth; level++) {
    mail = [
      'From: a@example.com',
      `Subject: level ${level}`,
      'MIME-Version: 1.0',
      `Content-Type: multipart/mixed; boundary=b${level}`,
      '',
      `--b${level}`,
      'Content-Type: message/rfc822',
      '',
      mail,
      `--b${level}--`,
      '',
    ].join('\r\n')
  }
  return mail
}

function archiveInArchive(depth: number): Uint8Array {
  let archive = zipBytes([{ name: 'innermost.txt', content: '最後の本文' }])
  for (let level = 0; level < depth; level++) archive = zipBytes([{ name: 'a.zip', content: archive }])
  return archive
}

describe('elements within elements, with the limits of the product', () => {
  it('are followed to the limit: pages, RTF, parts of mails', async () => {
    const parts = Array.from(
      { length: 2000 },
      (_, level) => `--b${level}\r\nContent-Type: multipart/mixed; boundary=b${level + 1}\r\n\r\n`,
    )
    const outcomes = await surveyHostile({
      'divs.html': `<html>${'<div>'.repeat(TIMES)}本文${'</div>'.repeat(TIMES)}</html>`,
      'open.html': `<html>${'<b><table><tr><td>'.repeat(TIMES)}本文`,
      'attached.eml': `From: a@example.com\r\nSubject: s\r\nContent-Type: text/html\r\n\r\n${'<div>'.repeat(TIMES)}x`,
      'groups.rtf': `{\\rtf1 ${'{'.repeat(TIMES)}text${'}'.repeat(TIMES)}}`,
      'parts.eml': `From: a@example.com\r\nSubject: s\r\nContent-Type: multipart/mixed; boundary=b0\r\n\r\n${parts.join('')}--b0--\r\n`,
    })
    expect(outcomes).toEqual({
      'divs.html': TOO_DEEP,
      'open.html': TOO_DEEP,
      'attached.eml': TOO_DEEP,
      'groups.rtf': TOO_DEEP,
      'parts.eml': TOO_DEEP,
    })
  })
})

describe('containers within containers', () => {
  it('are opened to the limit, and what lies before it is read', async () => {
    const { nesting } = DEFAULT_LIMITS
    const outcomes = await surveyHostile({
      'deep.zip': archiveInArchive(nesting + 1),
      'sound.zip': archiveInArchive(nesting - 1),
      'deep.eml': mailInMail(nesting + 1),
    })
    const path = (file: string, part: string, depth: number): string =>
      [file, ...Array.from({ length: depth }, () => part)].join('/')
    expect(outcomes).toMatchObject({
      [`${path('sound.zip', 'a.zip', nesting - 1)}/innermost.txt`]: { text: '最後の本文' },
      [path('deep.zip', 'a.zip', nesting + 1)]: TOO_NESTED,
      [path('deep.eml', 'message.eml', nesting + 1)]: TOO_NESTED,
      'deep.eml': { text: expect.stringContaining(`level ${nesting}`) as string },
    })
    expect(JSON.stringify(outcomes['deep.eml'])).not.toContain('最後の本文')
  })
})
