import type { Child } from 'hono/jsx'
import { Icon } from '../../../platform/page/icon.tsx'
import type { PageContext } from '../page-context.ts'
import { elementHtml, filesOf, frameHtml, pictureHtml, type ShownCertificate } from './embed-codes.ts'
import { CopyButton, ProfileFields } from './profile-fields.tsx'

/** A certificate that its holder shows, and who issued it when. */
interface HeldCertificate extends ShownCertificate {
  readonly organisation: string
  readonly issuedAt: number
  readonly validUntil: number
}

interface ShareProps {
  readonly context: PageContext
  readonly certificate: HeldCertificate
}

interface CopyProps {
  readonly id: string
  readonly label: string
  readonly what?: string
  readonly context: PageContext
  readonly children: Child
}

const CopyField = ({ id, label, what = label, context: { t }, children }: CopyProps) => (
  <div class="field copy">
    <div class="card-head">
      <span class="label">{label}</span>
      <CopyButton of={id} copy={t('verify.copy')} copied={t('verify.copied')} what={what} />
    </div>
    <pre id={id}>{children}</pre>
  </div>
)

const Way = ({ title, children }: { title: string; children: Child }) => (
  <details class="way">
    <summary>
      {title}
      <Icon name="right" small />
    </summary>
    <div class="stack s">{children}</div>
  </details>
)

/** What goes into another page, one way in each fold. */
const Embeds = ({ context, certificate }: ShareProps) => {
  const { t, locale } = context
  const { id, url } = certificate
  const ways = [
    { way: 'embed', title: t('share.picture'), note: t('share.pictureNote'), code: pictureHtml(certificate) },
    { way: 'frame', title: t('share.frame'), note: t('share.frameNote'), code: frameHtml(certificate) },
    { way: 'element', title: t('share.element'), note: t('share.elementNote'), code: elementHtml(certificate) },
    { way: 'oembed', title: t('share.oembed'), note: t('share.oembedNote'), code: `${url}?lang=${locale}` },
  ]
  return (
    <>
      {ways.map(({ way, title, note, code }) => (
        <Way title={title}>
          <CopyField id={`copy-${way}-${id}`} label={note} what={title} context={context}>
            {code}
          </CopyField>
        </Way>
      ))}
    </>
  )
}

const Files = ({ context: { t }, certificate }: ShareProps) => (
  <>
    <ul class="files">
      {filesOf(certificate).map(({ form, href }) => (
        <li>
          <a class="btn ghost s" href={href} download>
            <Icon name="download" small />
            {t(`share.fileNames.${form}`)}
          </a>
        </li>
      ))}
    </ul>
    <p class="hint">{t('share.filesNote')}</p>
  </>
)

/** Everything a holder needs to show a certificate elsewhere: its address first, the rest in folds. */
export const Sharing = (props: ShareProps) => {
  const { context, certificate } = props
  const { t, locale } = context
  const { id, url } = certificate
  return (
    <div class="sharing">
      <CopyField id={`copy-link-${id}`} label={t('verify.link')} context={context}>
        {url}
      </CopyField>
      <Way title={t('share.career')}>
        <ProfileFields certification={certificate} context={context} />
      </Way>
      <Embeds {...props} />
      <Way title={t('share.files')}>
        <Files {...props} />
      </Way>
      <p class="btns">
        <a class="btn ghost s" href={`${url}/print?lang=${locale}`}>
          <Icon name="page" small />
          {t('verify.print.link')}
        </a>
      </p>
    </div>
  )
}
