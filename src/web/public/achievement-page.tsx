import { badgeName, examShape, passRule, textIn } from '../../credential/achievement.ts'
import { badgeDesign } from '../../credential/badge-artwork.ts'
import type { StandingEndorsement } from '../../credential/endorsement.ts'
import type { ExamDefinition } from '../../item/bank.ts'
import { Icon } from '../../platform/page/icon.tsx'
import { Page } from '../ui/page.tsx'
import type { PageContext } from '../ui/page-context.ts'
import { Seal } from '../ui/seal.tsx'
import { EndorsementCard } from './endorsement-card.tsx'

interface AchievementView {
  readonly exam: ExamDefinition
  readonly issuerName: string
  readonly endorsement: StandingEndorsement | undefined
  readonly context: PageContext
}

/** What stands behind a badge: the skills, and what a pass takes. */
export const AchievementPage = ({ exam, issuerName, endorsement, context }: AchievementView) => {
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
