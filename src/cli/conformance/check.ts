import type { Subjects } from '../../../dist/texts.d.ts'
import { LEAST_HIDDEN } from '../../contract/marketplace.ts'
import { MAX_TOKEN_SECONDS } from '../../contract/tokens.ts'
import { type Say, textsOf } from '../texts.ts'
import type { Bench } from './bench.ts'

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

/** What one check found: whether the contract holds there, and what came. */
export interface Finding {
  readonly outcome: 'holds' | 'fails' | 'not-tried'
  readonly came: Say
}

/** One thing that the contract promises of a marketplace. */
export interface Check {
  readonly id: CheckId
  /** An optional check that fails is reported and does not fail the run. */
  readonly required: boolean
  readonly section: Section
  run(bench: Bench): Promise<Finding>
}

export const holds = (came: Say): Finding => ({ outcome: 'holds', came })
export const fails = (came: Say): Finding => ({ outcome: 'fails', came })
export const notTried = (why: Say): Finding => ({ outcome: 'not-tried', came: why })

/** Something that a check needs could not be done, with what came. */
export class CheckStopped extends Error {
  readonly say: Say

  constructor(say: Say) {
    super(say(textsOf('en')))
    this.say = say
  }
}

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

/** Checks of one section of the contract, all required unless they say otherwise. */
export const checksOf = (
  section: Section,
  checks: readonly (Omit<Check, 'section' | 'required'> & { readonly required?: boolean })[],
): Check[] => checks.map((check) => ({ section, required: true, ...check }))
