import { matches, type Passage } from './passage.ts'

/** The usual form of RFC 5321 §4.1.2 and its lengths; `icon@2x.png` is a picture. */
const MAIL_ADDRESS =
  /(?<![\w.%+-])[\w.%+-]{1,64}@(?![1-9]x\.)(?:[A-Za-z0-9][A-Za-z0-9-]{0,62}\.){1,8}[A-Za-z]{2,24}(?![\w-])/g

export const findMailAddresses = (text: string): Iterable<Passage> => matches(text, MAIL_ADDRESS)

/** RFC 7468 labels, and OpenPGP's. */
const PRIVATE_KEY_BEGIN = /-----BEGIN (?:[A-Z0-9]{1,20} ){0,3}PRIVATE KEY(?: BLOCK)?-----/g
const PRIVATE_KEY_END = /-----END (?:[A-Z0-9]{1,20} ){0,3}PRIVATE KEY(?: BLOCK)?-----/
const LONGEST_PRIVATE_KEY = 20_000

/** Private keys in PEM, from their first line to their last. */
export function* findPrivateKeys(text: string): Generator<Passage> {
  let end = 0
  for (const { from, to } of matches(text, PRIVATE_KEY_BEGIN)) {
    if (from < end) continue
    const rest = text.slice(to, to + LONGEST_PRIVATE_KEY)
    const last = PRIVATE_KEY_END.exec(rest.slice(0, nextBegin(rest)))
    end = last === null ? to : to + last.index + last[0].length
    yield { from, to: end }
  }
}

function nextBegin(text: string): number {
  const next = text.indexOf('-----BEGIN ')
  return next === -1 ? text.length : next
}

/** By the prefixes that their issuers give them: AWS, GitHub, Slack, Google; JSON Web Tokens (RFC 7519). */
const ACCESS_KEY =
  /(?<![\w-])(?:A[KS]IA[A-Z0-9]{16}|gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_\w{40,255}|xox[abeoprs]-[A-Za-z0-9-]{10,255}|AIza[\w-]{35}|sk-[\w-]{20,255}|eyJ[\w-]{10,8192}\.eyJ[\w-]{10,8192}\.[\w-]{10,8192})(?![\w-])/g

/** What is named a key or a token and given a value of letters and digits. */
const NAMED_KEY =
  /(?:api|access|secret)[_-]?(?:key|token)["']?[ \t]{0,4}[:=][ \t]{0,4}["']?(?<value>[\w-]{16,255})(?![\w.$({[-])/gi
const KEY_PLACEHOLDER = /your|example|dummy|sample|xxxx|\*{4}/i

/** Access keys and tokens of well-known services, and those that their name gives away. */
export function* findAccessKeys(text: string): Generator<Passage> {
  for (const { from, to, found } of matches(text, ACCESS_KEY)) {
    // Words with hyphens begin with sk- too.
    if (found.startsWith('sk-') && !(/\d/.test(found) && /[A-Z]/.test(found))) continue
    yield { from, to }
  }
  for (const { to, groups } of matches(text, NAMED_KEY)) {
    const { value = '' } = groups
    const isMixed = /\d/.test(value) && /[A-Za-z]/.test(value)
    if (isMixed && !KEY_PLACEHOLDER.test(value)) yield { from: to - value.length, to }
  }
}

const PASSWORD =
  /(?:パスワード|暗証番号|passphrase|password|passwd|(?<![A-Za-z])(?:PW|pwd|pass))["']?(?:[ \t]?\([^()\n]{1,20}\))?[ \t]{0,4}(?:(?<sign>[:=])|は|is(?=[ \t]))[ \t]{0,4}["'`「]?(?<value>[!-~]{4,128})/gi
/** In a form or a table: a name, a gap, and a word of letters and digits alone on the rest of its line. */
const BARE_PASSWORD =
  /(?:パスワード|暗証番号)[ \t]{1,4}(?<value>(?=[!-~]{0,127}\d)(?=[!-~]{0,127}[A-Za-z])[!-~]{8,128})(?=[ \t]*(?:\n|$))/g
/** A user's name and password behind one label: `ID/PASS: … / …`. */
const WITH_USER =
  /(?<![A-Za-z])(?:ID|user)[ \t]?[/・][ \t]?(?:PASS(?:WORD)?|PW|pwd|パスワード)[ \t]{0,4}[:=][ \t]{0,4}[!-.0-~]{1,64}[ \t]{0,4}\/[ \t]{0,4}(?<value>[!-~]{4,128})/gi
/** What ends a value that is written in quotes, a query or a list. */
const VALUE_END = /[.)]{0,3}(?:["'`<>,;&]|$)/
/** What stands for a password where none is told. */
const PLACEHOLDERS: readonly RegExp[] = [
  // Stars, dots and crosses.
  /^(?:(.)\1*|[^A-Za-z0-9]*|x+\d*)$/i,
  // Variables, calls and addresses.
  /^(?:[<[{$%]|https?:)|\(|(?:env|config|settings|args|params|request|secrets?)[.[]/i,
  /^(?:your|my|the|new|old|enter|change|dummy|sample|example|test|some)[-_ ]?(?:password|passwd|pass|me|value|this)?\d*$/i,
  /^(?:password|passwd|required|optional|string|null|none|true|false|undefined|must|should|please|varchar|text|hidden)$/i,
]

/**
 * Passwords written out behind their name: `パスワード: …`, `password=…`, `Password is …`; the value alone. A word
 * within a sentence is none: a value has digits or signs beside letters, or stands behind : or = and ends its line, or
 * behind a gap and has both.
 */
export function* findPasswords(text: string): Generator<Passage> {
  const withUser = [...matches(text, WITH_USER)]
  let next = 0
  for (const { from: label, to, groups } of matches(text, PASSWORD)) {
    while ((withUser[next]?.to ?? Infinity) <= label) next++
    // The first value behind the two names is the user's.
    if ((withUser[next]?.from ?? Infinity) <= label) continue
    const whole = groups['value'] ?? ''
    const value = whole.slice(0, whole.search(VALUE_END))
    if (value.length < 4 || PLACEHOLDERS.some((placeholder) => placeholder.test(value))) continue
    const from = to - whole.length
    const isMixed = /[A-Za-z]/.test(value) && /[^A-Za-z]/.test(value)
    const behind = text.slice(from + value.length, from + value.length + 8)
    if (isMixed || (groups['sign'] !== undefined && /^["'`」,;. \t]*(?:\n|$)/.test(behind))) {
      yield { from, to: from + value.length }
    }
  }
  for (const { to, groups } of [...matches(text, BARE_PASSWORD), ...withUser]) {
    const { value = '' } = groups
    if (!PLACEHOLDERS.some((placeholder) => placeholder.test(value))) yield { from: to - value.length, to }
  }
}
