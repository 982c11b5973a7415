import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { days, instant, plus } from '../../../src/kernel/instant.ts'
import { kindTexts } from '../../../src/sandbox/detector/judge/kind-texts.ts'
import { kinds } from '../../../src/sandbox/detector/judge/kinds.ts'
import {
  actions,
  appealUntil,
  isHarsher,
  isMeasure,
  readPeriod,
  scopeOf,
  subjectKinds,
} from '../../../src/sandbox/moderation/decision/actions.ts'
import { actionName, stateReasons, stateRule } from '../../../src/sandbox/moderation/decision/statement.ts'

const at = instant(Date.parse('2026-08-31T00:00:00Z'))

const ruling = fc.record({
  decision: fc.constant('dec_1'),
  action: fc.constantFrom(...actions),
  kinds: fc.uniqueArray(fc.constantFrom(...kinds), { minLength: 1, maxLength: 3 }),
  words: fc.constantFrom(undefined, { ja: '規約 12 条', en: 'Terms, art. 12' }),
  ground: fc.constantFrom('law' as const, 'terms' as const),
  facts: fc.constant('投稿に登録料の記載がありました。'),
  from: fc.constant(at),
  until: fc.constantFrom(null, plus(at, days(30))),
  decidedAt: fc.constant(at),
  openedBy: fc.constantFrom(
    'report' as const,
    'detector' as const,
    'plugin' as const,
    'review-worklist' as const,
    'operator' as const,
  ),
  automated: fc.boolean(),
})
const subject = fc.record({
  kind: fc.constantFrom(...subjectKinds),
  ref: fc.constant('x_1'),
  person: fc.constantFrom('cli_01', 'wrk_001'),
})

describe('a statement of reasons', () => {
  it('says action, scope, duration, facts, rule, source, automation and redress, in fields and in both languages', () => {
    fc.assert(
      fc.property(ruling, subject, (given, about) => {
        const scope = scopeOf(given.action, about)
        const statement = stateReasons({
          ...given,
          rule: stateRule(given),
          scope,
          appealUntil: isMeasure(given.action) ? appealUntil(at) : null,
        })
        expect(statement).toMatchObject({
          action: given.action,
          facts: given.facts,
          scope,
          detectedAutomatically: given.automated,
          decidedAutomatically: false,
        })
        expect(scope.length > 0).toBe(
          isMeasure(given.action) && (about.kind === 'job' || !['correct', 'take-down'].includes(given.action)),
        )
        expect(statement.duration === null).toBe(scope.length === 0)
        for (const language of ['ja', 'en'] as const) {
          const text = statement.text[language]
          expect(text).toContain(actionName(language, given.action))
          expect(text).toContain(given.facts)
          if (given.words) expect(text).toContain(given.words[language])
          for (const kind of given.kinds) expect(text).toContain(kindTexts[kind].rule[language])
          expect(text.includes({ ja: '範囲: ', en: 'Scope: ' }[language])).toBe(scope.length > 0)
          if (scope.length > 0)
            expect(text).toContain(
              given.action === 'correct'
                ? { ja: '修正した募集が確かめられるまで', en: 'until the corrected post' }[language]
                : given.until === null
                  ? { ja: '無期限', en: 'without an end' }[language]
                  : '2026-09-30',
            )
          expect(text).toContain({ ja: '決定は人が行いました', en: 'A person decided' }[language])
          expect(text.includes({ ja: '不服', en: 'appeal' }[language])).toBe(isMeasure(given.action))
          expect(text).not.toMatch(/undefined|null|\[object/)
        }
        if (isMeasure(given.action))
          expect(statement.redress).toEqual({
            appealUntil: '2027-02-28T00:00:00.000Z',
            appealTo: '/v1/decisions/dec_1/appeal',
            free: true,
            decidedBy: 'another-person',
            courts: true,
          })
        else expect(statement.redress).toBeNull()
      }),
    )
  })
})

describe('harshness', () => {
  const weighed = fc.record({
    action: fc.constantFrom(...actions),
    until: fc.option(
      fc.nat(1_000).map((n) => instant(n)),
      { nil: null },
    ),
  })
  it('that is nowhere greater stays so from one measure to the next', () => {
    fc.assert(
      fc.property(weighed, weighed, weighed, (a, b, c) => {
        expect(isHarsher(a, a)).toBe(false)
        expect(isHarsher(a, b) || isHarsher(b, c) || !isHarsher(a, c)).toBe(true)
      }),
    )
  })
  const [soon, late] = [plus(at, days(7)), plus(at, days(30))]
  it.each([
    ['suspend', soon, 'restrict', null, true],
    ['restrict', null, 'suspend', soon, true],
    ['restrict', soon, 'suspend', late, false],
    ['restrict', null, 'restrict', late, true],
    ['take-down', soon, 'correct', null, true],
    ['take-down', null, 'correct', null, true],
    ['correct', null, 'take-down', soon, false],
    ['restrict', null, 'revoke-credential', null, true],
    ['revoke-credential', null, 'restrict', late, true],
    ['revoke-credential', null, 'restrict', null, false],
  ] as const)('of %s until %s is greater than that of %s until %s: %s', (action, until, other, otherUntil, is) => {
    expect(isHarsher({ action, until }, { action: other, until: otherUntil })).toBe(is)
  })
})

describe('a duration', () => {
  it.each(['P0D', 'P1', '1D', 'P-1D', 'P1.5D', 'PT5H', '', 'P12345D', 'P101Y', 'P9999Y', 'P9999M', 'P9999W'])(
    'is not %j',
    (text) => expect(readPeriod(text)).toBeUndefined(),
  )
  it.each([
    ['P30D', { years: 0, months: 0, days: 30 }],
    ['P2W', { years: 0, months: 0, days: 14 }],
    ['P3M', { years: 0, months: 3, days: 0 }],
    ['P1Y', { years: 1, months: 0, days: 0 }],
  ])('is %s', (text, period) => expect(readPeriod(text)).toEqual(period))
})
