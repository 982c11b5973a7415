import type { Language, Subjects } from '../../../../dist/texts.d.ts'
import { catalogue, type Translator } from '../../../platform/words/catalogue.ts'
import decision from '../../../texts/decision?texts'
import { type Action, isAboutCertificate } from './actions.ts'
import type { StatementOfReasons } from './statement.ts'

type Untold = Omit<StatementOfReasons, 'text'>
type Translate = Translator<Subjects['decision']>

const sentences = catalogue<Subjects['decision'], Language>([decision])

export const actionName = (language: Language, action: Action): string =>
  sentences.in(language)(`decision.action.${action}`)

/** The rule behind a case of the plugin, which names its rules by codes: a sentence for whoever does not know them. */
export const ruleOfPolicy = (policy: string): Readonly<Record<Language, string>> =>
  sentences.each((t) => t('decision.rule.ofPolicy', { policy }))

/** `2026-11-25T03:00:00.000Z` as people read it. */
const day = (time: string): string => `${time.slice(0, 10)} ${time.slice(11, 16)} UTC`

function scopeLine(t: Translate, { action, scope }: Untold): string {
  if (scope.length === 0) return ''
  const effects = scope.map(({ effect }) => t(`decision.effect.${effect}`)).join(t('decision.effects'))
  return t(isAboutCertificate(action) ? 'decision.whereverShown' : 'decision.everywhere', { effects })
}

function durationLine(t: Translate, { duration }: Untold): string {
  if (!duration) return ''
  const from = day(duration.from)
  return duration.until === null
    ? t('decision.lastsForGood', { from })
    : t('decision.lasts', { from, until: day(duration.until) })
}

function redressLine(t: Translate, { redress }: Untold): string {
  if (!redress) return ''
  return redress.appealUntil === null
    ? t('decision.final')
    : t('decision.appealUntil', { day: day(redress.appealUntil) })
}

/** A statement of reasons as a text, one matter a line. */
export function printStatement(statement: Untold, language: Language): string {
  const t = sentences.in(language)
  const { action, decidedAt, facts, rule, source, detectedAutomatically } = statement
  const lines = [
    t('decision.heading', { action: actionName(language, action), day: day(decidedAt) }),
    scopeLine(t, statement),
    durationLine(t, statement),
    t('decision.facts', { facts }),
    rule ? t(`decision.rule.${rule.ground}`, { rule: rule.text[language].replaceAll('\n', ' ') }) : '',
    t('decision.source', { source: t(`decision.sources.${source}`) }),
    t('decision.automated', { detected: String(detectedAutomatically) }),
    redressLine(t, statement),
  ]
  return lines.filter((line) => line !== '').join('\n')
}
