import { type Context, Hono } from 'hono'
import type { AttemptView } from '../../../flows/read-attempt.ts'
import type { AttemptId, LeaseId } from '../../../kernel/id.ts'
import { toRfc3339 } from '../../../kernel/instant.ts'
import type { Problem } from '../../../kernel/problem.ts'
import type { Session } from '../../../marketplace/session-token.ts'
import type { PageContext } from '../../ui/page-context.ts'
import { noticeResponse, pageResponse, refusalResponse } from '../../ui/page-response.tsx'
import type { WebEnv } from '../../web-env.ts'
import type { CandidateFlows } from '../candidate-flows.ts'
import { withVisitor } from '../exam/exam-routes.tsx'
import { fieldOf, readForm } from '../form-fields.ts'
import { ReviewTasks } from '../tasks/review-tasks.tsx'
import { entriesOf, saveTask, type TaskPost } from '../tasks/save-task.ts'
import { ImportPage } from '../tasks/table/import-page.tsx'
import { readTableFile } from '../tasks/table/read-import.ts'
import { taskControlOf } from '../tasks/task-controls.ts'
import { TaskPage } from '../tasks/task-page.tsx'
import { keepTicks, readTicks, type Ticks } from '../tasks/ticks.ts'
import { PaperPage } from './paper-page.tsx'
import { ReviewPage } from './review-page.tsx'
import { saveSection } from './save-section.ts'

const idOf = (c: Context<WebEnv>) => (c.req.param('id') ?? '') as AttemptId
const resultOf = (id: AttemptId) => `/attempts/${id}/result`
const flagsOf = (text: string): Set<string> => new Set(text.split('.').filter((ref) => /^q\d{1,3}$/.test(ref)))

/** The section asked for, or the first. */
function sectionOf(attempt: AttemptView, asked: string | undefined): number {
  const section = Number(asked ?? 1)
  return Number.isInteger(section) && section >= 1 && section <= attempt.sections.length ? section : 1
}

/** The task asked for, or the first; undefined on a paper of questions. */
const taskOf = ({ tasks }: AttemptView, asked: string | undefined) => tasks[Number(asked ?? 1) - 1] ?? tasks[0]

/** A closed attempt has nothing to show but its result. An address that is not this person's may be that of whoever was here before. */
function refuse(c: Context<WebEnv>, context: PageContext, problem: Problem) {
  if (problem.code === 'not-found')
    return noticeResponse(c, context, 'not-yours', { back: `/attempts/${encodeURIComponent(idOf(c))}` })
  return problem.code === 'attempt-closed' ? c.redirect(resultOf(idOf(c)), 303) : refusalResponse(c, context, problem)
}

/** Saves one task posted by a plain form. */
async function postTask(c: Context<WebEnv>, context: PageContext, post: TaskPost, ticks: Ticks) {
  const saved = await saveTask(post)
  if (saved.outcome === 'go') return c.redirect(`/attempts/${idOf(c)}${saved.to}`, 303)
  if (saved.outcome === 'refused') return refuse(c, context, saved.problem)
  const { view, problems, notice } = saved
  const item = view.tasks.find(({ ref }) => ref === post.item.ref)
  if (!item) return c.redirect(resultOf(idOf(c)), 303)
  const status = notice === 'stale' || notice === 'lost' ? 409 : 422
  const page = (
    <TaskPage context={context} attempt={view} item={item} problems={problems} notice={notice} ticks={ticks} />
  )
  return pageResponse(c, page, status)
}

