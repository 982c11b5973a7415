import { type Instant, type Period, plusPeriod } from '../../../kernel/instant.ts'

/** What a case is about. */
export const subjectKinds = ['job', 'client', 'worker', 'credential', 'attempt'] as const
export type SubjectKind = (typeof subjectKinds)[number]

export const actions = [
  'no-action',
  'reinstate',
  'correct',
  'take-down',
  'restrict',
  'suspend',
  'suspend-credential',
  'revoke-credential',
] as const
export type Action = (typeof actions)[number]

/** What may be decided about which kind of subject. Certificates are the plugin's: it carries those decisions out. */
const possible: Readonly<Record<SubjectKind, readonly Action[]>> = {
  job: ['no-action', 'reinstate', 'correct', 'take-down', 'restrict', 'suspend'],
  client: ['no-action', 'reinstate', 'restrict', 'suspend'],
  worker: ['no-action', 'reinstate', 'restrict', 'suspend'],
  credential: ['no-action', 'suspend-credential', 'revoke-credential', 'restrict', 'suspend'],
  attempt: ['no-action', 'suspend-credential', 'revoke-credential', 'restrict', 'suspend'],
}

export const isPossible = (kind: SubjectKind, action: Action): boolean => possible[kind].includes(action)

/** Whether a case about this can be about what somebody wrote: a post, or what a client or a worker sent. */
export const isOfWriting = (kind: SubjectKind): kind is 'job' | 'client' | 'worker' =>
  kind === 'job' || kind === 'client' || kind === 'worker'

/** The mildest first. An appeal never ends in anything harsher. */
const harshness: Readonly<Record<Action, number>> = {
  'no-action': 0,
  reinstate: 0,
  correct: 1,
  'take-down': 2,
  'suspend-credential': 2,
  'revoke-credential': 3,
  restrict: 4,
  suspend: 5,
}

/** Whether a decision takes something away from somebody, who may then appeal. */
export const isMeasure = (action: Action): boolean => harshness[action] > 0

/** Whether a measure has an end, or is said to have none. */
export const hasDuration = (action: Action): boolean =>
  action === 'take-down' || action === 'restrict' || action === 'suspend'

interface Weighed {
  readonly action: Action
  /** Null: for good, or nothing that lasts. */
  readonly until: Instant | null
}

/** When it ends by itself. What is to be corrected ends with whoever corrects it. */
const endIn = ({ action, until }: Weighed): number =>
  harshness[action] <= harshness.correct ? 0 : (until ?? Number.POSITIVE_INFINITY)

/** Whether `one` is in any way harsher than `other`: by its kind, or because it lasts longer. */
export const isHarsher = (one: Weighed, other: Weighed): boolean =>
  harshness[one.action] > harshness[other.action] || endIn(one) > endIn(other)

/** How long the person concerned may appeal: six months of the calendar. Digital Services Act, art. 20(1). */
const APPEAL_WITHIN: Period = { years: 0, months: 6, days: 0 }

/** The first moment at which it is too late. */
export const appealUntil = (decidedAt: Instant): Instant => plusPeriod(decidedAt, APPEAL_WITHIN)

export const effects = ['take-down', 'restrict', 'suspend'] as const
/** What a measure does to a job or to somebody's standing. */
export type Effect = (typeof effects)[number]

export interface Measure {
  readonly kind: 'job' | 'client' | 'worker'
  readonly target: string
  readonly effect: Effect
}

/**
 * What an action does here, in order. A post that is to be corrected is down until its client hands it in again. A measure against whoever posted a job takes the job down for as long. Decisions
 * about certificates do nothing here: they are told to the plugin.
 */
export function measuresOf(
  action: Action,
  subject: { readonly kind: SubjectKind; readonly ref: string; readonly person: string | null },
): Measure[] {
  const takeDown: Measure[] = subject.kind === 'job' ? [{ kind: 'job', target: subject.ref, effect: 'take-down' }] : []
  if (action === 'take-down' || action === 'correct') return takeDown
  if (action !== 'restrict' && action !== 'suspend') return []
  const person = subject.person ?? ''
  return [...takeDown, { kind: person.startsWith('cli_') ? 'client' : 'worker', target: person, effect: action }]
}

const certificateActions = ['suspend-credential', 'revoke-credential'] as const
type CertificateAction = (typeof certificateActions)[number]
export const isAboutCertificate = (action: Action): action is CertificateAction =>
  (certificateActions as readonly Action[]).includes(action)

/** What a decision restricts: by its measures here, or of a certificate by what the plugin carries out. */
export type Restriction =
  | Measure
  | { readonly kind: SubjectKind; readonly target: string; readonly effect: CertificateAction }

/** Everything that an action restricts, in order; nothing when it takes nothing away. */
export const scopeOf = (action: Action, subject: Parameters<typeof measuresOf>[1]): readonly Restriction[] =>
  isAboutCertificate(action)
    ? [{ kind: subject.kind, target: subject.ref, effect: action }]
    : measuresOf(action, subject)

/** What is to last longer is meant for good. */
const MOST_DAYS = 36_525
const daysIn = { D: 1, W: 7, M: 30, Y: 365 } as const

/** Reads `P30D`, `P2W`, `P3M` or `P1Y`; undefined when it is none of these, no time at all or more than a century. */
export function readPeriod(text: string): Period | undefined {
  const [, count, unit] = /^P(\d{1,4})([DWMY])$/.exec(text) ?? []
  const n = Number(count ?? 0)
  if (n === 0 || n * daysIn[unit as keyof typeof daysIn] > MOST_DAYS) return undefined
  return {
    years: unit === 'Y' ? n : 0,
    months: unit === 'M' ? n : 0,
    days: unit === 'D' ? n : unit === 'W' ? 7 * n : 0,
  }
}
