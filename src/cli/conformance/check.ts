import type { Subjects } from '../../../dist/texts.d.ts'
import { LEAST_HIDDEN, type Offer } from '../../contract/marketplace.ts'
import { MAX_TOKEN_SECONDS } from '../../contract/tokens.ts'
import type { Say } from '../texts.ts'
import type { Bench } from './bench.ts'
import { CheckStopped } from './call-market.ts'

/** Parts of the contract, in the order in which they are tried. */
export const areas = [
  'keys',
  'token',
  'standing',
  'badge',
  'signal',
  'contract',
  'escrow',
  'review',
  'noticed',
  'case',
  'launch',
  'webhook',
  'event',
  'worker',
  'rotation',
  'answer',
] as const
export type Area = (typeof areas)[number]

/** What is tried: `<area>.<what>`, as the texts list it; stable, for machines. */
type CheckId = {
  [Key in keyof Subjects['conformance']]: Key extends `conformance.expects.${infer Id}` ? Id : never
}[keyof Subjects['conformance']]

/** What is tried in an area. */
export type Of<Where extends Area> = CheckId extends infer Id
  ? Id extends `${Where}.${infer What}`
    ? What
    : never
  : never

/** Parts of the contract that checks refer to, by what the texts call them. */
type Section = 'trust' | 'calls' | 'events' | 'behaviour' | 'form' | 'sandbox'

/** What one check found: whether the contract holds there, and what came. `not-offered`: the marketplace says that it has no such thing. */
export interface Finding {
  readonly outcome: 'holds' | 'fails' | 'not-tried' | 'not-offered'
  readonly came: Say
}

/**
 * What a check weighs. `required`: every marketplace keeps it, and it can be seen without keys that the marketplace trusts, by
 * anybody or through the Kentei that it has. `extra`: it must hold wherever it can be tried, which takes the tokens of a
 * Kentei, or somebody who acts there. `optional`: it is reported, and fails nothing.
 */
export const levels = ['required', 'extra', 'optional'] as const
export type Level = (typeof levels)[number]

/** One thing that the contract promises of a marketplace. */
export interface Check {
  readonly id: CheckId
  readonly level: Level
  /** Whether it is tried where the marketplace does not take the tokens of the run. */
  readonly needsTokens: boolean
  /** What a marketplace may say that it does not offer, see `marketplaceOffers` of the contract. */
  readonly offer?: Offer
  readonly section: Section
  run(bench: Bench): Promise<Finding>
}

export const holds = (came: Say): Finding => ({ outcome: 'holds', came })
export const fails = (came: Say): Finding => ({ outcome: 'fails', came })
export const notTried = (why: Say): Finding => ({ outcome: 'not-tried', came: why })
export const notOffered: Finding = { outcome: 'not-offered', came: (t) => t('conformance.came.notOffered') }

/** Whatever a marketplace sends must end as a finding. */
export const failsOf = (problem: unknown): Finding =>
  fails(
    problem instanceof CheckStopped
      ? problem.say
      : () => (problem instanceof Error ? problem.message : String(problem)),
  )

/** What must be seen, as one sentence. */
export const expectationOf =
  ({ id }: Pick<Check, 'id'>): Say =>
  (t) =>
    t(`conformance.expects.${id}`, { seconds: MAX_TOKEN_SECONDS, least: LEAST_HIDDEN })

/** A call that is not served, or a worker who is not there, looks like a failure of whatever is tried on it. */
const looksUnserved = (id: CheckId, came: string): boolean => id !== 'answer.problems' && /\b404 /.test(came)

/** What whoever builds the marketplace does about a check that failed. */
export const mendingOf =
  ({ id, came }: Pick<Check, 'id'> & Pick<Finding, 'came'>): Say =>
  (t) =>
    `${looksUnserved(id, came(t)) ? `${t('conformance.notServed')} ` : ''}${t(`conformance.mend.${id}`)}`

export const areaOf = ({ id }: Pick<Check, 'id'>): Area => id.slice(0, id.indexOf('.')) as Area

/** Where the integrator's guide speaks of an area. */
const guide = {
  keys: 'integrate.md#trust',
  token: 'integrate.md#trust',
  standing: 'integrate.md#build',
  badge: 'integrate.md#verify',
  signal: 'integrate.md#ranking',
  contract: 'integrate.md#build',
  escrow: 'integrate.md#build',
  review: 'integrate.md#build',
  noticed: 'integrate.md#noticed',
  case: 'integrate.md#build',
  launch: 'integrate.md#trust',
  webhook: 'integrate.md#events-in',
  event: 'integrate.md#events-out',
  worker: 'errors.md#try',
  rotation: 'integrate.md#trust',
  answer: 'errors.md#errors',
} as const satisfies Record<Area, string>

/** The part of the guide that speaks of what was tried. */
export const guideOf = (check: Pick<Check, 'id'>): string => guide[areaOf(check)]

type Written = Omit<Check, 'section' | 'level' | 'needsTokens'> & Partial<Pick<Check, 'level' | 'needsTokens'>>

/** Checks of one section of the contract: extra unless they say otherwise. What is required needs no tokens. */
export const checksOf = (section: Section, checks: readonly Written[], offer?: Offer): Check[] =>
  checks.map((check) => {
    const { level = 'extra' } = check
    return { section, needsTokens: level !== 'required', ...(offer ? { offer } : {}), ...check, level }
  })
