import type { Reply } from './call-market.ts'

/** What was asked and what came, as a report shows it: short, and without a token that could be used again. */
export interface Exchange {
  /** Method and path, then what the token says, then the body. */
  readonly sent: string
  /** Status, type and body. */
  readonly answered: string
}

const LONGEST_VALUE = 60
const LONGEST_TEXT = 400

const cut = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most)}…` : text)

const compact = (value: unknown): string =>
  cut(
    JSON.stringify(value, (_, member: unknown) => (typeof member === 'string' ? cut(member, LONGEST_VALUE) : member)),
    LONGEST_TEXT,
  )

const readPart = (part: string | undefined): unknown => {
  try {
    return JSON.parse(Buffer.from(part ?? '', 'base64url').toString('utf8'))
  } catch {
    return undefined
  }
}

/** Header and claims without the signature; of a session nothing. */
function describeBearer(bearer: string | undefined): string {
  if (bearer === undefined) return ''
  const [header, claims] = bearer.split('.')
  const read = [readPart(header), readPart(claims)]
  return read.some((part) => typeof part !== 'object' || part === null)
    ? ' Bearer …'
    : ` Bearer ${read.map(compact).join('.')}.…`
}

export function exchangeOf({ call, bearer, status, headers, text, json }: Reply): Exchange {
  const body = call.raw ?? (call.body === undefined ? '' : compact(call.body))
  const type = headers.get('content-type') ?? ''
  const answer = json === undefined ? cut(text.replace(/\s+/g, ' ').trim(), LONGEST_TEXT) : compact(json)
  return {
    sent: `${call.method} ${call.path}${describeBearer(bearer)} ${cut(body, LONGEST_TEXT)}`.trim(),
    answered: [String(status), type, answer].filter(Boolean).join(' '),
  }
}
