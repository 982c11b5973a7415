import type { AttemptView } from '../../../flows/read-attempt.ts'
import type { LeaseId } from '../../../kernel/id.ts'
import type { Problem } from '../../../kernel/problem.ts'
import type { Session } from '../../../marketplace/session-token.ts'
import type { World } from '../../../world/world.ts'
import type { CandidateFlows } from '../candidate-flows.ts'
import type { EntryProblem, FormFields } from '../types/control-type.ts'
import { entryOf, readFlags, readSection } from './section-form.ts'

export interface SectionPost {
  readonly flows: CandidateFlows
  readonly world: World
  readonly session: Session
  readonly attempt: AttemptView
  /** From 1. */
  readonly section: number
  readonly lease: LeaseId
  readonly fields: FormFields
}

export type SectionOutcome =
  | { readonly outcome: 'go'; readonly to: string }
  | { readonly outcome: 'refused'; readonly problem: Problem }
  | {
      readonly outcome: 'again'
      readonly notice: 'refused' | 'stale' | 'lost'
      /** The attempt with what was entered in place of what is stored, so that nothing has to be typed twice. */
      readonly view: AttemptView
      readonly flags: ReadonlySet<string>
      readonly problems: Readonly<Record<string, EntryProblem>>
      readonly places: FormFields
    }

/** Where the pressed button leads: `section.2.q12`, `review`, or the same section. */
function destination(go: string, section: number, flags: readonly string[]): string {
  const marked = flags.length > 0 ? `flags=${flags.join('.')}` : ''
  if (go === 'review') return `/review${marked && `?${marked}`}`
  const asked = /^section\.(\d{1,3})(?:\.(q\d{1,3}))?$/.exec(go)
  const cleared = /^clear\.(q\d{1,3})$/.exec(go)
  const anchor = asked?.[2] ?? cleared?.[1]
  return `?section=${asked?.[1] ?? section}${marked && `&${marked}`}${anchor ? `#${anchor}` : ''}`
}

/** Without the controls of a question whose answer is being cleared. */
function withoutCleared(fields: FormFields, go: string): FormFields {
  const ref = /^clear\.(q\d{1,3})$/.exec(go)?.[1]
  return ref === undefined
    ? fields
    : Object.fromEntries(Object.entries(fields).filter(([name]) => name !== ref && !name.startsWith(`${ref}.`)))
}

/** Saves what a plain form posted. Whatever cannot be saved comes back with the page, as it was entered. */
export async function saveSection(post: SectionPost): Promise<SectionOutcome> {
  const { flows, world, session, attempt, section, lease } = post
  const go = post.fields.go?.[0] ?? ''
  const fields = withoutCleared(post.fields, go)
  const items = attempt.sections[section - 1]?.items ?? []
  const { saves, problems } = readSection(items, fields, attempt.responses)
  const flags = readFlags(items, fields)

  const again = (notice: 'refused' | 'stale' | 'lost', stored: AttemptView): SectionOutcome => {
    const entered = items.filter((item) => notice === 'lost' || problems[item.ref] !== undefined)
    const shown = entered.flatMap((item) => {
      const entry = entryOf(item, fields)
      return entry === undefined
        ? []
        : [[item.ref, { revision: stored.responses[item.ref]?.revision ?? 0, response: entry }] as const]
    })
    return {
      outcome: 'again',
      notice,
      view: { ...stored, lease, responses: { ...stored.responses, ...Object.fromEntries(shown) } },
      flags: new Set(flags),
      problems,
      places: fields,
    }
  }

  let stale = false
  if (saves.length > 0) {
    const recorded = await flows.recordResponses(world, { session, id: attempt.id, lease, saves })
    if (!recorded.ok)
      return recorded.problem.code === 'lease-lost'
        ? again('lost', attempt)
        : { outcome: 'refused', problem: recorded.problem }
    stale = recorded.value.results.some(({ status }) => status === 'stale-revision')
  }
  if (!stale && Object.keys(problems).length === 0) return { outcome: 'go', to: destination(go, section, flags) }
  const stored = await flows.readAttempt(world, { session, id: attempt.id })
  if (!stored.ok) return { outcome: 'refused', problem: stored.problem }
  return again(stale ? 'stale' : 'refused', stored.value)
}
