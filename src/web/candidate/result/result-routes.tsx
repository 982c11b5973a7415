import { Hono } from 'hono'
import type { ResultView } from '../../../flows/read-result.ts'
import type { AttemptId } from '../../../kernel/id.ts'
import type { Session } from '../../../marketplace/session-token.ts'
import { brandLink } from '../../../platform/page/words.ts'
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
  /** What the page of a pass says besides: the certificate as it stands, and jobs while it is valid. */
  async function readPassed(world: World, { worker }: Session, { credential, exam }: ResultView) {
    const held = credential && (await flows.readHolderStory(world, { worker, credential: credential.id }))
    if (!held?.story.isValid) return { held }
    const [priority, jobs] = await Promise.all([
      flows.readPriority(world, { worker, exam, passedAt: held.credential.issuedAt }),
      flows.readJobFeed(world, exam),
    ])
    return { held, priority, jobs }
  }

  /** What is needed of the exam: the titles of its areas beside jobs, and when it may be sat again after a fail. */
  async function readMore(world: World, session: Session, result: ResultView, context: PageContext) {
    const passed = await readPassed(world, session, result)
    if (result.passed && !passed.jobs) return passed
    const exam = await flows.readExam(world, session, result.exam, context.locale)
    return { ...passed, ...(exam.ok ? { exam: exam.value } : {}) }
  }

  const result = withVisitor(async (c, context, session) => {
    const world = c.get('world')
    const id = idOf(c.req.param('id'))
    const found = await flows.readResult(world, { session, id, language: context.locale })
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
    const attempt = await flows.findOwnAttempt(world, { session, id: idOf(c.req.param('id')) })
    const credential = attempt.ok && attempt.value.status === 'graded' ? attempt.value.credential : undefined
    const held = credential && (await flows.readHolderStory(world, { worker: session.worker, credential }))
    if (!held) return noticeResponse(c, context, 'not-found')
    return c.json({ key: stateKeyOf(held.story) }, 200, { 'cache-control': 'no-store' })
  })

  return new Hono<WebEnv>().get('/attempts/:id/result', result).get('/attempts/:id/result/state', state)
}
