import { Hono } from 'hono'
import { toRfc3339 } from '../../kernel/instant.ts'
import { fail, ok } from '../../kernel/result.ts'
import { appealDecision } from '../flows/appeal-decision.ts'
import { describeDecision } from '../flows/decide-subject.ts'
import { noteRead } from '../flows/judge-again.ts'
import { alleged } from '../flows/open-case.ts'
import { reportJob } from '../flows/report-job.ts'
import { showCaseToPlugin } from '../flows/show-case.ts'
import { decisionsConcerning, findDecision } from '../moderation/decision/store.ts'
import { noticeText } from '../notification/notice.ts'
import { findNotification, markRead, type Notification, notificationsOf } from '../notification/store.ts'
import type { SandboxEnv } from '../sandbox-world.ts'
import { requestKeyOf } from './answer-once.ts'
import * as calls from './moderation-calls.ts'
import { createdOrThere, personOf, type Serve, serving, told } from './serve.ts'

const describeNotification = ({ id, at, notice, readAt }: Notification) => ({
  id,
  at: toRfc3339(at),
  readAt: readAt === null ? null : toRfc3339(readAt),
  ...notice,
  text: noticeText(notice),
})

function serveNotices(serve: Serve): void {
  serve(calls.listNotifications, async ({ query: { after: before, unread, limit } }, c) => {
    const rows = await notificationsOf(c.get('world').db, personOf(c).id, { before, unread: unread === 'true', limit })
    return ok({
      notifications: rows.map(describeNotification),
      next: rows.length === limit ? (rows.at(-1)?.id ?? null) : null,
    })
  })

  serve(calls.markNotification, async ({ path }, c) => {
    const { db, now } = c.get('world')
    await markRead(db, path.id, personOf(c).id, now())
    const notification = await findNotification(db, path.id, personOf(c).id)
    return notification ? ok(describeNotification(notification)) : fail({ code: 'not-found' })
  })
}

function serveDecisions(serve: Serve): void {
  serve(calls.listDecisions, async ({ query: { after: before, limit } }, c) => {
    const rows = await decisionsConcerning(c.get('world').db, personOf(c).id, { before, limit })
    return ok({ decisions: rows.map(describeDecision), next: rows.length === limit ? (rows.at(-1)?.id ?? null) : null })
  })

  serve(calls.readDecision, async ({ path }, c) => {
    const [world, person] = [c.get('world'), personOf(c)]
    const decision = await findDecision(world.db, path.id)
    if (!decision || (decision.person !== person.id && person.role !== 'operator')) return fail({ code: 'not-found' })
    await noteRead(world, person, [decision.subject])
    return ok(describeDecision(decision))
  })

  serve(calls.appealDecision, ({ path, body }, c) => appealDecision(c.get('world'), personOf(c), path.id, body.text))
}

function serveCases(serve: Serve): void {
  // the plugin is answered alike whether its case is new or joins the one that is open
  serve(calls.reportCase, async ({ body }, c) =>
    told(
      await alleged(c.get('world'), { ...body, request: await requestKeyOf(c) }),
      ({ created: _, ...opened }) => opened,
    ),
  )

  serve(calls.readCase, ({ path }, c) => showCaseToPlugin(c.get('world'), path.case))
}

/** Reports, decisions and appeals against them, and cases that the plugin brings up. */
export function moderationApi(): Hono<SandboxEnv> {
  const api = new Hono<SandboxEnv>()
  const serve = serving(api)
  serve(calls.reportJob, async ({ path, body }, c) =>
    createdOrThere(await reportJob(c.get('world'), personOf(c), path.id, body)),
  )
  serveNotices(serve)
  serveDecisions(serve)
  serveCases(serve)
  return api
}
