import { days, type Instant, instant, toRfc3339 } from '../../kernel/instant.ts'

const DAY_MS = 86_400_000
/** Half of what RFC 9116 recommends at most, so that nobody ever reads an address of long ago. */
const VALID_FOR = days(180)

export interface SecurityPlace {
  /** The origin that the document stands on. */
  readonly origin: string
  /** `mailto:`, `https:` or `tel:` addresses, the preferred one first; at least one. */
  readonly contacts: readonly string[]
  /** Address of the page that says how to report. */
  readonly policy: string
  readonly now: Instant
}

/** The document of `/.well-known/security.txt`. It ends half a year after the day on which it is read. Source: RFC 9116. */
export function securityTxt({ origin, contacts, policy, now }: SecurityPlace): string {
  const today = now - (now % DAY_MS)
  return [
    ...contacts.map((contact) => `Contact: ${contact}`),
    `Expires: ${toRfc3339(instant(today + VALID_FOR))}`,
    'Preferred-Languages: ja, en',
    `Canonical: ${origin}/.well-known/security.txt`,
    `Policy: ${policy}`,
    '',
  ].join('\n')
}

/** As RFC 9116 asks for: plain text in UTF-8. It changes once a day. */
export const securityTxtHeaders = {
  'content-type': 'text/plain; charset=utf-8',
  'cache-control': 'public, max-age=3600',
} as const
