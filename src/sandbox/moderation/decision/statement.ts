import { type Instant, toRfc3339 } from '../../../kernel/instant.ts'
import { kindTexts } from '../../detector/judge/kind-texts.ts'
import type { Kind } from '../../detector/judge/kinds.ts'
import type { Opener } from '../case-event.ts'
import { type Action, isMeasure, type Restriction } from './actions.ts'
import { type InTwoLanguages, printStatement, type StatementOfReasons } from './print-statement.ts'

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
