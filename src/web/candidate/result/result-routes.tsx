import { Hono } from 'hono'
import type { ResultView } from '../../../flows/read-result.ts'
import type { AttemptId } from '../../../kernel/id.ts'
import type { Session } from '../../../marketplace/session-token.ts'
import { brandLink } from '../../../platform/page/marketplace.ts'
import type { World } from '../../../world/world.ts'
import type { PageContext } from '../../ui/page-context.ts'
import { noticeResponse, pageResponse, refusalResponse } from '../../ui/page-response.tsx'
import type { WebEnv } from '../../web-env.ts'
import type { CandidateFlows } from '../candidate-flows.ts'
import { withVisitor } from '../exam/exam-routes.tsx'
import { ResultPage } from './result-page.tsx'
import { type Places, stateKeyOf } from './result-props.ts'

const idOf = (id: string | undefined) => (id ?? '') as AttemptId

/** The marketplace's own pages as its settings name them; the page that a launch came from is the worker's own. */
function placesOf({ brand: { links }, locale, visitor }: PageContext, exam: string): Places {
  const { profile, jobs, support } = links
  const values = { worker: visitor?.worker ?? '', exam, language: locale }
  const filled = (template: string | undefined) => template && brandLink(template, values)
  return { profile: filled(profile) ?? visitor?.returnUrl, jobs: filled(jobs), support: filled(support) }
}

/** The result of an attempt, and whether what the page says of a certificate is still so. */
export function resultRoutes(flows: CandidateFlows): Hono<WebEnv> {
  const heldOf = (world: World, { worker }: Session, { credential }: ResultView) =>
    credential ? flows.readHolderStory(world, { worker, credential: credential.id }) : undefined

  /** What the page needs of an exam: of a pass the titles of its areas, of a fail when it may be sat again. */
  async function readMore(world: World, session: Session, result: ResultView, context: PageContext) {
    const { worker } = session
    const [held, exam] = await Promise.all([
      heldOf(world, session, result),
      flows.readExam(world, session, result.exam, context.locale),
    ])
    const isValid = held?.story.isValid === true
    const passedAt = held?.credential.issuedAt
    const [priority, jobs] = await Promise.all([
      isValid && passedAt !== undefined
        ? flows.readPriority(world, { worker, exam: result.exam, passedAt })
        : undefined,
      isValid && exam.ok ? flows.readJobFeed(world, result.exam) : undefined,
    ])
    return { held, priority, jobs, exam: exam.ok ? exam.value : undefined }
  }

  const result = withVisitor(async (c, context, session) => {
    const world = c.get('world')
    const id = idOf(c.req.param('id'))
    const found = await flows.readResult(world, { session, id })
    if (found.ok) {
      const { issuerName, origin } = world.settings
      return pageResponse(
        c,
        <ResultPage
          context={context}
          result={found.value}
          now={world.now()}
          places={placesOf(context, found.value.exam)}
          issuer={{ name: issuerName[context.locale], origin }}
          {...(await readMore(world, session, found.value, context))}
        />,
      )
    }
    if (found.problem.code === 'attempt-open') return c.redirect(`/attempts/${id}`, 303)
    // an address that is not this person's may be that of whoever was here before
    return found.problem.code === 'not-found'
      ? noticeResponse(c, context, 'not-yours', { back: `/attempts/${encodeURIComponent(id)}` })
      : refusalResponse(c, context, found.problem)
  })

  /** The state alone, for an open page: the page is a hundred times as large. */
  const state = withVisitor(async (c, context, session) => {
    const world = c.get('world')
    const found = await flows.readResult(world, { session, id: idOf(c.req.param('id')) })
    const held = found.ok ? await heldOf(world, session, found.value) : undefined
    if (!held) return noticeResponse(c, context, 'not-found')
    return c.json({ key: stateKeyOf(held.story) }, 200, { 'cache-control': 'no-store' })
  })

  return new Hono<WebEnv>().get('/attempts/:id/result', result).get('/attempts/:id/result/state', state)
}
