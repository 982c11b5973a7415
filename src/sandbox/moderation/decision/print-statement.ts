import type { Language, Subjects } from '../../../../dist/texts.d.ts'
import { catalogue, type Translator } from '../../../platform/words/catalogue.ts'
import decision from '../../../texts/decision?texts'
import type { Kind } from '../../detector/judge/kinds.ts'
import { type Action, isAboutCertificate, type Restriction } from './actions.ts'

export interface InTwoLanguages {
  readonly ja: string
  readonly en: string
}

/** Why it was decided so, told to whom it concerns: the fields of the Digital Services Act, art. 17(3). Times are RFC 3339. */
export interface StatementOfReasons {
  readonly decision: string
  readonly decidedAt: string
  readonly action: Action
  /** (a) What is restricted: in the whole marketplace, and a certificate wherever it is shown. */
  readonly scope: readonly Restriction[]
  /** (a) From when to when; `until` is null for good. Null where nothing lasts. */
  readonly duration: { readonly from: string; readonly until: string | null } | null
  /** (b) What was found. */
  readonly facts: string
  /** (b) What brought it up; never who. */
  readonly source: 'reports' | 'own-initiative' | 'plugin'
  /** (c) */
  readonly detectedAutomatically: boolean
  /** (c) Every decision is a person's. */
  readonly decidedAutomatically: false
  /** (d), (e) The law, or the marketplace's terms, and the rule in words. Null where no rule was broken. */
  readonly rule: {
    readonly ground: 'law' | 'terms'
    readonly kinds: readonly Kind[]
    readonly text: InTwoLanguages
  } | null
  /** (f) Null where there is nothing to appeal against. */
  readonly redress: {
    readonly appealUntil: string | null
    readonly appealTo: string | null
    readonly free: true
    readonly decidedBy: 'another-person'
    readonly courts: true
  } | null
  /** The same, to be read. */
  readonly text: InTwoLanguages
}

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
