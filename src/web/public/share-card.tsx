import type { Child } from 'hono/jsx'
import { Icon } from '../../platform/page/icon.tsx'
import type { Translate } from '../ui/message.ts'
import { CopyButton, ProfileFields } from '../ui/share/profile-fields.tsx'
import { type CertificateView, filesOf } from './certificate-view.ts'
import { EmbedCard } from './embed/embed-card.tsx'
import { elementHtml, frameHtml, pictureHtml } from './embed/oembed.ts'

const CopyField = ({
  id,
  label,
  what = label,
  t,
  children,
}: {
  id: string
  label: string
  what?: string
  t: Translate
  children: Child
}) => (
  <div class="field copy">
    <div class="card-head">
      <span class="label">{label}</span>
      <CopyButton of={id} copy={t('verify.copy')} copied={t('verify.copied')} what={what} />
    </div>
    <pre id={id}>{children}</pre>
  </div>
)

const Way = ({ title, open, children }: { title: string; open?: boolean; children: Child }) => (
  <details class="way" open={open}>
    <summary>
      {title}
      <Icon name="right" small />
    </summary>
    <div class="stack s">{children}</div>
  </details>
)

const EmbedWays = ({ view }: { view: CertificateView }) => {
  const { t, context, url } = view
  const ways = [
    { id: 'copy-embed', title: t('share.picture'), note: t('share.pictureNote'), code: pictureHtml(view) },
    { id: 'copy-frame', title: t('share.frame'), note: t('share.frameNote'), code: frameHtml(view) },
    { id: 'copy-element', title: t('share.element'), note: t('share.elementNote'), code: elementHtml(view) },
    { id: 'copy-oembed', title: t('share.oembed'), note: t('share.oembedNote'), code: `${url}?lang=${context.locale}` },
  ]
  return (
    <div class="field">
      <span class="label">{t('verify.embed')}</span>
      {ways.map(({ id, title, note, code }, i) => (
        <Way title={title} open={i === 0}>
          <CopyField id={id} label={note} what={title} t={t}>
            {code}
          </CopyField>
        </Way>
      ))}
    </div>
  )
}

const Files = ({ view }: { view: CertificateView }) => {
  const { t } = view.context
  return (
    <div class="field">
      <span class="label">{t('share.files')}</span>
      <ul class="files">
        {filesOf(view).map(({ form, href }) => (
          <li>
            <a class="btn ghost s" href={href} download>
              <Icon name="download" small />
              {t(`share.fileNames.${form}`)}
            </a>
          </li>
        ))}
      </ul>
      <p class="hint">{t('share.filesNote')}</p>
    </div>
  )
}

/** What a holder needs to show the certificate elsewhere. */
export const ShareCard = ({ view }: { view: CertificateView }) => {
  const { t, url, record, name, issuerName, context } = view
  const certification = {
    name,
    organisation: issuerName,
    issuedAt: record.issuedAt,
    validUntil: record.validUntil,
    id: record.id,
    url,
  }
  return (
    <section class="card showit" aria-labelledby="share">
      <div class="card-head">
        <h2 id="share">{t('verify.share')}</h2>
        <small>{t('verify.shareNote')}</small>
      </div>
      <div class="share">
        <div class="stack">
          <CopyField id="copy-link" label={t('verify.link')} t={t}>
            {url}
          </CopyField>
          <EmbedWays view={view} />
          <div class="field">
            <span class="label">{context.t('share.career')}</span>
            <ProfileFields certification={certification} context={context} />
          </div>
        </div>
        <div class="stack">
          <div class="field">
            <span class="label">{t('verify.preview')}</span>
            <EmbedCard view={view} />
          </div>
          <Files view={view} />
          <div class="field">
            <span class="label">{t('verify.print.paper')}</span>
            <div class="btns">
              <a class="btn ghost s" href={`${url}/print?lang=${context.locale}`}>
                {t('verify.print.link')}
              </a>
            </div>
          </div>
        </div>
      </div>
    </section>
  )
}
