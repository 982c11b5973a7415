import { Hono } from 'hono'
import * as contract from '../../contract/kentei/staff.ts'
import { already } from '../../contract/serve-call.ts'
import { reinstateCredential, revokeCredential, suspendCredential } from '../../flows/change-credential-status.ts'
import { endSessions } from '../../flows/end-sessions.ts'
import { extendDeadline, voidAttempt } from '../../flows/extend-deadline.ts'
import { type OpenedCase, openCase, openCaseOnAttempt } from '../../flows/open-case.ts'
import { type DeliveryView, readDeliveries, replayDeadLetters, replayMessage } from '../../flows/read-deliveries.ts'
import { readHistory, readLog } from '../../flows/read-log.ts'
import { reconcileNow, reconcileRestoredNow } from '../../flows/reconcile.ts'
import { reissueCredential } from '../../flows/reissue-credential.ts'
import { setAccommodation } from '../../flows/set-accommodation.ts'
import { instant, minutes, toRfc3339 } from '../../kernel/instant.ts'
import { ok, type Result } from '../../kernel/result.ts'
import { describeHistory, describeLog } from './describe.ts'
import { type PersonEnv, serving } from './serve.ts'

const changes = { active: reinstateCredential, suspended: suspendCredential, revoked: revokeCredential } as const

/** What operators may do, for their own tools. Every act carries a reason. */
export function staffApi(): Hono<PersonEnv> {
  const app = new Hono<PersonEnv>()
  const serve = serving(app)

  serve(contract.extendDeadline, async ({ path, body }, c) => {
    const done = await extendDeadline(c.var.world, {
      session: c.var.session,
      id: path.id,
      why: body.why,
      by: minutes(body.minutes),
      ...(body.from === undefined ? {} : { from: instant(Date.parse(body.from)) }),
    })
    return done.ok ? ok({ deadline: toRfc3339(done.value.deadline) }) : done
  })

  serve(contract.voidAttempt, async ({ path, body }, c) => {
    const done = await voidAttempt(c.var.world, { session: c.var.session, id: path.id, why: body.why })
    return done.ok ? ok({ closedAt: toRfc3339(done.value.closedAt) }) : done
  })

  serve(contract.setAccommodation, ({ path, body }, c) =>
    setAccommodation(c.var.world, { session: c.var.session, worker: path.worker, ...body }),
  )

  serve(contract.changeStatus, async ({ path, body }, c) => {
    const done = await changes[body.status](c.var.world, { session: c.var.session, id: path.id, why: body.why })
    return done.ok ? ok({ id: done.value.id, status: done.value.status, version: done.value.version }) : done
  })

  serve(contract.reissueCredential, async ({ path, body }, c) => {
    const done = await reissueCredential(c.var.world, { session: c.var.session, id: path.id, why: body.why })
    if (!done.ok) return done
    const { credential, replaces, created } = done.value
    const answer = { id: credential.id, status: credential.status, version: credential.version, replaces }
    return created ? ok(answer) : already(answer)
  })

  serve(contract.readHistory, async ({ path }, c) => {
    const read = await readHistory(c.var.world, { session: c.var.session, id: path.id })
    return read.ok ? ok(describeHistory(read.value)) : read
  })

  serve(contract.suspectAttempt, async ({ path, body }, c) =>
    describeCase(await openCaseOnAttempt(c.var.world, { session: c.var.session, attempt: path.id, ...body })),
  )
  serve(contract.suspectCredential, async ({ path, body }, c) =>
    describeCase(await openCase(c.var.world, { session: c.var.session, credential: path.id, ...body })),
  )

  serve(contract.endSessions, ({ body: { why, ...owners } }, c) =>
    endSessions(c.var.world, { session: c.var.session, owners, why }),
  )

  serve(contract.readLog, async ({ query }, c) => {
    const read = await readLog(c.var.world, { session: c.var.session, ...query })
    return read.ok ? ok(describeLog(read.value)) : read
  })

  for (const [call, begin] of [
    [contract.reconcile, reconcileNow],
    [contract.reconcileRestored, reconcileRestoredNow],
  ] as const)
    serve(call, async (_, c) => {
      const done = await begin(c.var.world, c.var.session)
      return done.ok ? ok({ ...done.value, startedAt: toRfc3339(done.value.startedAt) }) : done
    })

  serve(contract.listDeliveries, async (_, c) => {
    const { now, counts, hours, deliveries, dead } = await readDeliveries(c.var.world)
    return ok({ now, counts, hours, deliveries: deliveries.map(describeDelivery), dead: dead.map(describeDelivery) })
  })

  serve(contract.replayMessage, ({ path }, c) => replayMessage(c.var.world, { session: c.var.session, id: path.id }))
  serve(contract.replayDead, (_, c) => replayDeadLetters(c.var.world, c.var.session))
  return app
}

/** A delivery as callers know it: there, what is sent is the letter of its message. */
const describeDelivery = ({ message: { request: letter, about: _, ...message }, name: __, ...view }: DeliveryView) => ({
  ...view,
  message: { ...message, letter },
})

function describeCase(opened: Result<OpenedCase>) {
  if (!opened.ok) return opened
  const { existing, ...answer } = opened.value
  return existing ? already(answer) : ok(answer)
}
