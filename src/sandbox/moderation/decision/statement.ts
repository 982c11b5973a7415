import type { Language, Subjects } from '../../../../dist/texts.d.ts'
import { type Instant, toRfc3339 } from '../../../kernel/instant.ts'
import { catalogue, type Translator } from '../../../platform/words/catalogue.ts'
import decision from '../../../texts/decision?texts'
import { kindTexts } from '../../detector/judge/kind-texts.ts'
import type { Kind } from '../../detector/judge/kinds.ts'
import type { Opener } from '../case-event.ts'
import { type Action, isAboutCertificate, isMeasure, type Restriction } from './actions.ts'

export interface Ruling {
  readonly decision: string
  readonly action: Action
  readonly rule: StatementOfReasons['rule']
  readonly facts: string
  readonly scope: readonly Restriction[]
  /** When what it does began. */
  readonly from: Instant
  readonly until: Instant | null
  readonly decidedAt: Instant
  readonly openedBy: Opener
  readonly automated: boolean
  /** Null for a decision that ends an appeal. */
  readonly appealUntil: Instant | null
}

const sources: Readonly<Record<Opener, StatementOfReasons['source']>> = {
  report: 'reports',
  plugin: 'plugin',
  detector: 'own-initiative',
  'review-worklist': 'own-initiative',
  operator: 'own-initiative',
}

/** The rule that was broken, in words: what the kinds say, and besides or instead of them what is said of this case. Null where nothing says it. */
export function stateRule({
  kinds,
  words,
  ground,
}: {
  readonly kinds: readonly Kind[]
  readonly words: InTwoLanguages | undefined
  readonly ground: 'law' | 'terms'
}): StatementOfReasons['rule'] {
  const lines = (language: keyof InTwoLanguages) => [
    ...kinds.map((kind) => kindTexts[kind].rule[language]),
    ...(words ? [words[language]] : []),
  ]
  const text = { ja: lines('ja').join('\n'), en: lines('en').join('\n') }
  return text.ja === '' ? null : { ground, kinds, text }
}

function redressOf(ruling: Ruling): StatementOfReasons['redress'] {
  if (!isMeasure(ruling.action)) return null
  const appeal =
    ruling.appealUntil === null
      ? { appealUntil: null, appealTo: null }
      : { appealUntil: toRfc3339(ruling.appealUntil), appealTo: `/v1/decisions/${ruling.decision}/appeal` }
  return { ...appeal, free: true, decidedBy: 'another-person', courts: true }
}

/** The statement of reasons of a decision, complete. */
export function stateReasons(ruling: Ruling): StatementOfReasons {
  const { decision, action, rule, facts, scope } = ruling
  const decidedAt = toRfc3339(ruling.decidedAt)
  const untold = {
    decision,
    decidedAt,
    action,
    scope,
    duration:
      scope.length === 0
        ? null
        : { from: toRfc3339(ruling.from), until: ruling.until === null ? null : toRfc3339(ruling.until) },
    facts,
    source: sources[ruling.openedBy],
    detectedAutomatically: ruling.automated,
    decidedAutomatically: false as const,
    rule,
    redress: redressOf(ruling),
  }
  return { ...untold, text: { ja: printStatement(untold, 'ja'), en: printStatement(untold, 'en') } }
}

interface InTwoLanguages {
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

function durationLine(t: Translate, { duration, action }: Untold): string {
  if (!duration) return ''
  const from = day(duration.from)
  if (action === 'correct') return t('decision.lastsUntilCorrected', { from })
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
function printStatement(statement: Untold, language: Language): string {
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
