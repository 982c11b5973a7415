import { definitionOf } from '../../item/definition-of.ts'
import type { SettledKey } from '../../item/item.ts'
import { readReasons } from '../../item/read-reasons.ts'
import { error } from '../diagnostic.ts'
import { listed, say } from '../said.ts'
import type { Subject } from './subject.ts'

/** Where an answer is typed, so many that people give by mistake have a reason. */
const FEWEST_MISTAKES = 2

/** Whoever practises is told why each option is right or wrong. */
export function lintReasons({ item, wording: { stem, secret }, at, report }: Subject): void {
  if (item.status !== 'practice') return
  const { of, mistakes } = readReasons(secret.rationale)
  // a subject's numbers are drawn
  const { parts } = definitionOf(stem.type).explain(secret.key as SettledKey, stem, undefined)
  const missing = parts.flatMap(({ label }) => (of[label] === undefined ? [label] : []))
  if (missing.length > 0)
    report(
      at.heading,
      error('practice/reasons', say('finding.noReasonFor', { labels: listed(missing) }), say('advice.writeReasons')),
    )
  else if (parts.length === 0 && mistakes.length < FEWEST_MISTAKES)
    report(
      at.heading,
      error('practice/reasons', say('finding.fewMistakes', { least: FEWEST_MISTAKES }), say('advice.writeMistakes')),
    )
}
