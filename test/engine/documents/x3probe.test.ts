import { it } from 'vitest'
import { numberFormat } from '../../../src/engine/documents/cells/number-format.ts'
import { readEml } from '../../../src/engine/documents/mail/read-eml.ts'
import { readerInput } from './zip/reader-input.ts'
import { fromUnicode } from './encoded.ts'
import Encoding from 'encoding-japanese'
import { appendFileSync, writeFileSync } from 'node:fs'
const out = (...a: unknown[]) => appendFileSync('/tmp/x3/out.txt', a.map((x) => typeof x === 'string' ? x : JSON.stringify(x)).join(' ') + '\n')
writeFileSync('/tmp/x3/out.txt', '')
it('formats', () => {
  for (const [f, v] of [['[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy', 45748], ['[$-F400]h:mm:ss\\ AM/PM', 45748.6], ['[$-409]d\\-mmm\\-yy;@', 45748],['[$-x-sysdate]dddd, mmmm dd, yyyy',45748],['[$-x-systime]h:mm:ss AM/PM',45748.6],
   ['#,##0_);[Red]\\(#,##0\\)', -1234], ['#,##0;"▲ "#,##0', -1234], ['0.0%', 0.123], ['[$-411]ge\\.m\\.d;@', 45748], ['[$-ja-JP-x-gannen]ggge"年"m"月"d"日";@', 43600],['[$¥-411]#,##0', 1234],['[$€-2] #,##0.00',12.5],['yyyy/mm/dd(aaa)',45748],['[=1]"有";[=0]"無";General',1],['0000',12],['@',12],['#,##0.00"千円"',1.5],['[<=99999999]####\\-####;\\(00\\)\\ ####\\-####',312345678],['m/d/yyyy h:mm',45748.5],['General',0.1+0.2],['General',1234567890123],['[$-1030411]ge',45748],['[DBNum1][$-411]General',12],['#,##0,',1234567],['#,##0,,"百万円"',1234567890], ['[h]:mm', 1.5],['yyyy"年"m"月"',45748],['# ?/?',0.5],[';;;',5], ['#,##0_ ;[Red]\\-#,##0\\ ',-5],['_-* #,##0_-;\\-* #,##0_-;_-* "-"??_-;_-@_-',5],['[$-409]mmmm\\-yy;@',45748],['[$-804]yyyy"年"m"月"d"日";@',45748],['aaaa',45748],['[$-411]aaaa',45748],['ddd',45748],['[$-411]ddd',45748],['[$-411]dddd',45748]] as const) {
    out(f, v, '=>', numberFormat(f).number(v))
  }
})
const crlf = (s: string) => s.replaceAll('\n', '\r\n')
async function mail(name: string, bytes: Uint8Array) {
  try { const r = await readEml(readerInput(bytes)); out('MAIL', name, r.text, r.encoding ?? '', (r.embedded ?? []).map((e) => e.name)) }
  catch (e) { out('MAIL', name, 'ERR', (e as {code: string}).code, (e as {params: unknown}).params) }
}
it('mails', async () => {
  const b = (s: string) => new TextEncoder().encode(crlf(s))
  for (const cs of ['cp932', 'MS932', 'shift-jis', 'Windows-31J', 'x-sjis', 'sjis', 'ms_kanji', 'cp50221', 'iso-2022-jp-ms', 'ISO-2022-JP-1', 'iso-2022-jp-3', 'EUC-JP', 'eucjp-ms', 'unknown-8bit', 'us-ascii', '"UTF-8;"', 'utf8', 'utf-7', 'ansi_x3.4-1968', 'cp1252', 'ISO-8859-15', 'gb2312', 'ks_c_5601-1987', 'default_charset','_iso-2022-jp']) {
    const to = /50221|2022/.test(cs) ? 'JIS' : /euc/i.test(cs) ? 'EUCJP' : /utf/i.test(cs) ? 'UTF8' : /gb|ks|1252|8859/.test(cs) ? 'ASCII' : 'SJIS'
    const body = Encoding.convert(Encoding.stringToCode('日本語の本文①です。'), { to: to as 'JIS', from: 'UNICODE' })
    await mail(cs, new Uint8Array([...b(`Subject: x\nFrom: a@b.c\nMIME-Version: 1.0\nContent-Type: text/plain; charset=${cs}\nContent-Transfer-Encoding: 8bit\n\n`), ...body]))
  }
  await mail('noclose', b('Subject: x\nFrom: a@b.c\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="q"\n\n--q\nContent-Type: text/plain; charset=utf-8\n\n本文。\n--q\nContent-Type: text/plain; name="a.txt"\nContent-Disposition: attachment\n\nabc\n'))
  await mail('noclose inner', b('Subject: x\nFrom: a@b.c\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="q"\n\n--q\nContent-Type: multipart/alternative; boundary=r\n\n--r\nContent-Type: text/plain; charset=utf-8\n\n本文。\n--q\nContent-Type: text/plain; name="a.txt"\nContent-Disposition: attachment\n\nabc\n--q--\n'))
  await mail('no boundary param', b('Subject: x\nFrom: a@b.c\nMIME-Version: 1.0\nContent-Type: multipart/mixed\n\n本文。\n'))
  await mail('apple', b('Subject: =?UTF-8?B?5a+G?=\n =?UTF-8?B?5bqm?=\nFrom: =?iso-2022-jp?B?GyRCRnxLXBsoQg==?= <a@b.c>\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="q"\n\n--q\nContent-Type: text/plain; charset=utf-8\n\n前。\n--q\nContent-Type: application/pdf; name="=?UTF-8?B?5a+G?=.pdf"\nContent-Disposition: inline; filename*=UTF-8\'\'%E5%AF%86.pdf\nContent-Transfer-Encoding: base64\n\nJVBERi0=\n--q\nContent-Type: text/plain; charset=utf-8\n\n後。\n--q--\n'))
  await mail('flowed', b('Subject: x\nFrom: a@b.c\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8; format=flowed; delsp=yes\n\nこれは長い \n行です。\n終。\n'))
  await mail('quoted', b('Subject: x\nFrom: a@b.c\nMIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n<html><body><div>=E6=97=A5=\n=E6=9C=AC<br></div><blockquote>=E6=97=A5</blockquote></body></html>\n'))
  await mail('space boundary', b('Subject: x\nFrom: a@b.c\nMIME-Version: 1.0\nContent-Type: multipart/alternative;\n\tboundary="----=_Part 1"; charset=utf-8\n\npre\n------=_Part 1\nContent-Type: text/plain; charset=utf-8\n\n本文。\n------=_Part 1--\n'))
  await mail('deleted att', b('Subject: x\nFrom: a@b.c\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=q\n\n--q\n\n本文\n--q\nContent-Type: text/calendar; charset=utf-8; method=REQUEST\n\nBEGIN:VCALENDAR\nSUMMARY:会議\nEND:VCALENDAR\n--q--\n'))
  await mail('cid att', b('Subject: x\nFrom: a@b.c\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=q\n\n--q\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; x\n\nFinal-Recipient: y\n--q\nContent-Type: text/rfc822-headers\n\nSubject: q\n--q--\n'))
})
