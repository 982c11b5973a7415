import { Icon } from '../../../platform/page/icon.tsx'
import type { PageLocale } from '../message.ts'
import type { PageContext } from '../page-context.ts'

/** What a career site asks about a certificate. */
interface Certification {
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
function profileFields({ name, organisation, issuedAt, validUntil, id, url }: Certification, locale: PageLocale) {
  const day = (at: number) =>
    new Intl.DateTimeFormat(locale === 'ja' ? 'ja-JP' : 'en-GB', {
      timeZone: 'Asia/Tokyo',
      year: 'numeric',
      month: 'long',
    }).format(at)
  return { name, organisation, issued: day(issuedAt), expires: day(validUntil), id, url } as const
}

/** Copies the text of the element `of`. Hidden until the script that makes it work has run: without it the text is there to be selected. */
export const CopyButton = ({ of, copy, copied, what }: { of: string; copy: string; copied: string; what?: string }) => (
  <button class="btn ghost xs" type="button" data-copy={of} data-copied={copied} hidden>
    <Icon name="copy" small />
    <span aria-live="polite">{copy}</span>
    {what && <span class="unseen"> {what}</span>}
  </button>
)

const names = ['name', 'organisation', 'issued', 'expires', 'id', 'url'] as const

/** What LinkedIn and the like ask for: their form filled in, and each field to copy. Fields can be selected without a script. */
export const ProfileFields = ({
  certification,
  context: { locale, t },
}: {
  certification: Certification
  context: PageContext
}) => {
  const fields = profileFields(certification, locale)
  return (
    <div class="stack s">
      <p>
        <a class="btn outline s" href={linkedInUrl(certification)} target="_blank" rel="noopener noreferrer">
          <Icon name="out" small />
          {t('profile.add')}
        </a>
      </p>
      <p class="tiny">{t('profile.note')}</p>
      <dl class="profile">
        {names.map((key) => (
          <div>
            <dt>{t(`profile.field.${key}`)}</dt>
            <dd>
              <span class="sel" id={`pf-${key}-${certification.id}`}>
                {fields[key]}
              </span>
              <CopyButton
                of={`pf-${key}-${certification.id}`}
                copy={t('profile.copy')}
                copied={t('profile.copied')}
                what={t(`profile.field.${key}`)}
              />
            </dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
