import { type Context, Hono } from 'hono'
import { hashAddress as hashAddressCall } from '../../../contract/kentei/candidate.ts'
import type { Session } from '../../../marketplace/session-token.ts'
import type { PageLocale } from '../../ui/message.ts'
import type { PageContext } from '../../ui/page-context.ts'
import { noSessionResponse, noticeResponse, pageResponse, refusalResponse } from '../../ui/page-response.tsx'
import { pageContext } from '../../ui/request-context.ts'
import type { WebEnv } from '../../web-env.ts'
import type { CandidateFlows } from '../candidate-flows.ts'
import { fieldOf, readForm } from '../form-fields.ts'
import { FrontPage } from '../front/front-page.tsx'
import { CertificatesPage } from '../records/certificates-page.tsx'
import { RecordsPage } from '../records/records-page.tsx'
import { CataloguePage } from './catalogue-page.tsx'
import { ExamPage } from './exam-page.tsx'

/** RFC 5545 wants CRLF, lines of at most 75 octets, and these four characters escaped. */
const escaped = (text: string): string => text.replace(/([\\,;])/g, '\\$1').replace(/\n/g, '\\n')

function folded(line: string): string {
  const encoder = new TextEncoder()
  let out = ''
  let octets = 0
  for (const character of line) {
    const size = encoder.encode(character).length
    if (octets + size > 74) {
      out += '\r\n '
      octets = 1
    }
    out += character
    octets += size
  }
  return out
}

const utc = (at: number): string => `${new Date(at).toISOString().replace(/[-:]/g, '').slice(0, 15)}Z`

interface RetakeEvent {
  readonly exam: string
  readonly host: string
  readonly retryAt: number
  readonly now: number
  readonly summary: string
  readonly url: string
}

/** An iCalendar file with the one event "you may take it again". */
function retakeCalendar(event: RetakeEvent): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Kentei//Retake//EN',
    'BEGIN:VEVENT',
    `UID:retake-${event.exam}-${event.retryAt}@${event.host}`,
    `DTSTAMP:${utc(event.now)}`,
    `DTSTART:${utc(event.retryAt)}`,
    'DURATION:PT30M',
    `SUMMARY:${escaped(event.summary)}`,
    `URL:${event.url}`,
    'BEGIN:VALARM',
    'ACTION:DISPLAY',
    'TRIGGER:PT0S',
    `DESCRIPTION:${escaped(event.summary)}`,
    'END:VALARM',
    'END:VEVENT',
    'END:VCALENDAR',
  ]
  return `${lines.map(folded).join('\r\n')}\r\n`
}

/** Hands over to the handler with a visitor, or says how to get a session; what was sent waits for it. */
export function withVisitor(
  handle: (c: Context<WebEnv>, context: PageContext, session: Session) => Response | Promise<Response>,
) {
  return (c: Context<WebEnv>) => {
    const context = pageContext(c)
    const session = c.get('session')
    return session ? handle(c, context, session) : noSessionResponse(c, context)
  }
}

const examOf = (c: Context<WebEnv>): string => c.req.param('exam') ?? ''

