import { raw } from 'hono/html'
import type { Child } from 'hono/jsx'
import { Icon } from '../ui/icon.tsx'
import { dayText } from '../ui/time-text.ts'
import { tones, VerdictIcon } from './certificate-card.tsx'
import { badgeOf, type CertificateView } from './certificate-view.ts'
import { CopyButton } from './copy-button.tsx'
import type { PublicTexts } from './texts/public-texts.ts'

/** Size of the embedded badge, in CSS pixels. */
export const EMBED_SIZE = { width: 320, height: 112 } as const

const months = {
  ja: new Intl.DateTimeFormat('ja-JP', { timeZone: 'Asia/Tokyo', year: 'numeric', month: 'long' }),
  en: new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Tokyo', year: 'numeric', month: 'long' }),
} as const

const escapeAttribute = (text: string) => text.replace(/[&"<>]/g, (c) => `&#${c.charCodeAt(0)};`)

/** The HTML that shows the badge, always in its present state, on somebody else's page. */
export const embedHtml = ({ url, name, record, context }: CertificateView): string =>
  `<iframe src="${new URL(`/embed/${record.id}?lang=${context.locale}`, url).href}" title="${escapeAttribute(name)}" width="${EMBED_SIZE.width}" height="${EMBED_SIZE.height}" loading="lazy"></iframe>`

/** The state in a line under the badge's name. */
function stateDate({ texts, verification, record, context }: CertificateView): string {
  const { locale } = context
  switch (verification.verdict) {
    case 'suspended':
      return texts.since(dayText(locale, record.statusChangedAt))
    case 'revoked':
      return dayText(locale, record.statusChangedAt)
    case 'valid':
    case 'expired':
      return texts.until(dayText(locale, record.validUntil))
    default:
      return ''
  }
}

/** The small badge that other sites show; it leads to the verification page. */
export const EmbedCard = ({ view, isFramed }: { view: CertificateView; isFramed?: boolean }) => {
  const { texts, verification, name, url, context } = view
  const { verdict } = verification
  return (
    <a class="embed" href={`${url}?lang=${context.locale}`} {...(isFramed ? { target: '_blank', rel: 'noopener' } : {})}>
      {raw(badgeOf(view, 'decoration'))}
      <span>
        <b>{name}</b>
        <span class={`st ${tones[verdict]}`}>
          <VerdictIcon verdict={verdict} small />
          {texts.verdicts[verdict].word}
        </span>
        <span class="sub num">{stateDate(view)}</span>
      </span>
    </a>
  )
}

const CopyField = ({ id, label, texts, children }: { id: string; label: string; texts: PublicTexts; children: Child }) => (
  <div class="field copy">
    <div class="ch">
      <span class="label">{label}</span>
      <CopyButton of={id} texts={texts} />
    </div>
    <pre id={id}>{children}</pre>
  </div>
)

/** The fields that LinkedIn and the like ask for, as lines to copy. */
function profileLines({ texts, name, issuerName, record, url, context }: CertificateView): string {
  const { profileField } = texts
  const month = (at: number) => months[context.locale].format(at)
  const lines = [
    [profileField.name, name],
    [profileField.issuer, issuerName],
    [profileField.issued, month(record.issuedAt)],
    [profileField.expires, month(record.validUntil)],
    [profileField.number, record.id],
    [profileField.url, url],
  ]
  return lines.map((line) => line.join('')).join('\n')
}

/** What a holder needs to show the certificate elsewhere. */
export const ShareCard = ({ view }: { view: CertificateView }) => {
  const { texts, url } = view
  return (
    <section class="card showit" aria-labelledby="share">
      <div class="ch">
        <h2 id="share">{texts.share}</h2>
        <small>{texts.shareNote}</small>
      </div>
      <div class="share">
        <div class="stack">
          <CopyField id="copy-link" label={texts.link} texts={texts}>
            {url}
          </CopyField>
          <CopyField id="copy-embed" label={texts.embed} texts={texts}>
            {embedHtml(view)}
          </CopyField>
          <CopyField id="copy-profile" label={texts.profile} texts={texts}>
            {profileLines(view)}
          </CopyField>
        </div>
        <div class="stack">
          <div class="field">
            <span class="label">{texts.preview}</span>
            <EmbedCard view={view} />
          </div>
          <div class="field">
            <span class="label">{texts.image}</span>
            <div class="btns">
              <a class="btn ghost s" href={`${url}.png?lang=${view.context.locale}`} download>
                <Icon name="download" small />
                PNG
              </a>
              <a class="btn ghost s" href={`${url}.svg?lang=${view.context.locale}`} download>
                <Icon name="download" small />
                SVG
              </a>
            </div>
            <p class="hint">{texts.imageNote}</p>
          </div>
          <div class="field">
            <span class="label">{texts.print.paper}</span>
            <div class="btns">
              <a class="btn ghost s" href={`${url}/print?lang=${view.context.locale}`}>
                {texts.print.link}
              </a>
            </div>
          </div>
        </div>
      </div>
    </section>
  )
}
