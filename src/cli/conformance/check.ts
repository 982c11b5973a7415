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
  'case',
  'launch',
  'webhook',
  'worker',
  'rotation',
  'answer',
] as const
export type Area = (typeof areas)[number]

/** Sections of the contract that checks refer to. */
export type Section =
  | 'Trust between plugin and marketplace'
  | 'Plugin → marketplace'
  | 'Marketplace → plugin'
  | 'Behaviour'
  | 'Form of requests and answers'
  | 'Sandbox only'

/** What one check found: whether the contract holds there, and what came. */
export interface Finding {
  readonly outcome: 'holds' | 'fails' | 'not-tried'
  readonly came: string
}

/** One thing that the contract promises of a marketplace. */
export interface Check {
  /** `<area>.<what>`; stable, for machines. */
  readonly id: `${Area}.${string}`
  /** An optional check that fails is reported and does not fail the run. */
  readonly required: boolean
  readonly section: Section
  /** What must be seen, as one sentence. */
  readonly expects: string
  run(bench: Bench): Promise<Finding>
}

export const holds = (came: string): Finding => ({ outcome: 'holds', came })
export const fails = (came: string): Finding => ({ outcome: 'fails', came })
export const notTried = (why: string): Finding => ({ outcome: 'not-tried', came: why })

export const areaOf = ({ id }: Pick<Check, 'id'>): Area => id.slice(0, id.indexOf('.')) as Area

/** Checks of one section of the contract, all required unless they say otherwise. */
export const checksOf = (
  section: Section,
  checks: readonly (Omit<Check, 'section' | 'required'> & { readonly required?: boolean })[],
): Check[] => checks.map((check) => ({ section, required: true, ...check }))
