import * as z from 'zod'
import { type AttemptState, attemptStates, type ListPlace } from '../../../attempt/listing/store.ts'
import type { AttemptsQuery, AttemptsView } from '../../../flows/read-attempts.ts'
import type { Scope } from '../../../flows/read-today.ts'
import { instant } from '../../../kernel/instant.ts'
import type { PageContext } from '../../ui/page-context.ts'
import { scopeHref, scopeOf } from '../scope.tsx'

/** What the list was asked, as far as it could be read. */
export interface AttemptsAsked {
  readonly scope: Scope
  readonly state?: AttemptState | undefined
  readonly q: string
  /** Only those about which something strikes. */
  readonly hinted: boolean
  readonly open?: string | undefined
  readonly after?: ListPlace | undefined
  /** The place in the list of the first one shown, from 1. */
  readonly nth: number
}

/** An act that was not done, with what was typed for it. */
export interface RefusedAct {
  readonly because: 'input' | 'closed' | 'changed'
  readonly why: string
}

export interface AttemptsProps {
  readonly context: PageContext
  readonly asked: AttemptsAsked
  readonly view: AttemptsView
  readonly isDone?: boolean
  readonly refused?: RefusedAct | undefined
}

/** Of the last attempt of a page: when it began, and its id. */
const place = /^(\d{1,15})\.(att_\w{1,100})$/

function placeOf(before: string | undefined): ListPlace | undefined {
  const [, at, id] = place.exec(before ?? '') ?? []
  return id === undefined ? undefined : { startedAt: instant(Number(at)), id: id as ListPlace['id'] }
}

const text = z.string().trim().max(100).catch('')
const states = z.enum(attemptStates).optional().catch(undefined)
const places = z.coerce.number().int().min(1).max(10_000_000).catch(1)

/** Other pages lead here about a `worker`, by the older name of what is looked for. */
export function attemptsAsked(query: Readonly<Record<string, string>>): AttemptsAsked {
  const after = placeOf(query.before)
  return {
    scope: scopeOf(query),
    state: states.parse(query.state),
    q: text.parse(query.q ?? query.worker ?? ''),
    hinted: query.hinted === '1',
    open: text.parse(query.open ?? '') || undefined,
    after,
    nth: after ? places.parse(query.nth) : 1,
  }
}

export const queryOf = ({ scope, state, q, hinted, open, after }: AttemptsAsked): AttemptsQuery => ({
  ...scope,
  state,
  q: q === '' ? undefined : q,
  hinted,
  open,
  after,
})

/** The list as it was asked, from its first page. */
export const hrefOf = (
  { scope, state, q, hinted }: AttemptsAsked,
  more: Readonly<Record<string, string | undefined>> = {},
  path = '/staff/attempts',
): string => scopeHref(path, scope, { state, q, hinted: hinted ? '1' : undefined, ...more })
