import type { ExamDefinition } from '../item/bank.ts'
import type { Locale, LocaleText } from '../item/item.ts'

/** The one language of a credential's texts, with the other as fallback. */
export const textIn = (text: LocaleText, locale: Locale): string => text[locale] ?? text.ja ?? text.en ?? ''

/** `ビジネス事務検定 3級`, `Business Administration, Grade 3`: what a badge is called. */
export const badgeName = (exam: Pick<ExamDefinition, 'title' | 'level'>, locale: Locale): string =>
  locale === 'ja' ? `${textIn(exam.title, 'ja')} ${exam.level}級` : `${textIn(exam.title, 'en')}, Grade ${exam.level}`

/** Open Badges `Achievement` of an exam version. `creator` is the issuer that defines the exam. */
export interface Achievement {
  readonly id: string
  readonly type: readonly ['Achievement']
  readonly [member: string]: unknown
}

export interface AchievementInput {
  readonly exam: ExamDefinition
  readonly origin: string
  /** DID of the issuer. */
  readonly issuer: string
  readonly locale: Locale
  /** EndorsementCredentials of this achievement as compact JWS. */
  readonly endorsements?: readonly string[] | undefined
}

/** Public address of an exam's achievement; it is also the id in credentials. */
export const achievementUrl = (origin: string, examId: string): string => `${origin}/achievements/${encodeURIComponent(examId)}`

/** How to pass, in a sentence: `全体で70%以上、情報の取り扱いで50%以上を合格とします。` */
export function passRule(exam: ExamDefinition, locale: Locale): string {
  const sections = exam.sections.filter((section) => section.passScore !== undefined)
  if (locale === 'ja') {
    const extra = sections.map((section) => `、${textIn(section.title, 'ja')}で${section.passScore}%以上`).join('')
    return `全体で${exam.passScore}%以上${extra}を合格とします。`
  }
  const extra = sections.map((section) => `, and ${section.passScore}% or more in ${textIn(section.title, 'en')}`).join('')
  return `A pass needs ${exam.passScore}% or more overall${extra}.`
}

/** `45分、30問の試験です。` */
export function examShape(exam: ExamDefinition, locale: Locale): string {
  const items = exam.sections.reduce((sum, section) => sum + section.draw, 0)
  const minutes = Math.round(exam.timeLimitSeconds / 60)
  return locale === 'ja' ? `${minutes}分、${items}問の試験です。` : `An exam of ${items} questions in ${minutes} minutes.`
}

/** What the certificate says of its holder, and what it does not say. */
function describeClaim(exam: ExamDefinition, locale: Locale): string {
  const awarded = locale === 'ja' ? `${badgeName(exam, locale)}に合格した人に与えられます。` : `Awarded for passing ${badgeName(exam, locale)}.`
  return [awarded, exam.claim && textIn(exam.claim, locale), exam.limits && textIn(exam.limits, locale)].filter(Boolean).join(locale === 'ja' ? '' : ' ')
}

/** Builds the Achievement of an exam. Source: Open Badges 3.0, B.1.1 Achievement, B.1.18 ResultDescription, B.1.3 Alignment. */
export function achievementOf({ exam, origin, issuer, locale, endorsements = [] }: AchievementInput): Achievement {
  const id = achievementUrl(origin, exam.id)
  const alignment = exam.skills.map((skill) => ({
    type: ['Alignment'],
    targetName: textIn(skill.name, locale),
    targetUrl: skill.url ?? `${id}#${encodeURIComponent(skill.id)}`,
    targetCode: skill.id,
  }))
  const narrative = `${examShape(exam, locale)}${locale === 'ja' ? '' : ' '}${passRule(exam, locale)}`
  return {
    id,
    type: ['Achievement'],
    achievementType: 'Certification',
    creator: { id: issuer, type: ['Profile'] },
    name: badgeName(exam, locale),
    description: describeClaim(exam, locale),
    criteria: { id, narrative },
    humanCode: exam.id,
    version: String(exam.version),
    inLanguage: locale,
    // an empty list is left out: Open Badges 3.0, A.1
    ...(alignment.length > 0 ? { alignment } : {}),
    resultDescription: [
      {
        id: `${id}#score`,
        type: ['ResultDescription'],
        name: locale === 'ja' ? '得点の範囲' : 'Score band',
        resultType: 'ScaledScore',
        requiredValue: String(exam.passScore),
        valueMin: '0',
        valueMax: '100',
      },
      { id: `${id}#status`, type: ['ResultDescription'], name: locale === 'ja' ? '合否' : 'Status', resultType: 'Status' },
    ],
    ...(endorsements.length > 0 ? { endorsementJwt: endorsements } : {}),
  }
}
