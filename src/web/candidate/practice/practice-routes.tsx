import { type Context, Hono } from 'hono'
import {
  answerQuestion,
  drawPractice,
  findPractice,
  gradePractice,
  listPractice,
  type PracticeTask,
  readQuestion,
} from '../../../flows/practise.ts'
import { pageResponse, refusalResponse } from '../../ui/page-response.tsx'
import { pageContext } from '../../ui/request-context.ts'
import type { WebEnv } from '../../web-env.ts'
import { readForm } from '../form-fields.ts'
import { readSection, revisionField } from '../runner/section-form.ts'
import { readTask } from '../tasks/save-task.ts'
import { ticksIn } from '../tasks/ticks.ts'
import { firstOf } from '../types/control-type.ts'
import { PracticeListPage, PracticePage, practiceHref } from './practice-page.tsx'
import { AnswerPage, QuestionPage, readMarks, withMark } from './question-page.tsx'
import { PracticeReportPage } from './report-page.tsx'

const SEED = /^[0-9a-f]{32}$/
const VIEW = /^[a-z0-9]{1,20}$/

const examOf = (c: Context<WebEnv>): string => c.req.param('exam') ?? ''

function requestOf(c: Context<WebEnv>) {
  const seed = c.req.query('seed') ?? ''
  return { exam: examOf(c), family: c.req.param('family') ?? '', seed, hasSeed: SEED.test(seed) }
}

/** The number of the question in the address, the first one unless told. */
const numberOf = (c: Context<WebEnv>): number => Number(/^[1-9]\d?$/.exec(c.req.query('q') ?? '1')?.[0] ?? 0)

/** Questions and tasks that anybody may try: no session is asked for, and nothing is stored. */
export function practiceRoutes(): Hono<WebEnv> {
  async function list(c: Context<WebEnv>) {
    const context = pageContext(c)
    const world = c.get('world')
    const found = await listPractice(world, examOf(c), context.locale)
    if (!found.ok) return refusalResponse(c, context, found.problem)
    const { questions, families } = found.value
    if (questions.length > 0) return question(c)
    if (families.length === 0) return refusalResponse(c, context, { code: 'not-found' })
    return pageResponse(c, <PracticeListPage context={context} list={found.value} />)
  }

  async function question(c: Context<WebEnv>) {
    const context = pageContext(c)
    const request = { exam: examOf(c), number: numberOf(c), locale: context.locale }
    const found = await readQuestion(c.get('world'), request)
    if (!found.ok) return refusalResponse(c, context, found.problem)
    const marks = readMarks(c.req.query('marks'), found.value.questions.length)
    return pageResponse(c, <QuestionPage context={context} question={found.value} marks={marks} />)
  }

  /** Judges what was posted, or says what is missing of it. */
  async function answer(c: Context<WebEnv>) {
    const context = pageContext(c)
    const world = c.get('world')
    const fields = await readForm(c)
    const request = { exam: examOf(c), number: numberOf(c), locale: context.locale }
    const found = await readQuestion(world, request)
    if (!found.ok) return refusalResponse(c, context, found.problem)
    const { item, questions, number } = found.value
    const marks = readMarks(c.req.query('marks'), questions.length)
    const { saves, problems } = readSection([item], { ...fields, [revisionField(item.ref)]: ['0'] }, {})
    const [entry] = saves
    const judged = entry && (await answerQuestion(world, request, entry.response))
    if (judged?.ok)
      return pageResponse(
        c,
        <AnswerPage
          context={context}
          question={judged.value}
          marks={withMark(marks, number, judged.value.credit === 1)}
        />,
      )
    const problem = problems[item.ref] ?? 'unanswered'
    return pageResponse(
      c,
      <QuestionPage context={context} question={found.value} marks={marks} problem={problem} places={fields} />,
      422,
    )
  }

  async function show(c: Context<WebEnv>) {
    const context = pageContext(c)
    const { hasSeed, ...request } = requestOf(c)
    const world = c.get('world')
    c.header('Cache-Control', 'no-store')
    if (!hasSeed) {
      const found = await findPractice(world, request)
      if (!found.ok) return refusalResponse(c, context, found.problem)
      return c.redirect(practiceHref({ ...found.value, seed: world.newSeed() }), 303)
    }
    const drawn = await drawPractice(world, { ...request, locale: context.locale })
    if (!drawn.ok) return refusalResponse(c, context, drawn.problem)
    const view = VIEW.exec(c.req.query('view') ?? '')?.[0]
    return pageResponse(
      c,
      <PracticePage context={context} practice={drawn.value} entries={{}} ticks={new Set()} view={view} />,
    )
  }

  /** Hands in, or shows the page again with everything that was entered: nobody keeps it in between. */
  async function post(c: Context<WebEnv>) {
    const context = pageContext(c)
    const fields = await readForm(c)
    const { hasSeed, ...asked } = requestOf(c)
    const world = c.get('world')
    const request = { ...asked, locale: context.locale }
    const drawn = hasSeed ? await drawPractice(world, request) : undefined
    if (!drawn?.ok) return refusalResponse(c, context, { code: 'not-found' })
    const practice: PracticeTask = drawn.value
    const { entered, problems } = readTask({ ref: 't1', points: 0, task: practice.task }, fields, {})
    const go = firstOf(fields, 'go')
    const again = (notice?: 'refused' | 'tooMuch') =>
      pageResponse(
        c,
        <PracticePage
          context={context}
          practice={practice}
          entries={entered}
          problems={problems}
          notice={notice}
          ticks={ticksIn(fields)}
          view={/^view\.([a-z0-9]{1,20})$/.exec(go)?.[1] ?? VIEW.exec(firstOf(fields, 'view'))?.[0]}
        />,
        notice ? 422 : 200,
      )
    if (Object.keys(problems).length > 0) return again('refused')
    if (go !== 'grade') return again()
    const graded = await gradePractice(world, request, entered)
    if (graded.ok) return pageResponse(c, <PracticeReportPage context={context} report={graded.value} />)
    return graded.problem.code === 'malformed' ? again('tooMuch') : refusalResponse(c, context, graded.problem)
  }

  return new Hono<WebEnv>()
    .get('/exams/:exam/practice', list)
    .post('/exams/:exam/practice', answer)
    .get('/exams/:exam/practice/:family', show)
    .post('/exams/:exam/practice/:family', post)
}
