import { Hono } from 'hono'
import { approveExam, returnProposal, rollBackExam, withdrawProposal } from '../../flows/decide-proposal.ts'
import { listProposals, listPublications, type Proposal, type Publication } from '../../item/publishing/store.ts'
import { publishedVersions } from '../../item/store.ts'
import { toRfc3339 } from '../../kernel/instant.ts'
import type { Session } from '../../marketplace/session-token.ts'
import { parseBody } from '../../platform/http/parse-input.ts'
import { problemResponse } from '../problem-response.ts'
import { approval, explained, reasoned, rollBackRequest } from '../requests.ts'
import { requireSession } from '../session-cookie.ts'
import type { WebEnv } from '../web-env.ts'

const MOST_LISTED = 100

type StaffEnv = WebEnv & { Variables: { session: Session } }

const proposalBody = ({ lint, proposedAt, decision, ...proposal }: Proposal) => ({
  ...proposal,
  lint: lint?.length ?? null,
  proposedAt: toRfc3339(proposedAt),
  status: decision?.status ?? 'waiting',
  ...(decision ? { decidedBy: decision.by, decidedAt: toRfc3339(decision.at), why: decision.why } : {}),
})

const publicationBody = ({ at, ...publication }: Publication) => ({ ...publication, at: toRfc3339(at) })

/** What authors and operators decide about exam versions, for their own tools. */
export function proposalsApi(): Hono<StaffEnv> {
  const app = new Hono<StaffEnv>()
  for (const path of ['/api/staff/proposals', '/api/staff/proposals/*', '/api/staff/exams/*'])
    app.use(path, requireSession, async (c, next) => (c.var.session.role === 'worker' ? problemResponse({ code: 'forbidden' }) : next()))

  app.get('/api/staff/proposals', async (c) => c.json({ proposals: (await listProposals(c.var.world.db, MOST_LISTED)).map(proposalBody) }))

  app.post('/api/staff/proposals/:id/approve', async (c) => {
    const body = parseBody(approval, await c.req.text())
    if (!body.ok) return problemResponse(body.problem)
    const done = await approveExam(c.var.world, { session: c.var.session, proposal: c.req.param('id'), ...body.value })
    return done.ok ? c.json({ exam: done.value.exam, version: done.value.version, hash: done.value.hash }) : problemResponse(done.problem)
  })

  app.post('/api/staff/proposals/:id/return', async (c) => {
    const body = parseBody(reasoned, await c.req.text())
    if (!body.ok) return problemResponse(body.problem)
    const done = await returnProposal(c.var.world, { session: c.var.session, proposal: c.req.param('id'), why: body.value.why })
    return done.ok ? c.json({ proposal: done.value.id }) : problemResponse(done.problem)
  })

  app.post('/api/staff/proposals/:id/withdraw', async (c) => {
    const body = parseBody(explained, await c.req.text())
    if (!body.ok) return problemResponse(body.problem)
    const done = await withdrawProposal(c.var.world, { session: c.var.session, proposal: c.req.param('id'), why: body.value.why })
    return done.ok ? c.json({ proposal: done.value.id }) : problemResponse(done.problem)
  })

  app.get('/api/staff/exams/:exam/versions', async (c) => {
    const [exam, { db }] = [c.req.param('exam'), c.var.world]
    const [versions, publications] = [await publishedVersions(db, exam, MOST_LISTED), await listPublications(db, exam, MOST_LISTED)]
    const listed = versions.map(({ publishedAt, ...version }) => ({ ...version, publishedAt: toRfc3339(publishedAt) }))
    return c.json({ live: versions[0]?.hash ?? null, versions: listed, publications: publications.map(publicationBody) })
  })

  app.post('/api/staff/exams/:exam/roll-back', async (c) => {
    const body = parseBody(rollBackRequest, await c.req.text())
    if (!body.ok) return problemResponse(body.problem)
    const done = await rollBackExam(c.var.world, { session: c.var.session, exam: c.req.param('exam'), ...body.value })
    return done.ok ? c.json({ exam: c.req.param('exam'), hash: done.value.hash }) : problemResponse(done.problem)
  })
  return app
}
