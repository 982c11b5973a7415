import { Hono } from 'hono'
import * as z from 'zod'
import { raiseConcern } from '../../flows/raise-concern.ts'
import { concernKinds } from '../../integrity/concern.ts'
import { allowancePerCaller } from '../rate-limit.ts'
import { type ConcernOutcome, ConcernPage } from './concern-page.tsx'
import { publicPageContext } from './page-locale.ts'
import { htmlResponse, type PublicContext, type PublicEnv } from './public-response.ts'
import { shownCredential, viewOf } from './shown-credential.ts'
import { ErasedPage, MissingPage } from './verification-page.tsx'

const PER_MINUTE = 6

const PATH = '/credentials/:id{crd_[A-Za-z0-9_-]+}/concern'

const concernForm = z.object({ kind: z.enum(concernKinds), note: z.string().trim().max(1_000) })

const statusOf = { sent: 200, full: 409, wrong: 422, busy: 429 } as const

async function show(c: PublicContext, id: string, outcome?: ConcernOutcome): Promise<Response> {
  const context = publicPageContext(c)
  const record = await shownCredential(c, id)
  if (record === 'not-found') return htmlResponse(c, <MissingPage context={context} />, 404)
  if (record === 'gone') return htmlResponse(c, <ErasedPage id={id} context={context} />, 410)
  const { name } = await viewOf(c, record)
  return htmlResponse(
    c,
    <ConcernPage context={context} id={record.id} name={name} outcome={outcome} />,
    outcome ? statusOf[outcome.is] : 200,
  )
}

/** Where anybody who was shown a certificate can say that something is odd about it. */
export function concernRoutes(): Hono<PublicEnv> {
  const take = allowancePerCaller({ name: 'concerns', perMinute: PER_MINUTE })
  return new Hono<PublicEnv>()
    .get(PATH, (c) => show(c, c.req.param('id'), c.req.query('sent') === undefined ? undefined : { is: 'sent' }))
    .post(PATH, async (c) => {
      const id = c.req.param('id')
      const entered = z
        .object({ kind: z.enum(concernKinds).optional().catch(undefined), note: z.string().catch('') })
        .parse(await c.req.parseBody())
      const form = concernForm.safeParse(entered)
      if (!form.success) return show(c, id, { is: 'wrong', kind: entered.kind, note: entered.note })
      const { headers, refused } = await take(c as never, 1)
      if (refused) {
        const page = await show(c, id, { is: 'busy', ...form.data })
        for (const [header, value] of Object.entries({
          ...headers,
          'retry-after': refused.headers.get('retry-after') ?? '',
        }))
          page.headers.set(header, value)
        return page
      }
      const raised = await raiseConcern(c.var.world, { credential: id, ...form.data })
      if (raised.ok) return c.redirect(`/credentials/${id}/concern?sent&lang=${publicPageContext(c).locale}`, 303)
      return show(c, id, raised.problem.code === 'conflict' ? { is: 'full' } : undefined)
    })
}
