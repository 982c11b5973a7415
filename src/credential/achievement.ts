import type { Language, Subjects } from '../../dist/texts.d.ts'
import type { ExamDefinition, ExamPart, PartId } from '../item/bank.ts'
import type { Locale, LocaleText } from '../item/item.ts'
import { catalogue } from '../platform/words/catalogue.ts'
import achievement from '../texts/achievement?texts'
import { partResultUrl } from './part-results.ts'

/** They are signed: another word is another certificate. */
export const achievementTexts = catalogue<Subjects['achievement'], Language>([achievement], { exact: true }).in

/** The one language of a credential's texts, with the other as fallback. */
export const textIn = (text: LocaleText, locale: Locale): string => text[locale] ?? text.ja ?? text.en ?? ''

/** `Business Administration, Grade 3`: what a badge is called. */
export const badgeName = (exam: Pick<ExamDefinition, 'title' | 'level'>, locale: Locale): string =>
  achievementTexts(locale)('achievement.name', { title: textIn(exam.title, locale), level: exam.level })

/** Public address of the picture of an achievement's badge: a specimen, which is nobody's. */
const achievementImageUrl = (achievement: string, locale: Locale): string => `${achievement}/badge.png?lang=${locale}`

/** Open Badges `Achievement` of an exam version. `creator` is the issuer that defines the exam. */
export interface Achievement {
  readonly id: string
  readonly type: readonly ['Achievement']
  readonly [member: string]: unknown
}

export interface AchievementInput {
  readonly exam: ExamDefinition
  readonly origin: string
  /** DID and name of the issuer. */
  readonly issuer: { readonly id: string; readonly name: string }
  readonly locale: Locale
}

/** Public address of an exam's achievement; it is also the id in credentials. */
export const achievementUrl = (origin: string, examId: string): string =>
  `${origin}/achievements/${encodeURIComponent(examId)}`

const partOf = ({ parts = [] }: ExamDefinition, part: PartId): ExamPart | undefined =>
  parts.find(({ id }) => id === part)

const minutesOf = ({ timeLimitSeconds }: Pick<ExamPart, 'timeLimitSeconds'>): number =>
  Math.round(timeLimitSeconds / 60)

/** What whoever passed has done in practice, with which tools, and what nobody checked; undefined where nothing practical was asked. */
export function tellPractice(exam: ExamDefinition, locale: Locale): string | undefined {
  const practical = partOf(exam, 'practical')
  if (!practical) return undefined
  return achievementTexts(locale)('achievement.practice', {
    tasks: practical.tasks.length,
    minutes: minutesOf(practical),
  })
}

/** How to pass, in a sentence: `A pass needs 70% or more overall, and 50% or more in Handling information.` */
export function passRule(exam: ExamDefinition, locale: Locale): string {
  const t = achievementTexts(locale)
  const [knowledge, practical] = [partOf(exam, 'knowledge'), partOf(exam, 'practical')]
  if (knowledge && practical)
    return t('achievement.passParts', {
      score: exam.passScore,
      knowledge: knowledge.weight,
      knowledgeFloor: knowledge.floor,
      practical: practical.weight,
      practicalFloor: practical.floor,
    })
  const sections = exam.sections.flatMap(({ title, passScore }) =>
    passScore === undefined ? [] : [t('achievement.passSection', { title: textIn(title, locale), score: passScore })],
  )
  return t('achievement.pass', { score: exam.passScore, sections: sections.join('') })
}

/** `An exam of 30 questions in 45 minutes.` Of an exam in parts each of them, and under which conditions the work is done. */
export function examShape(exam: ExamDefinition, locale: Locale): string {
  const t = achievementTexts(locale)
  const items = exam.sections.reduce((sum, section) => sum + section.draw, 0)
  const [knowledge, practical] = [partOf(exam, 'knowledge'), partOf(exam, 'practical')]
  if (!knowledge || !practical) return t('achievement.shape', { minutes: minutesOf(exam), items })
  return t('achievement.shapeParts', {
    items,
    knowledge: minutesOf(knowledge),
    tasks: practical.tasks.length,
    practical: minutesOf(practical),
  })
}

/** What the certificate says of its holder, and what it does not say. */
function describeClaim(exam: ExamDefinition, locale: Locale): string {
  const t = achievementTexts(locale)
  const awarded = t('achievement.awarded', { name: badgeName(exam, locale) })
  return [awarded, exam.claim && textIn(exam.claim, locale), exam.limits && textIn(exam.limits, locale)]
    .filter(Boolean)
    .join(t('achievement.sentences'))
}

/** Builds the Achievement of an exam, as badges hold it. Source: Open Badges 3.0, B.1.1 Achievement, B.1.18 ResultDescription. */
export function achievementOf({ exam, origin, issuer, locale }: AchievementInput): Achievement {
  const id = achievementUrl(origin, exam.id)
  const t = achievementTexts(locale)
  const narrative = [examShape(exam, locale), passRule(exam, locale)].join(t('achievement.sentences'))
  return {
    id,
    type: ['Achievement'],
    achievementType: 'Certification',
    creator: { id: issuer.id, type: ['Profile'], name: issuer.name },
    name: badgeName(exam, locale),
    description: describeClaim(exam, locale),
    image: { id: achievementImageUrl(id, locale), type: 'Image' },
    criteria: { narrative },
    tag: exam.sections.map(({ title }) => textIn(title, locale)),
    humanCode: exam.id,
    version: String(exam.version),
    inLanguage: locale,
    resultDescription: [
      {
        id: `${id}#score`,
        type: ['ResultDescription'],
        name: t('achievement.scoreBand'),
        resultType: 'ScaledScore',
        requiredValue: String(exam.passScore),
        valueMin: '0',
        valueMax: '100',
      },
      { id: `${id}#status`, type: ['ResultDescription'], name: t('achievement.status'), resultType: 'Status' },
      ...(exam.parts ?? []).map((part) => ({
        id: partResultUrl(id, part.id),
        type: ['ResultDescription'],
        name: t(`achievement.partBand.${part.id}`),
        resultType: 'ScaledScore',
        requiredValue: String(part.floor),
        valueMin: '0',
        valueMax: '100',
      })),
    ],
  }
}

/**
 * The document of an achievement: besides what badges hold, the skills that the exam asks for, and the endorsements that hold
 * now (EndorsementCredentials as compact JWS). Badges are carried around, and an endorsement may be taken back.
 * Source: Open Badges 3.0, B.1.3 Alignment.
 */
export function achievementDocument(input: AchievementInput, endorsements: readonly string[]) {
  const { exam, locale } = input
  const achievement = achievementOf(input)
  const alignment = exam.skills.map((skill) => ({
    type: ['Alignment'],
    targetName: textIn(skill.name, locale),
    targetUrl: skill.url ?? `${achievement.id}#${encodeURIComponent(skill.id)}`,
    targetCode: skill.id,
  }))
  return {
    ...achievement,
    // an empty list is left out: Open Badges 3.0, A.1
    ...(alignment.length > 0 ? { alignment } : {}),
    ...(endorsements.length > 0 ? { endorsementJwt: endorsements } : {}),
  }
}