/** The paper, its review, and what is posted from them. */
export function attemptRoutes(flows: CandidateFlows): Hono<WebEnv> {
  /** Opening the paper here makes this the tab that writes. */
  async function openHere(c: Context<WebEnv>, session: Session) {
    const world = c.get('world')
    const taken = await flows.takeLease(world, { session, id: idOf(c) })
    if (!taken.ok) return taken
    const attempt = await flows.readAttempt(world, { session, id: idOf(c) })
    return attempt.ok ? { ok: true as const, value: { ...attempt.value, lease: taken.value.lease } } : attempt
  }

  const paper = withVisitor(async (c, context, session) => {
    const attempt = await openHere(c, session)
    if (!attempt.ok) return refuse(c, context, attempt.problem)
    if (attempt.value.status !== 'open') return c.redirect(resultOf(idOf(c)), 303)
    const item = taskOf(attempt.value, c.req.query('task'))
    if (item)
      return pageResponse(
        c,
        <TaskPage
          context={context}
          attempt={attempt.value}
          item={item}
          ticks={readTicks(c)}
          view={c.req.query('view')?.slice(0, 20)}
        />,
      )
    return pageResponse(
      c,
      <PaperPage
        context={context}
        attempt={attempt.value}
        section={sectionOf(attempt.value, c.req.query('section'))}
        flags={flagsOf(c.req.query('flags') ?? '')}
      />,
    )
  })

  const review = withVisitor(async (c, context, session) => {
    const attempt = await openHere(c, session)
    if (!attempt.ok) return refuse(c, context, attempt.problem)
    if (attempt.value.status !== 'open') return c.redirect(resultOf(idOf(c)), 303)
    const notice = { lost: context.t('runner.lostReview'), sure: context.t('problem.sure-missing') }[
      c.req.query('notice') ?? ''
    ]
    if (attempt.value.tasks.length > 0)
      return pageResponse(c, <ReviewTasks context={context} attempt={attempt.value} notice={notice} />)
    return pageResponse(
      c,
      <ReviewPage
        context={context}
        attempt={attempt.value}
        flags={flagsOf(c.req.query('flags') ?? '')}
        notice={notice}
      />,
    )
  })

  /** Saves one section or task posted by a plain form. With `takeOver`, the tab that posts becomes the one that writes. */
  const post = (takeOver: boolean) =>
    withVisitor(async (c, context, session) => {
      const fields = await readForm(c)
      const world = c.get('world')
      const attempt = await flows.readAttempt(world, { session, id: idOf(c) })
      if (!attempt.ok) return refuse(c, context, attempt.problem)
      if (attempt.value.status !== 'open') return c.redirect(resultOf(idOf(c)), 303)
      const taken = takeOver ? await flows.takeLease(world, { session, id: idOf(c) }) : undefined
      if (taken && !taken.ok) return refuse(c, context, taken.problem)
      const lease = (taken?.value.lease ?? fieldOf(fields, 'lease')) as LeaseId
      const item = taskOf(attempt.value, fieldOf(fields, 'task') || undefined)
      if (item) {
        const ticks = keepTicks(c, idOf(c), item.ref, fields)
        return postTask(c, context, { flows, world, session, attempt: attempt.value, item, lease, fields }, ticks)
      }
      const section = sectionOf(attempt.value, fieldOf(fields, 'section') || undefined)
      const saved = await saveSection({ flows, world, session, attempt: attempt.value, section, lease, fields })
      if (saved.outcome === 'go') return c.redirect(`/attempts/${idOf(c)}${saved.to}`, 303)
      if (saved.outcome === 'refused') return refuse(c, context, saved.problem)
      const { view, flags, problems, places, notice } = saved
      const text = {
        tone: notice === 'stale' ? ('wait' as const) : ('bad' as const),
        text: context.t(`runner.${notice}`),
        takeover: notice === 'lost',
      }
      return pageResponse(
        c,
        <PaperPage
          context={context}
          attempt={view}
          section={section}
          flags={flags}
          problems={problems}
          places={places}
          notice={text}
        />,
        notice === 'refused' ? 422 : 409,
      )
    })

  const submit = withVisitor(async (c, context, session) => {
    const lease = fieldOf(await readForm(c), 'lease') as LeaseId
    const done = await flows.submitAttempt(c.get('world'), { session, id: idOf(c), lease })
    if (done.ok) return c.redirect(resultOf(idOf(c)), 303)
    if (done.problem.code === 'lease-lost') return c.redirect(`/attempts/${idOf(c)}/review?notice=lost`, 303)
    return refuse(c, context, done.problem)
  })

  const withdraw = withVisitor(async (c, context, session) => {
    if (fieldOf(await readForm(c), 'sure') !== '1')
      return c.redirect(`/attempts/${idOf(c)}/review?notice=sure#withdraw`, 303)
    const done = await flows.withdrawAttempt(c.get('world'), { session, id: idOf(c) })
    return done.ok ? c.redirect(resultOf(idOf(c)), 303) : refuse(c, context, done.problem)
  })

  /** Picking a file for a table. What was written was saved before. */
  const pickFile = withVisitor(async (c, context, session) => {
    const attempt = await openHere(c, session)
    if (!attempt.ok) return refuse(c, context, attempt.problem)
    if (attempt.value.status !== 'open') return c.redirect(resultOf(idOf(c)), 303)
    const item = taskOf(attempt.value, c.req.query('task'))
    if (item?.task.kind !== 'table') return noticeResponse(c, context, 'not-found')
    return pageResponse(c, <ImportPage context={context} attempt={attempt.value} item={item} />)
  })

  /** A posted file is shown by what it would change; what is picked of that is posted once more, and saved. */
  const takeFile = withVisitor(async (c, context, session) => {
    const world = c.get('world')
    const fields = await readForm(c)
    const read = await flows.readAttempt(world, { session, id: idOf(c) })
    if (!read.ok) return refuse(c, context, read.problem)
    if (read.value.status !== 'open') return c.redirect(resultOf(idOf(c)), 303)
    const lease = fieldOf(fields, 'lease') as LeaseId
    const attempt = { ...read.value, lease }
    const item = taskOf(attempt, fieldOf(fields, 'task'))
    if (item?.task.kind !== 'table') return noticeResponse(c, context, 'not-found')
    const { file } = await c.req.parseBody()
    const found = await readTableFile(item.ref, item.task, entriesOf(attempt, item.ref), { file, fields })
    if (found.outcome === 'take') {
      const { upload } = found
      const post = { flows, world, session, attempt, item, lease, fields: { ...fields, ...found.fields }, upload }
      return postTask(c, context, post, readTicks(c))
    }
    const page =
      found.outcome === 'shown' ? (
        <ImportPage context={context} attempt={attempt} item={item} found={found} />
      ) : (
        <ImportPage context={context} attempt={attempt} item={item} problem={found.problem} />
      )
    return pageResponse(c, page, found.outcome === 'shown' ? 200 : 422)
  })

  /** What was made of a task so far, for other tools. It takes nothing over from the screen that writes. */
  const file = withVisitor(async (c, context, session) => {
    const attempt = await flows.readAttempt(c.get('world'), { session, id: idOf(c) })
    if (!attempt.ok) return refuse(c, context, attempt.problem)
    if (attempt.value.status !== 'open') return c.redirect(resultOf(idOf(c)), 303)
    const item = taskOf(attempt.value, c.req.query('task'))
    const made = item && taskControlOf(item.task.kind).File?.(item.task, entriesOf(attempt.value, item.ref))
    if (!item || !made) return noticeResponse(c, context, 'not-found')
    const name = encodeURIComponent(`${item.task.title}.${made.extension}`)
    return c.body(made.text, 200, {
      'Content-Type': `${made.type}; charset=utf-8`,
      'Content-Disposition': `attachment; filename="task.${made.extension}"; filename*=UTF-8''${name}`,
      'Cache-Control': 'no-store',
    })
  })

  /** The time and the state alone, for the timer of an open page: a paper is a hundred times as large. */
  const clock = async (c: Context<WebEnv>) => {
    const session = c.get('session')
    const attempt = session && (await flows.findOwnAttempt(c.get('world'), { session, id: idOf(c) }))
    if (!attempt?.ok) return c.json({}, attempt ? 404 : 401)
    const { deadline, status } = attempt.value
    const lease = attempt.value.status === 'open' ? attempt.value.lease : undefined
    return c.json({ now: toRfc3339(c.get('world').now()), deadline: toRfc3339(deadline), status, lease }, 200, {
      'Cache-Control': 'no-store',
    })
  }

  return new Hono<WebEnv>()
    .get('/attempts/:id', paper)
    .post('/attempts/:id', post(false))
    .post('/attempts/:id/takeover', post(true))
    .get('/attempts/:id/clock', clock)
    .get('/attempts/:id/file', file)
    .get('/attempts/:id/import', pickFile)
    .post('/attempts/:id/import', takeFile)
    .get('/attempts/:id/review', review)
    .post('/attempts/:id/submit', submit)
    .post('/attempts/:id/withdraw', withdraw)
    .all(
      '/attempts/*',
      withVisitor((c, context) => noticeResponse(c, context, 'not-found')),
    )
}
