import { examShape, passRule, textIn } from '../../credential/achievement.ts'
import { Icon } from '../ui/icon.tsx'
import { Page } from '../ui/page.tsx'
import type { PageContext } from '../ui/page-context.ts'
import { CertificateCard } from './certificate-card.tsx'
import type { CertificateView } from './certificate-view.ts'
import { ExpertChecks } from './expert-checks.tsx'
import { pageScript, pageStyles } from './page-files.ts'
import { ShareCard } from './share-card.tsx'
import { publicTextsOf } from './texts/public-texts.ts'

const SkillsCard = ({ view }: { view: CertificateView }) => {
  const { exam, texts, context } = view
  if (!exam) return null
  return (
    <section class="card" aria-labelledby="skills">
      <h2 id="skills">{texts.skills}</h2>
      {exam.claim && <p class="small">{textIn(exam.claim, context.locale)}</p>}
      <ul class="ticks good">
        {exam.sections.map((section) => (
          <li>
            <Icon name="check" />
            <span>{textIn(section.title, context.locale)}</span>
          </li>
        ))}
      </ul>
      {exam.limits && <p class="tiny">{textIn(exam.limits, context.locale)}</p>}
      <p class="tiny">
        {[examShape(exam, context.locale), passRule(exam, context.locale)].join(context.locale === 'ja' ? '' : ' ')}{' '}
        <a href={`/achievements/${encodeURIComponent(exam.id)}?lang=${context.locale}`}>{texts.aboutExam}</a>
      </p>
    </section>
  )
}

const GenuineCard = ({ view }: { view: CertificateView }) => {
  const { texts, host } = view
  return (
    <section class="card" aria-labelledby="genuine">
      <h2 id="genuine">{texts.genuine}</h2>
      <p class="small">
        {texts.genuineText[0]}
        <b class="nb">{host}</b>
        {texts.genuineText[1]}
      </p>
    </section>
  )
}

/** The page that answers whether a certificate stands. `revoked`: the revoked indices of its status list. */
export const VerificationPage = ({ view, revoked }: { view: CertificateView; revoked: readonly number[] }) => {
  const { context, texts, verification, name } = view
  const isValid = verification.verdict === 'valid'
  return (
    <Page context={context} title={texts.titleOf(verification.verdict, name)}>
      <link rel="stylesheet" href={pageStyles.href} />
      <main id="main" class="wrap tight narrow">
        <div class="stack">
          <CertificateCard view={view} />
          {isValid && (
            <div class="halves">
              <SkillsCard view={view} />
              <GenuineCard view={view} />
            </div>
          )}
          <ExpertChecks view={view} revoked={revoked} />
          {isValid && <ShareCard view={view} />}
        </div>
      </main>
      <script src={pageScript.href} defer />
    </Page>
  )
}

/** There is no certificate of the number. */
export const MissingPage = ({ context }: { context: PageContext }) => {
  const texts = publicTextsOf(context.locale)
  return (
    <Page context={context} title={texts.missingTitle}>
      <main id="main" class="wrap tight narrow">
        <div class="head">
          <div>
            <h1>{texts.missingTitle}</h1>
            <p class="lead">{texts.missingText}</p>
          </div>
        </div>
      </main>
    </Page>
  )
}

/** The record cannot be read now, so that nothing may be said. */
export const UnreadablePage = ({ context }: { context: PageContext }) => {
  const texts = publicTextsOf(context.locale)
  const { heading, meaning } = texts.verdicts.unknown
  return (
    <Page context={context} title={heading}>
      <main id="main" class="wrap tight narrow">
        <div class="head">
          <div>
            <h1>{heading}</h1>
            <p class="lead">{meaning[0]}</p>
          </div>
          <a class="btn outline s" href={context.path}>
            <Icon name="redo" small />
            {texts.retry}
          </a>
        </div>
      </main>
    </Page>
  )
}
