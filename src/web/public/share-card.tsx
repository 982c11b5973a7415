import type { Child } from 'hono/jsx'
import { Icon } from '../ui/icon.tsx'
import { CopyButton } from '../ui/share/copy-button.tsx'
import { ProfileFields } from '../ui/share/profile-fields.tsx'
import { type CertificateView, filesOf } from './certificate-view.ts'
import { EmbedCard } from './embed/embed-card.tsx'
import { elementHtml, frameHtml, pictureHtml } from './embed/embed-code.ts'
import type { PublicTexts } from './texts/public-texts.ts'
import { shareTextsOf } from './texts/share-texts.ts'

const CopyField = ({ id, label, what = label, texts, children }: { id: string; label: string; what?: string; texts: PublicTexts; children: Child }) => (
  <div class="field copy">
    <div class="ch">
      <span class="label">{label}</span>
      <CopyButton of={id} copy={texts.copy} copied={texts.copied} what={what} />
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
  const { texts, context, url } = view
  const share = shareTextsOf(context.locale)
  const ways = [
    { id: 'copy-embed', title: share.picture, note: share.pictureNote, code: pictureHtml(view) },
    { id: 'copy-frame', title: share.frame, note: share.frameNote, code: frameHtml(view) },
    { id: 'copy-element', title: share.element, note: share.elementNote, code: elementHtml(view) },
    { id: 'copy-oembed', title: share.oembed, note: share.oembedNote, code: `${url}?lang=${context.locale}` },
  ]
  return (
    <div class="field">
      <span class="label">{texts.embed}</span>
      {ways.map(({ id, title, note, code }, i) => (
        <Way title={title} open={i === 0}>
          <CopyField id={id} label={note} what={title} texts={texts}>
            {code}
          </CopyField>
        </Way>
      ))}
    </div>
  )
}

const Files = ({ view }: { view: CertificateView }) => {
  const { files, filesNote, fileNames } = shareTextsOf(view.context.locale)
  return (
    <div class="field">
      <span class="label">{files}</span>
      <ul class="files">
        {filesOf(view).map(({ form, href }) => (
          <li>
            <a class="btn ghost s" href={href} download>
              <Icon name="download" small />
              {fileNames[form]}
            </a>
          </li>
        ))}
      </ul>
      <p class="hint">{filesNote}</p>
    </div>
  )
}

/** What a holder needs to show the certificate elsewhere. */
export const ShareCard = ({ view }: { view: CertificateView }) => {
  const { texts, url, record, name, issuerName, context } = view
  const certification = { name, organisation: issuerName, issuedAt: record.issuedAt, validUntil: record.validUntil, id: record.id, url }
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
          <EmbedWays view={view} />
          <div class="field">
            <span class="label">{shareTextsOf(context.locale).career}</span>
            <ProfileFields certification={certification} locale={context.locale} />
          </div>
        </div>
        <div class="stack">
          <div class="field">
            <span class="label">{texts.preview}</span>
            <EmbedCard view={view} />
          </div>
          <Files view={view} />
          <div class="field">
            <span class="label">{texts.print.paper}</span>
            <div class="btns">
              <a class="btn ghost s" href={`${url}/print?lang=${context.locale}`}>
                {texts.print.link}
              </a>
            </div>
          </div>
        </div>
      </div>
    </section>
  )
}
