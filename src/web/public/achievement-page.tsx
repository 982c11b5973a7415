import { badgeName, examShape, passRule, textIn } from '../../credential/achievement.ts'
import { badgeDesign } from '../../credential/badge-artwork.ts'
import type { StandingEndorsement } from '../../credential/endorsement.ts'
import type { ExamDefinition } from '../../item/bank.ts'
import { Icon } from '../ui/icon.tsx'
import { Page } from '../ui/page.tsx'
import type { PageContext } from '../ui/page-context.ts'
import { Seal } from '../ui/seal.tsx'
import { EndorsementCard } from './endorsement-card.tsx'
import { publicTextsOf } from './texts/public-texts.ts'

interface AchievementView {
  readonly exam: ExamDefinition
  readonly issuerName: string
  readonly endorsement: StandingEndorsement | undefined
  readonly context: PageContext
}

/** What stands behind a badge: the skills, and what a pass takes. */
export const AchievementPage = ({ exam, issuerName, endorsement, context }: AchievementView) => {
  const texts = publicTextsOf(context.locale)
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
            <h2 id="criteria">{texts.criteria}</h2>
            <p id="score">{examShape(exam, locale)}</p>
            <p id="status">{passRule(exam, locale)}</p>
            <h3>{texts.sections}</h3>
            <dl class="kv">
              {exam.sections.map((section) => (
                <div>
                  <dt>{textIn(section.title, locale)}</dt>
                  <dd>{texts.sectionRow(section.draw, section.passScore)}</dd>
                </div>
              ))}
            </dl>
            <p class="tiny">{texts.achievementNote}</p>
          </section>
          <EndorsementCard endorsement={endorsement} context={context} />
          <section class="card" aria-labelledby="skills">
            <h2 id="skills">{texts.skills}</h2>
            <ul class="ticks good columns">
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
