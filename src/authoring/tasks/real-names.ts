import {
  FIRM_SIGNS,
  KNOWN_FIRMS,
  MADE_UP,
  NAME_BEFORE,
  NAME_BEHIND,
  NO_NAME_BEFORE,
  NO_NAME_BEHIND,
} from './real-names.data.ts'

/** Something in a task that could be somebody's. */
export interface RealName {
  readonly as: 'phone' | 'address' | 'registration' | 'firm'
  readonly text: string
}

/** Area, exchange and number; no exchange begins with 0. */
const PHONE =
  /(?<![\d.,-])(?:\(?0\d{1,4}\)?[-(]|0\d{1,4}\) ?|\+81[- ]?\(?0?\)?\d{1,4}[- ])([1-9]\d{0,3})[-) ]\d{3,4}(?![\d-])/g
const PHONE_ALONE = /(?<![\d-])0(?:[5789]0[1-9]\d{3}|120[1-9]\d{2}|[36][1-9]\d{3})\d{4}(?!\d)/g
const digitsOf = (text: string): string => text.replace(/\D/g, '')

const MAIL = /(?<![\w.+-])[\w.+-]+@((?:[\w-]+\.)+[a-z]{2,})/gi
/** Addresses of pages, and names of hosts that stand alone. */
const HOST =
  /(?:https?:\/\/|(?<![\w@.-]))((?:[a-z0-9-]+\.)+(?:[a-z]{2,3}\.jp|jp|com|net|org|info|biz|tokyo|shop|io))(?![\w-])/gi
/** Kept for examples by RFC 2606, RFC 6761 and the registry of .jp. */
const KEPT_HOST =
  /(?:^|\.)example\.(?:com|net|org|edu|(?:(?:co|ne|or|go|ac|ad|ed|gr|lg)\.)?jp)$|\.(?:example|test|invalid|localhost)$/i

/** Thirteen digits in a row or in groups, perhaps as the number of an invoice issuer. */
const REGISTRATION = /(?<![\d-])T?[1-9](?:\d{12}|(?:[- ]\d{4}){3})(?![\d-])/g

/**
 * Whether thirteen digits are a corporate number: the first one checks the others (ordinance of the Ministry of Finance 2014
 * no. 70: 9 less the remainder by 9 of the sum of the digits, every second one from the right doubled).
 */
export function isCorporateNumber(digits: string): boolean {
  const sum = [...digits.slice(1)]
    .reverse()
    .reduce((total, digit, i) => total + Number(digit) * (i % 2 === 0 ? 1 : 2), 0)
  return digits.length === 13 && Number(digits[0]) === 9 - (sum % 9)
}

/** The name at the sign of a firm, unless it is one that nobody has; nothing where the sign stands for firms of its kind. */
function firmAt(text: string, at: number, sign: string): string | undefined {
  const before = text.slice(Math.max(0, at - 20), at)
  const behind = text.slice(at + sign.length, at + sign.length + 20)
  const first = NO_NAME_BEFORE.test(before.trimEnd()) ? '' : (NAME_BEFORE.exec(before)?.[0] ?? '')
  const second =
    first !== '' || NO_NAME_BEHIND.test(behind) || !NAME_BEHIND.test(behind)
      ? ''
      : /^[^\s、。「」()"\\]*/u.exec(behind.trimStart())?.[0]
  const name = `${first}${sign}${second ?? ''}`
  return name === sign || MADE_UP.test(before) || MADE_UP.test(behind) ? undefined : name
}

const LETTER_BESIDE = {
  before: /[\p{Script=Katakana}\p{Script=Latin}ー]$/u,
  behind: /^[\p{Script=Katakana}\p{Script=Latin}ー]/u,
}

/** Whether a name stands in a text by itself: 「リコー」 is no part of 「リコーダー」. */
function namesFirm(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    const [before, behind] = [text.slice(0, at), text.slice(at + name.length)].map((beside, i) =>
      i === 0 ? beside.slice(-1) : beside.slice(0, 1),
    ) as [string, string]
    const cuts =
      (LETTER_BESIDE.behind.test(name) && LETTER_BESIDE.before.test(before)) ||
      (LETTER_BESIDE.before.test(name) && LETTER_BESIDE.behind.test(behind))
    if (!cuts) return true
  }
  return false
}

/** Telephone numbers, addresses, numbers in registers and firms that could be somebody's. Tags in the text are passed over. */
export function findRealNames(shown: string): RealName[] {
  const text = shown.replace(/<[^>]*>/g, '').normalize('NFKC')
  const found: RealName[] = []
  const add = (as: RealName['as'], texts: Iterable<string>) => {
    for (const one of new Set(texts)) found.push({ as, text: one })
  }
  add('phone', [
    ...[...text.matchAll(PHONE)]
      .map(([phone]) => phone)
      .filter((phone) => /^(?:0\d{9,10}|81\d{9,11})$/.test(digitsOf(phone))),
    ...[...text.matchAll(PHONE_ALONE)].map(([phone]) => phone),
  ])
  add(
    'address',
    [...text.matchAll(MAIL), ...text.matchAll(HOST)]
      .filter(([, host]) => !KEPT_HOST.test(host as string))
      .map(([address]) => address),
  )
  add(
    'registration',
    [...text.matchAll(REGISTRATION)].map(([number]) => number).filter((number) => isCorporateNumber(digitsOf(number))),
  )
  add('firm', [
    ...[...text.matchAll(FIRM_SIGNS)].flatMap(({ 0: sign, index }) => firmAt(text, index, sign) ?? []),
    ...KNOWN_FIRMS.filter((name) => namesFirm(text, name)),
  ])
  return found
}
