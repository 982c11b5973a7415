import type { Svg } from '../../../credential/badge-artwork.ts'
import type { HeldCertificate } from '../../../flows/read-holder-story.ts'
import { dayText } from '../../../platform/page/dates.ts'
import { Icon, type IconName } from '../../../platform/page/icon.tsx'
import { Drawing } from '../../ui/drawing.tsx'
import { CopyButton, linkedInUrl } from '../../ui/share/profile-fields.tsx'
import type { ResultProps } from './result-props.ts'

interface ShareProps extends Pick<ResultProps, 'context' | 'result' | 'issuer'> {
  readonly held: HeldCertificate
  readonly art: Svg
}

const addressOf = ({ issuer: { origin }, held: { credential } }: ShareProps): string =>
  `${origin}/credentials/${credential.id}`

/** Pages of others that take a link, opened by a plain link: nothing of theirs runs here. */
function placesOf(props: ShareProps) {
  const { context, result, issuer, held } = props
  const { t } = context
  const { id, issuedAt, validUntil } = held.credential
  const url = addressOf(props)
  const name = `${result.title} ${t('exam.level', { level: result.level })}`
  return [
    { id: 'line', icon: 'send', href: `https://social-plugins.line.me/lineit/share?${new URLSearchParams({ url })}` },
    {
      id: 'x',
      icon: 'cross',
      href: `https://x.com/intent/post?${new URLSearchParams({ text: t('showing.post', { exam: name }), url })}`,
    },
    {
      id: 'linkedin',
      icon: 'person',
      href: linkedInUrl({ name, organisation: issuer.name, issuedAt, validUntil, id, url }),
    },
  ] as const satisfies readonly { id: string; icon: IconName; href: string }[]
}

/** Ways to show a certificate and to keep it. */
export const ShareCard = (props: ShareProps) => {
  const { context, result, held, art } = props
  const { t, locale } = context
  const { id, holderName, issuedAt } = held.credential
  const at = `/credentials/${id}`
  const files = [
    { icon: 'download', href: `${at}.png?download&lang=${locale}`, text: t('showing.image') },
    { icon: 'page', href: `${at}/print?lang=${locale}`, text: t('showing.paper') },
    { icon: 'right', href: `/certificates#share-${id}`, text: t('showing.more') },
  ] as const
  return (
    <section class="card" aria-labelledby="showing">
      <h2 id="showing">{t('showing.title')}</h2>
      <div class="og">
        <Drawing svg={art} />
        <p>
          {result.title} {t('exam.level', { level: result.level })}
          <b>{t('record.passed')}</b>
          <bdi>{holderName || t('verify.field.unnamed')}</bdi> <span class="unbroken">{dayText(locale, issuedAt)}</span>
        </p>
      </div>
      <p class="places">
        {placesOf(props).map(({ id: place, icon, href }) => (
          <a class="btn ghost s" href={href} target="_blank" rel="noopener noreferrer">
            <Icon name={icon} small />
            {t(`showing.to.${place}`)}
          </a>
        ))}
        <CopyButton of="address" copy={t('showing.copy')} copied={t('profile.copied')} />
      </p>
      <p class="tiny mono" id="address">
        {addressOf(props)}
      </p>
      <ul class="keep">
        {files.map(({ icon, href, text }) => (
          <li>
            <a href={href}>
              <Icon name={icon} small />
              {text}
            </a>
          </li>
        ))}
      </ul>
      <p class="tiny">{t('showing.what')}</p>
    </section>
  )
}
