/** Steps of a played pass, in the order in which they are shown. */
export const playSteps = ['launch', 'sit', 'grade', 'badge', 'place'] as const
export type PlayStep = (typeof playSteps)[number]

/** What a front page says of the exam, from the exam's own data. */
export interface ExamFacts {
  readonly minutes: number
  /** Percentage from which it is passed. */
  readonly passScore: number
  /** The sittings, in their order; one where a single paper is the whole exam. */
  readonly parts: readonly { readonly items: number; readonly tasks: number }[]
}

/** One answered call of the public APIs: when in the play, and where. */
export interface PlayCall {
  readonly atMs: number
  readonly method: string
  readonly path: string
  readonly status: number
}

/** What whoever performs a pass tells of it; nothing of it says what was answered. */
export type PlayEvent =
  | { readonly is: 'found'; readonly position: number }
  | { readonly is: 'launched' | 'started' | 'saved' | 'submitted' | 'late' }
  | {
      readonly is: 'graded'
      readonly passed: boolean
      readonly scores: readonly (number | undefined)[]
      readonly page: string | undefined
    }
  | { readonly is: 'issued'; readonly page: string; readonly image: string; readonly validUntil: string }
  | {
      readonly is: 'listed'
      readonly position: number
      readonly afterMs: number
      readonly heldOut: boolean
      /** A search whose newcomers' row shows them: of whom, undefined for everybody, and for which words. */
      readonly row: { readonly client: string | undefined; readonly words: string | undefined } | undefined
    }

type Told<Is extends PlayEvent['is']> = Extract<PlayEvent, { readonly is: Is }>

/** Where the person stood before, and who stood around them. */
export interface PlayedPerson {
  readonly worker: string
  readonly position: number
  readonly above: string | undefined
  readonly below: string | undefined
}

export type PlayStatus = 'playing' | 'paused' | 'done' | 'failed' | 'stopped'

/** A pass that is played, as far as it has come. */
export interface Play {
  readonly id: string
  readonly person: PlayedPerson
  readonly status: PlayStatus
  /** How many of the steps are done. */
  readonly stepsDone: number
  /** Responses that were saved, of items and tasks. */
  readonly saved: number
  /** Sittings that were handed in. */
  readonly submitted: number
  readonly graded: Told<'graded'> | undefined
  readonly issued: Told<'issued'> | undefined
  readonly listed: Told<'listed'> | undefined
}

export const beginPlay = (id: string, person: PlayedPerson): Play => ({
  id,
  person,
  status: 'playing',
  stepsDone: 0,
  saved: 0,
  submitted: 0,
  graded: undefined,
  issued: undefined,
  listed: undefined,
})

/** Responses of all parts together. */
export const cellsOf = ({ parts }: ExamFacts): number => parts.reduce((sum, { items, tasks }) => sum + items + tasks, 0)

/** What a play becomes by what was told. */
export function afterEvent(play: Play, event: PlayEvent, exam: ExamFacts): Play {
  switch (event.is) {
    case 'found':
      return { ...play, person: { ...play.person, position: event.position } }
    case 'launched':
      return { ...play, stepsDone: 1 }
    case 'started':
      return play
    case 'saved':
      return { ...play, saved: play.saved + 1 }
    case 'submitted': {
      const submitted = play.submitted + 1
      return { ...play, submitted, stepsDone: submitted < exam.parts.length ? 1 : 2 }
    }
    case 'graded':
      return event.passed && event.page !== undefined
        ? { ...play, graded: event, stepsDone: 3 }
        : { ...play, graded: event, status: 'failed' }
    case 'issued':
      return { ...play, issued: event, stepsDone: 4 }
    case 'listed':
      return { ...play, listed: event, stepsDone: playSteps.length, status: 'done' }
    case 'late':
      return { ...play, status: 'failed' }
    default:
      return event satisfies never
  }
}

/** How long a play takes, about. */
export const PLAY_SECONDS = 60
/** Of that, in milliseconds: reading a step, and all answers together. */
const READ_MS = {
  found: 1_500,
  launched: 2_500,
  started: 1_000,
  submitted: 1_500,
  graded: 4_000,
  issued: 5_000,
} as const
const SIT_MS = 38_000
/** A task is looked at for as long as so many items. */
const TASK_ITEMS = 3

/** How long somebody who watches looks at what has just happened, in milliseconds. */
export function paceAfter(event: PlayEvent, { saved }: Pick<Play, 'saved'>, exam: ExamFacts): number {
  if (event.is === 'listed' || event.is === 'late') return 0
  if (event.is !== 'saved') return READ_MS[event.is]
  const all = exam.parts.reduce((sum, { items, tasks }) => sum + items + TASK_ITEMS * tasks, 0)
  const [first] = exam.parts
  // in the knowledge part stand the items, behind it the tasks
  const isTask = saved > (first?.items ?? 0)
  return (SIT_MS * (isTask ? TASK_ITEMS : 1)) / Math.max(1, all)
}
