import { type Context, Hono } from 'hono'
import * as z from 'zod'
import { reasoned } from '../../../contract/kentei/shapes.ts'
import { findCredential, holdsOf } from '../../../credential/store.ts'
import { reinstateCredential, revokeCredential, suspendCredential } from '../../../flows/change-credential-status.ts'
import { namePeople } from '../../../flows/name-people.ts'
import { readCredentials } from '../../../flows/read-credentials.ts'
import { readHistory } from '../../../flows/read-log.ts'
import { practicalInquiry, readProcessData } from '../../../flows/read-process-data.ts'
import { reissueCredential } from '../../../flows/reissue-credential.ts'
import { settleConcern } from '../../../flows/settle-concern.ts'
import { concernsOf } from '../../../integrity/store.ts'
import { ok, type Result } from '../../../kernel/result.ts'
import type { Session } from '../../../marketplace/session-token.ts'
import type { World } from '../../../world/world.ts'
import type { PageContext } from '../../ui/page-context.ts'
import { pageResponse, refusalResponse } from '../../ui/page-response.tsx'
import type { WebEnv } from '../../web-env.ts'
import { forOperators } from '../staff-door.tsx'
import { type Act, acts, actsOn, type Refused } from './credential-acts.tsx'
import { CredentialPage } from './credential-page.tsx'
import { CredentialsPage } from './credentials-page.tsx'
import { ProcessPage } from './process-page.tsx'
import { RevokePage } from './revoke-page.tsx'

interface Decision {
  readonly session: Session
  readonly id: string
  readonly why: string
}

/** What each act does. @returns the credential to look at afterwards. */
const flows: Readonly<Record<Act, (world: World, decision: Decision) => Promise<Result<{ readonly id: string }>>>> = {
  correct: async (world, decision) => {
    const done = await reissueCredential(world, decision)
    return done.ok ? ok(done.value.credential) : done
  },
  suspend: suspendCredential,
  reinstate: reinstateCredential,
  revoke: revokeCredential,
}

const actOf = (name: string | undefined): Act | undefined => acts.find((act) => act === name)
const idOf = (c: Context<WebEnv>): string => c.req.param('id') ?? ''
const pathOf = (id: string): string => `/staff/credentials/${encodeURIComponent(id)}`

interface Outcome {
  readonly done?: Act | undefined
  readonly refused?: Refused
  readonly view?: typeof CredentialPage
}

/** Shows a credential as it stands, with what was just done or refused. */
async function show(
  c: Context<WebEnv>,
  context: PageContext,
  session: Session,
  { done, refused, view: View = CredentialPage }: Outcome,
) {
  const world = c.get('world')
  const id = idOf(c)
  const read = await readHistory(world, { session, id })
  if (!read.ok) return refusalResponse(c, context, read.problem)
  const [holds, concerns, inquiry, now] = [
    (await holdsOf(world.db, [id])).get(id) ?? [],
    await concernsOf(world.db, id),
    await practicalInquiry(world, read.value.credential),
    world.now(),
  ]
  const names = await namePeople(world, [
    ...read.value.history.map(({ actor }) => actor),
    ...concerns.map(({ settledBy }) => settledBy ?? ''),
  ])
  // nothing to confirm where nothing is left to revoke
  if (View === RevokePage && !refused && !actsOn(read.value.credential, holds, now).includes('revoke'))
    return c.redirect(pathOf(id), 303)
  const page = (
    <View
      context={context}
      {...read.value}
      holds={holds}
      concerns={concerns}
      inquiry={inquiry}
      names={names}
      now={now}
      done={done}
      refused={refused}
    />
  )
  return pageResponse(c, page, !refused ? 200 : refused.because === 'state' ? 409 : 422)
}

const list = forOperators(async (c, context, session) => {
  const world = c.get('world')
  const query = (c.req.query('q') ?? '').trim().slice(0, 400)
  // a number by itself, and in whatever address of the credential holds it
  const [id] = query.match(/crd_[A-Za-z0-9]+/) ?? []
  if (id && (await findCredential(world.db, id))) return c.redirect(pathOf(id), 303)
  const before = c.req.query('before') || undefined
  const read = await readCredentials(world, session, { q: query, before })
  return read.ok
    ? pageResponse(c, <CredentialsPage context={context} query={query} view={read.value} />)
    : refusalResponse(c, context, read.problem)
})

const one = forOperators((c, context, session) => show(c, context, session, { done: actOf(c.req.query('done')) }))

const beforeRevoking = forOperators((c, context, session) => show(c, context, session, { view: RevokePage }))

const decide = forOperators(async (c, context, session) => {
  const act = actOf(c.req.param('act')) as Act
  const form = z.object({ why: z.string().catch(''), sure: z.string().catch('') }).parse(await c.req.parseBody())
  const view = act === 'revoke' ? RevokePage : CredentialPage
  const refuse = (because: Refused['because']) =>
    show(c, context, session, { view, refused: { act, why: form.why, because } })
  const reason = reasoned.safeParse(form)
  if (!reason.success) return refuse('why')
  if (act === 'revoke' && form.sure !== '1') return refuse('sure')
  const decided = await flows[act](c.get('world'), { session, id: idOf(c), why: reason.data.why })
  // the fragment of the form would survive the redirect, so this one names another
  if (decided.ok) return c.redirect(`${pathOf(decided.value.id)}?done=${act}#main`, 303)
  return decided.problem.code === 'conflict' ? refuse('state') : refusalResponse(c, context, decided.problem)
})

const process = forOperators(async (c, context, session) => {
  const read = await readProcessData(c.get('world'), { session, id: idOf(c) })
  return read.ok
    ? pageResponse(c, <ProcessPage context={context} inquiry={read.value} />)
    : refusalResponse(c, context, read.problem)
})

const settleOne = forOperators(async (c, context, session) => {
  const settled = await settleConcern(c.get('world'), {
    session,
    credential: idOf(c),
    concern: c.req.param('concern') ?? '',
  })
  return settled.ok ? c.redirect(`${pathOf(idOf(c))}#concerns`, 303) : refusalResponse(c, context, settled.problem)
})

/** Credentials for operators: find one, see what happened to it, decide about it. */
export const staffCredentialRoutes = (): Hono<WebEnv> =>
  new Hono<WebEnv>()
    .get('/staff/credentials', list)
    .get('/staff/credentials/:id', one)
    .get('/staff/credentials/:id/revoke', beforeRevoking)
    .get('/staff/credentials/:id/process', process)
    .post('/staff/credentials/:id/concerns/:concern', settleOne)
    .post(`/staff/credentials/:id/:act{${acts.join('|')}}`, decide)
