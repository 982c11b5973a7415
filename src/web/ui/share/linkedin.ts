import type { PageLocale } from '../message.ts'

/** What a career site asks about a certificate. */
export interface Certification {
  /** Title with the grade. */
  readonly name: string
  readonly organisation: string
  readonly issuedAt: number
  readonly validUntil: number
  readonly id: string
  readonly url: string
}

/** Year and month in Japan, as LinkedIn's form counts them: from 1. */
function monthOf(at: number): { readonly year: string; readonly month: string } {
  const format = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Tokyo', year: 'numeric', month: '2-digit' })
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]))
  return { year: parts.year ?? '', month: String(Number(parts.month)) }
}

/** Address of LinkedIn's form for a certificate, filled in. */
export function linkedInUrl({ name, organisation, issuedAt, validUntil, id, url }: Certification): string {
  const [issue, expiry] = [monthOf(issuedAt), monthOf(validUntil)]
  const filled = {
    startTask: 'CERTIFICATION_NAME',
    name,
    organizationName: organisation,
    issueYear: issue.year,
    issueMonth: issue.month,
    expirationYear: expiry.year,
    expirationMonth: expiry.month,
    certUrl: url,
    certId: id,
  }
  return `https://www.linkedin.com/profile/add?${new URLSearchParams(filled)}`
}

/** The same, field by field, for a form that is filled in by hand. */
export function profileFields(
  { name, organisation, issuedAt, validUntil, id, url }: Certification,
  locale: PageLocale,
) {
  const day = (at: number) =>
    new Intl.DateTimeFormat(locale === 'ja' ? 'ja-JP' : 'en-GB', {
      timeZone: 'Asia/Tokyo',
      year: 'numeric',
      month: 'long',
    }).format(at)
  return { name, organisation, issued: day(issuedAt), expires: day(validUntil), id, url } as const
}
