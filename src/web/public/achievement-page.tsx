import { Hono } from 'hono'
import { accepts } from 'hono/accepts'
import { achievementDocument, badgeName, examShape, passRule, textIn } from '../../credential/achievement.ts'
import { badgeDesign } from '../../credential/badge-artwork.ts'
import type { StandingEndorsement } from '../../credential/endorsement.ts'
import { credentialContexts } from '../../credential/open-badge.ts'
import { readEndorsementOf } from '../../flows/endorse-achievement.ts'
import { examShown, isUntried } from '../../flows/judge-bank.ts'
import type { ExamDefinition } from '../../item/bank.ts'
import { latestBank } from '../../item/store.ts'
import { dayText } from '../../platform/page/dates.ts'
import { Icon } from '../../platform/page/icon.tsx'
import { readerLanguage } from '../../platform/page/language.ts'
import { Chip } from '../../platform/page/state.tsx'
import { Page, Seal } from '../ui/page.tsx'
import type { PageContext } from '../ui/page-context.ts'
import { htmlResponse, publicPageContext } from './public-page.ts'
import { openJson, type PublicEnv, refuse } from './public-response.ts'

/** Who vouches for the achievement, in their own words, and whether their signature holds. */
const EndorsementCard = ({
  endorsement,
  context,
}: {
  endorsement: StandingEndorsement | undefined
  context: PageContext
}) => {
  if (!endorsement) return null
  const { t } = context
  const holds = endorsement.state === 'holds'
  return (
    <section class="card" aria-labelledby="endorsement">
      <div class="card-head">
        <h2 id="endorsement">{t('verify.endorsement')}</h2>
        {endorsement.state !== 'broken' && (
          <Chip tone={holds ? 'ok' : undefined} icon={holds ? 'check' : 'info'}>
            {endorsement.issuerName}
          </Chip>
        )}
      </div>
      {endorsement.state !== 'broken' && endorsement.comment && <p>{endorsement.comment}</p>}
      <p class="tiny">
        {t(`verify.endorsementState.${endorsement.state}`)}
        {endorsement.state !== 'broken' && (
          <>
            {' '}
            {t('verify.endorsedSince', { date: dayText(context.locale, endorsement.validFrom) })}
            {' · '}
            <code>{endorsement.issuer}</code>
          </>
        )}
      </p>
    </section>
  )
}

interface AchievementView {
  readonly exam: ExamDefinition
  readonly isUntried: boolean
  readonly issuerName: string
  readonly endorsement: StandingEndorsement | undefined
  readonly context: PageContext
}

/** What stands behind a badge: the skills, and what a pass takes. */
const AchievementPage = ({ exam, isUntried, issuerName, endorsement, context }: AchievementView) => {
  const { t } = context
  const { locale } = context
  const name = badgeName(exam, locale)
  return (
    <Page context={context} title={name}>
      <main id="main" class="wrap tight narrow">
        <div class="head">
          <div>
            <Seal sign={badgeDesign(exam.id, textIn(exam.title, 'ja')).kanji} size={64} />
            <h1>{name}</h1>
            <p class="lead">{issuerName}</p>
          </div>
        </div>
        <div class="stack">
          <section class="card" aria-labelledby="criteria">
            <h2 id="criteria">{t('verify.criteria')}</h2>
            <p id="score">{examShape(exam, locale)}</p>
            <p id="status">{passRule(exam, locale)}</p>
            {exam.parts?.map((part) => (
              <p id={part.id}>
                {t('verify.partRule', { part: t(`part.${part.id}`), weight: part.weight, floor: part.floor })}
              </p>
            ))}
            {isUntried && <p>{t('verify.untried')}</p>}
            <h3>{t('verify.sections')}</h3>
            <dl class="kv">
              {exam.sections.map((section) => (
                <div>
                  <dt>{textIn(section.title, locale)}</dt>
                  <dd>
                    {section.passScore === undefined
                      ? t('verify.sectionRow', { count: section.draw })
                      : t('verify.sectionPass', { count: section.draw, passScore: section.passScore })}
                  </dd>
                </div>
              ))}
            </dl>
            <p class="tiny">{t('verify.achievementNote')}</p>
            <p class="tiny">
              <a href={`/exams/${encodeURIComponent(exam.id)}/evidence?lang=${locale}`}>{t('evidence.open')}</a>
            </p>
          </section>
          <EndorsementCard endorsement={endorsement} context={context} />
          <section class="card" aria-labelledby="skills">
            <h2 id="skills">{t('verify.skills')}</h2>
            <ul class="ticks ok columns">
              {exam.skills.map((skill) => (
                <li id={skill.id}>
                  <Icon name="check" />
                  <span>{textIn(skill.name, locale)}</span>
                </li>
              ))}
            </ul>
          </section>
        </div>
      </main>
    </Page>
  )
}

/** What an exam's badge stands for: an Open Badges achievement for programs, a page for people. */
export function achievementRoutes(): Hono<PublicEnv> {
  return new Hono<PublicEnv>().get('/achievements/:exam', async (c) => {
    const { world, trust } = c.var
    const bank = await latestBank(world.db, c.req.param('exam'))
    const form = accepts(c, {
      header: 'Accept',
      supports: ['application/json', 'application/ld+json', 'text/html'],
      default: 'application/json',
    })
    if (!bank) return form === 'text/html' ? c.notFound() : refuse({ code: 'not-found' })
    const context = publicPageContext(c, readerLanguage(c))
    const exam = await examShown(world, bank)
    const endorsement = await readEndorsementOf(world, exam.id)
    const issuerName = world.settings.issuerName[context.locale]
    if (form === 'text/html')
      return htmlResponse(
        c,
        <AchievementPage
          exam={exam}
          isUntried={await isUntried(world, bank)}
          issuerName={issuerName}
          endorsement={endorsement}
          context={context}
        />,
      )
    const endorsements = endorsement?.state === 'holds' ? [endorsement.jwt] : []
    const { origin } = world.settings
    const issuer = { id: trust.ring.issuer, name: issuerName }
    const document = achievementDocument({ exam, origin, issuer, locale: context.locale }, endorsements)
    return openJson(c, { '@context': credentialContexts, ...document }, 'public, max-age=300', form)
  })
}
