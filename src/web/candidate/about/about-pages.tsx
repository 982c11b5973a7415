import type { PropsWithChildren } from 'hono/jsx'
import { brandLink } from '../../../platform/page/words.ts'
import type { Settings } from '../../../world/settings.ts'
import { aboutStyles } from '../../assets.ts'
import { Page } from '../../ui/page.tsx'
import type { PageContext } from '../../ui/page-context.ts'
import { WeightChart } from '../../ui/weight-chart.tsx'

const Prose = ({
  context,
  title,
  lead,
  children,
}: PropsWithChildren<{ context: PageContext; title: string; lead: string }>) => (
  <Page styles={aboutStyles} context={context} title={title} tab="/about">
    <main id="main" class="wrap narrow">
      <div class="head">
        <div>
          <h1>{title}</h1>
          <p class="lead">{lead}</p>
        </div>
      </div>
      <div class="card prose">{children}</div>
    </main>
  </Page>
)

/** How an exam's cut score is set, checked and shown. */
export const PassScorePage = ({ context }: { context: PageContext }) => {
  const { t } = context
  return (
    <Prose context={context} title={t('about.pass')} lead={t('about.passLead')}>
      {(['Set', 'Band', 'Fair', 'Regrade', 'Limits'] as const).map((part) => (
        <>
          <h2>{t(`about.pass${part}`)}</h2>
          <p>{t(`about.pass${part}Text`)}</p>
        </>
      ))}
      <h2 id="seen">{t('about.passSeen')}</h2>
      <p>{t('scores.story')}</p>
    </Prose>
  )
}

/** σ²ₑ = (1 − ICC₁)/ICC₁ with ICC₁ = .25, and ρ₀ = .30: the published starting assumption of an exam without local data. */
const STARTING_EQUIVALENT_REVIEWS = 3 / (1 - 0.3 ** 2)

/** What a certificate is worth in the ranking, with the formula and the starting assumption. */
export const RankingPage = ({ context }: { context: PageContext }) => {
  const { t } = context
  return (
    <Prose context={context} title={t('about.ranking')} lead={t('about.rankingLead')}>
      <h2>{t('about.rankingWords')}</h2>
      <p>{t('about.rankingWordsText')}</p>
      <WeightChart context={context} equivalentReviews={STARTING_EQUIVALENT_REVIEWS} />
      <h2>{t('about.rankingFormula')}</h2>
      <p class="formula">{t('about.formula')}</p>
      <ul>
        <li>{t('about.formulaMean')}</li>
        <li>{t('about.formulaKappa')}</li>
        <li>{t('about.formulaRho')}</li>
      </ul>
      <h2>{t('about.rankingStart')}</h2>
      <p>{t('about.rankingStartText')}</p>
      <h2>{t('about.rankingNever')}</h2>
      <ul>
        <li>{t('scores.story')}</li>
        <li>{t('about.never2')}</li>
        <li>{t('about.never3')}</li>
      </ul>
      <h2>{t('about.rankingProof')}</h2>
      <p>{t('about.rankingProofText')}</p>
    </Prose>
  )
}

/** Whom to ask at the marketplace, with the way there where it is known. */
const helpDesk = ({ t, brand, locale }: PageContext, otherwise?: string) => {
  const { support } = brand.links
  const href = support ? brandLink(support, { language: locale }) : otherwise
  return href ? <a href={href}>{t('about.helpDesk')}</a> : t('about.helpDesk')
}

/** What works, what was checked, and whom to tell. */
export const AccessibilityPage = ({ context }: { context: PageContext }) => {
  const { t } = context
  return (
    <Prose context={context} title={t('about.access')} lead={t('about.accessLead')}>
      <h2>{t('access.title')}</h2>
      <ul>
        {(['keyboard', 'reader', 'timer', 'display', 'script', 'order', 'save'] as const).map((key) => (
          <li>{t(`access.${key}`)}</li>
        ))}
      </ul>
      <h2>{t('about.accessTime')}</h2>
      <p>{t.parts('about.accessTimeText', { desk: helpDesk(context) })}</p>
      <h2>{t('keys.title')}</h2>
      <p>{t('keys.where')}</p>
      <ul>
        <li>
          <kbd>A</kbd>–<kbd>E</kbd>, <kbd>1</kbd>–<kbd>9</kbd>: {t('keys.choose')}
        </li>
        <li>
          <kbd>N</kbd> / <kbd>P</kbd>: {t('keys.turn')}
        </li>
        <li>
          <kbd>F</kbd>: {t('keys.flag')}
        </li>
      </ul>
      <h2>{t('about.accessChecked')}</h2>
      <p>{t.parts('about.accessCheckedText', { desk: helpDesk(context) })}</p>
    </Prose>
  )
}

/** What is recorded of a person, for what, who sees it and how long it is kept. */
export const PrivacyPage = ({ context }: { context: PageContext }) => {
  const { t } = context
  return (
    <Prose context={context} title={t('about.privacy')} lead={t('about.privacyLead')}>
      {(['Exam', 'Page'] as const).map((part) => (
        <>
          <h2>{t(`about.privacy${part}`)}</h2>
          <p>{t(`about.privacy${part}Text`)}</p>
        </>
      ))}
      <h2 id="process">{t('about.privacyProcess')}</h2>
      <p>{t('about.privacyProcessText')}</p>
      <ul>
        {([1, 2, 3] as const).map((nth) => (
          <li>{t(`about.privacyProcess${nth}`)}</li>
        ))}
      </ul>
      <p>{t('about.privacyProcessNot')}</p>
      <p>{t('about.privacyProcessFor')}</p>
      {(['Certificate', 'Erase'] as const).map((part) => (
        <>
          <h2>{t(`about.privacy${part}`)}</h2>
          <p>{t(`about.privacy${part}Text`)}</p>
        </>
      ))}
    </Prose>
  )
}

/** Whom to tell of a flaw, how, and what not to do. */
export const SecurityPage = ({
  context,
  settings,
}: {
  context: PageContext
  settings: Pick<Settings, 'securityContacts' | 'marketplace' | 'issuerName'>
}) => {
  const { t, locale } = context
  const { securityContacts, marketplace, issuerName } = settings
  return (
    <Prose context={context} title={t('about.security')} lead={t('about.securityLead')}>
      <h2>{t('about.securityWhere')}</h2>
      {securityContacts.length > 0 ? (
        <>
          <p>{t('about.securityContacts', { name: issuerName[locale] })}</p>
          <ul>
            {securityContacts.map((contact) => (
              <li>
                <a href={contact}>{contact.replace(/^(mailto|tel):/, '')}</a>
              </li>
            ))}
          </ul>
        </>
      ) : (
        <p>
          {t.parts('about.securityNoContact', {
            name: issuerName[locale],
            desk: helpDesk(context, marketplace.origin),
          })}
        </p>
      )}
      <p>{t('about.securityProgram')}</p>
      {(['What', 'Please', 'Then'] as const).map((part) => (
        <>
          <h2>{t(`about.security${part}`)}</h2>
          <p>{t(`about.security${part}Text`)}</p>
        </>
      ))}
    </Prose>
  )
}
