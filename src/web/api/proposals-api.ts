import { Hono } from 'hono'
import * as contract from '../../contract/kentei/publishing.ts'
import { approveExam, returnProposal, rollBackExam, withdrawProposal } from '../../flows/decide-proposal.ts'
import { listProposals, listPublications, type Proposal, type Publication } from '../../item/publishing/store.ts'
import { publishedVersions } from '../../item/store.ts'
import { toRfc3339 } from '../../kernel/instant.ts'
import { ok } from '../../kernel/result.ts'
import { type PersonEnv, serving } from './serve.ts'

const MOST_LISTED = 100

const describeProposal = ({ lint, proposedAt, decision, ...proposal }: Proposal) => ({
  ...proposal,
  lint: lint?.length ?? null,
  proposedAt: toRfc3339(proposedAt),
  status: decision?.status ?? ('waiting' as const),
  ...(decision ? { decidedBy: decision.by, decidedAt: toRfc3339(decision.at), why: decision.why } : {}),
})

const describePublication = ({ at, ...publication }: Publication) => ({ ...publication, at: toRfc3339(at) })

/** What authors and operators decide about exam versions, for their own tools. */
export function proposalsApi(): Hono<PersonEnv> {
  const app = new Hono<PersonEnv>()
  const serve = serving(app)

  serve(contract.listProposals, async (_, c) =>
    ok({ proposals: (await listProposals(c.var.world.db, MOST_LISTED)).map(describeProposal) }),
  )

  serve(contract.approveExam, async ({ path, body }, c) => {
    const done = await approveExam(c.var.world, { session: c.var.session, proposal: path.id, ...body })
    return done.ok ? ok({ exam: done.value.exam, version: done.value.version, hash: done.value.hash }) : done
  })

  serve(contract.returnProposal, async ({ path, body }, c) => {
    const done = await returnProposal(c.var.world, { session: c.var.session, proposal: path.id, why: body.why })
    return done.ok ? ok({ proposal: done.value.id }) : done
  })

  serve(contract.withdrawProposal, async ({ path, body }, c) => {
    const done = await withdrawProposal(c.var.world, { session: c.var.session, proposal: path.id, why: body.why })
    return done.ok ? ok({ proposal: done.value.id }) : done
  })

  serve(contract.listVersions, async ({ path: { exam } }, c) => {
    const { db } = c.var.world
    const [versions, publications] = [
      await publishedVersions(db, exam, MOST_LISTED),
      await listPublications(db, exam, MOST_LISTED),
    ]
    const listed = versions.map(({ publishedAt, ...version }) => ({ ...version, publishedAt: toRfc3339(publishedAt) }))
    return ok({
      live: versions[0]?.hash ?? null,
      versions: listed,
      publications: publications.map(describePublication),
    })
  })

  serve(contract.rollBackExam, async ({ path: { exam }, body }, c) => {
    const done = await rollBackExam(c.var.world, { session: c.var.session, exam, ...body })
    return done.ok ? ok({ exam, hash: done.value.hash }) : done
  })
  return app
}