/** Catalogue, exam and its start, records and certificates. */
export function examRoutes(flows: CandidateFlows): Hono<WebEnv> {
  const start = withVisitor(async (c, context, session) => {
    const world = c.get('world')
    const fields = await readForm(c)
    const exam = await flows.readExam(world, session, examOf(c), context.locale)
    if (!exam.ok) return refusalResponse(c, context, exam.problem)
    const picked = fieldOf(fields, 'locale')
    const again = (problem: 'consent-missing' | 'locale-missing', status: 409 | 422) =>
      pageResponse(
        c,
        <ExamPage context={context} exam={exam.value} now={world.now()} problem={problem} picked={picked} />,
        status,
      )
    if (fieldOf(fields, 'agree') !== '1' && !exam.value.openAttempt) return again('consent-missing', 422)
    if (!exam.value.locales.some((locale) => locale === picked) && !exam.value.openAttempt)
      return again('locale-missing', 422)
    const part = exam.value.parts?.find(({ id }) => id === fieldOf(fields, 'part'))?.id
    const locale = picked as PageLocale
    const started = await flows.startAttempt(world, { session, exam: exam.value.id, locale, ...(part ? { part } : {}) })
    // the form's own fragment would survive the redirect, so this one names another
    if (started.ok) return c.redirect(`/attempts/${started.value.attempt.id}#q1`, 303)
    if (started.problem.code !== 'not-eligible') return refusalResponse(c, context, started.problem)
    if (started.problem.reason === 'locale-unavailable') return again('locale-missing', 409)
    const { reason, retryAt, attemptsLeft = 0 } = started.problem
    const eligibility = {
      mayStart: false as const,
      reason,
      retryAt,
      attemptsLeft,
      attemptsThisYear: exam.value.eligibility.attemptsThisYear,
    }
    return pageResponse(c, <ExamPage context={context} exam={{ ...exam.value, eligibility }} now={world.now()} />, 409)
  })

  const calendar = withVisitor(async (c, context, session) => {
    const world = c.get('world')
    const exam = await flows.readExam(world, session, examOf(c), context.locale)
    if (!exam.ok) return refusalResponse(c, context, exam.problem)
    const { eligibility } = exam.value
    const retryAt = eligibility.mayStart ? undefined : eligibility.retryAt
    if (retryAt === undefined) return noticeResponse(c, context, 'not-found')
    const { origin } = world.settings
    const summary = context.t('wait.event', { title: exam.value.title })
    const file = retakeCalendar({
      exam: exam.value.id,
      host: new URL(origin).host,
      retryAt,
      now: world.now(),
      summary,
      url: `${origin}/exams/${exam.value.id}`,
    })
    return c.body(file, 200, { 'Content-Type': 'text/calendar; charset=utf-8', 'Cache-Control': 'no-store' })
  })

  async function showCertificates(c: Context<WebEnv>, context: PageContext, session: Session, refused?: string) {
    const world = c.get('world')
    const { origin, issuerName, keys } = world.settings
    const signsForWallets = keys.some(({ use, state }) => use === 'proof' && state === 'active')
    const { credentials, identity, name } = await flows.readRecords(world, session, context.locale)
    const address = identity && { identity, refused }
    const page = (
      <CertificatesPage
        context={context}
        certificates={credentials}
        issuer={{ name: issuerName[context.locale], origin, signsForWallets }}
        now={world.now()}
        address={address}
        name={name}
      />
    )
    return pageResponse(c, page, refused === undefined ? 200 : 422)
  }

  /** The hashed address of new certificates is their holder's alone. */
  const forWorkers = (handle: Parameters<typeof withVisitor>[0]) =>
    withVisitor((c, context, session) =>
      session.role === 'worker' ? handle(c, context, session) : noticeResponse(c, context, 'forbidden'),
    )
  const hashAddress = forWorkers(async (c, context, session) => {
    const entered = fieldOf(await readForm(c), 'email').trim()
    const request = hashAddressCall.body.safeParse({ email: entered })
    if (!request.success) return showCertificates(c, context, session, entered)
    const hashed = await flows.hashOwnAddress(c.get('world'), session, request.data.email)
    return hashed.ok ? c.redirect('/certificates#address', 303) : noticeResponse(c, context, hashed.problem.code)
  })
  const nameHolder = (name: 'shown' | 'none') =>
    forWorkers(async (c, context, session) => {
      const named = await flows.nameHolder(c.get('world'), session, name)
      return named.ok ? c.redirect('/certificates#name', 303) : noticeResponse(c, context, named.problem.code)
    })
  const forgetAddress = forWorkers(async (c, _, session) => {
    await flows.forgetOwnAddress(c.get('world'), session.worker)
    return c.redirect('/certificates#address', 303)
  })

  return new Hono<WebEnv>()
    .get('/', async (c) => {
      const [context, world, session] = [pageContext(c), c.get('world'), c.get('session')]
      const { locale } = context
      if (session)
        return pageResponse(
          c,
          <CataloguePage context={context} exams={await flows.readCatalogue(world, session, locale)} />,
        )
      const page = await pageResponse(c, <FrontPage context={context} front={await flows.readFront(world, locale)} />)
      // nothing of one person stands there, so that it may be compressed for whoever comes from another site
      page.headers.set('Cache-Control', 'private, no-cache')
      page.headers.set('Vary', 'Cookie, Accept-Language')
      return page
    })
    .get('/exams/:exam', async (c) => {
      const context = pageContext(c)
      const exam = await flows.readExam(c.get('world'), c.get('session'), examOf(c), context.locale)
      return exam.ok
        ? pageResponse(c, <ExamPage context={context} exam={exam.value} now={c.get('world').now()} />)
        : refusalResponse(c, context, exam.problem)
    })
    .post('/exams/:exam/start', start)
    .get('/exams/:exam/retake.ics', calendar)
    .get(
      '/records',
      withVisitor(async (c, context, session) =>
        pageResponse(
          c,
          <RecordsPage
            context={context}
            attempts={(await flows.readRecords(c.get('world'), session, context.locale)).attempts}
          />,
        ),
      ),
    )
    .get(
      '/certificates',
      withVisitor((c, context, session) => showCertificates(c, context, session)),
    )
    .post('/certificates/address', hashAddress)
    .post('/certificates/address/forget', forgetAddress)
    .post('/certificates/name/show', nameHolder('shown'))
    .post('/certificates/name/hide', nameHolder('none'))
}
