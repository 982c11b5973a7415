import { type Context, Hono } from 'hono'
import * as z from 'zod'
import { itemUse } from '../../../attempt/exposure/store.ts'
import * as contract from '../../../contract/kentei/publishing.ts'
import { explained, reasoned } from '../../../contract/kentei/shapes.ts'
import {
  approveExam,
  isOwnProposal,
  returnProposal,
  rollBackExam,
  withdrawProposal,
} from '../../../flows/decide-proposal.ts'
import { warningOfBank } from '../../../flows/judge-bank.ts'
import { namePeople } from '../../../flows/name-people.ts'
import { noteLook } from '../../../flows/note-act.ts'
import { readItemStatistics } from '../../../flows/read-item-statistics.ts'
import { readMeasuredPoints } from '../../../flows/read-today.ts'
import { listUsedNumbers } from '../../../flows/refuse-used-numbers.ts'
import { restItem } from '../../../flows/rest-item.ts'
import { openLiveBank, showKeys } from '../../../flows/show-keys.ts'
import { dueItems } from '../../../item/due-items.ts'
import { compareBanks, itemHistory } from '../../../item/publishing/compare-banks.ts'
import {
  findProposal,
  itemEditions,
  lintOf,
  listProposals,
  listPublications,
  waitingProposals,
} from '../../../item/publishing/store.ts'
import { compareSources } from '../../../item/source/compare-sources.ts'
import { readSourceTexts } from '../../../item/source/store.ts'
import { findBank, latestBank, latestBanks, leakedItems, listLeaks, publishedVersions } from '../../../item/store.ts'
import type { Problem } from '../../../kernel/problem.ts'
import type { Result } from '../../../kernel/result.ts'
import type { Session } from '../../../marketplace/session-token.ts'
import type { PageContext } from '../../ui/page-context.ts'
import { noticeResponse, pageResponse, refusalResponse } from '../../ui/page-response.tsx'
import type { WebEnv } from '../../web-env.ts'
import { scopeOf } from '../scope.tsx'
import { forAuthors } from '../staff-door.tsx'
import { readWhy } from '../typed-why.tsx'
import { comparedPage } from './comparison.tsx'
import { ExamsPage } from './exams-page.tsx'
import { ItemPage } from './item-page.tsx'
import { ItemsPage } from './items-page.tsx'
import { type Outcome, outcomes } from './outcome.tsx'
import { ComparePage, ProposalPage } from './proposal-page.tsx'
import { itemQuery, searchItems } from './search-items.ts'
import { VersionsPage } from './versions-page.tsx'

const MOST_LISTED = 100
/** So many times that another version went live are looked through for an item's history: each is a whole bank to read. */
const LATEST_EDITIONS = 10
/** The same where somebody asks for more of it. */
const MOST_EDITIONS = 60

const outcomeOf = (c: Context<WebEnv>): Outcome | undefined => {
  const kind = z.enum(outcomes).safeParse(c.req.query('outcome'))
  return kind.success ? { kind: kind.data } : undefined
}

const parameter = (c: Context<WebEnv>, name: string): string => c.req.param(name) ?? ''
const dbOf = (c: Context<WebEnv>) => c.get('world').db

const examsPage = forAuthors(async (c, context) => {
  const db = dbOf(c)
  const today = new Date(c.get('world').now()).toISOString().slice(0, 10)
  const banks = await latestBanks(db)
  const exams = await Promise.all(
    banks.map(async (bank) => {
      const [version] = await publishedVersions(db, bank.exam.id, 1)
      const [publication] = await listPublications(db, bank.exam.id, 1)
      return {
        bank,
        warning: await warningOfBank(c.get('world'), bank),
        due: dueItems(bank, today).length,
        since: version?.publishedAt ?? c.get('world').now(),
        ...(publication?.hash === bank.hash ? { publication } : {}),
      }
    }),
  )
  const waiting = await waitingProposals(db, MOST_LISTED)
  const names = await namePeople(c.get('world'), [
    ...waiting.map(({ by }) => by),
    ...exams.flatMap(({ publication }) => publication?.by ?? []),
  ])
  return pageResponse(
    c,
    <ExamsPage
      context={context}
      exams={exams.sort((a, b) => b.due - a.due)}
      waiting={waiting}
      names={names}
      outcome={outcomeOf(c)}
    />,
  )
})

const itemsPage = forAuthors(async (c, context, session) => {
  const [db, exam] = [dbOf(c), parameter(c, 'exam')]
  const opened = await openLiveBank(c.get('world'), session.worker, exam)
  if (!opened.ok) return refusalResponse(c, context, opened.problem)
  const bank = opened.value
  const query = itemQuery.parse(c.req.query())
  const matter = {
    lint: (await lintOf(db, bank.hash)) ?? [],
    leaked: await leakedItems(db, exam),
    today: new Date(c.get('world').now()).toISOString().slice(0, 10),
  }
  const { items: uses } = await itemUse(db, exam)
  return pageResponse(
    c,
    <ItemsPage
      context={context}
      bank={bank}
      query={query}
      found={searchItems(bank.items, query, matter)}
      matter={matter}
      uses={uses}
    />,
  )
})

const itemPage = forAuthors(async (c, context, session) => {
  const [db, exam, id] = [dbOf(c), parameter(c, 'exam'), parameter(c, 'item')]
  const opened = await openLiveBank(c.get('world'), session.worker, exam)
  if (!opened.ok) return refusalResponse(c, context, opened.problem)
  const bank = opened.value
  const item = bank.items.find((one) => one.id === id)
  if (!item) return noticeResponse(c, context, 'not-found')
  await noteLook(c.get('world'), {
    act: 'key.read',
    actor: { person: session.worker },
    object: `${exam}/${id}`,
    facts: { exam, item: id, version: bank.exam.version },
  })
  const use = (await itemUse(db, exam)).items.get(id) ?? { papers: 0, graded: 0, passed: 0 }
  const leak = (await listLeaks(db, exam)).find((one) => one.item === id)
  const isWhole = c.req.query('history') === 'all'
  const most = isWhole ? MOST_EDITIONS : LATEST_EDITIONS
  const editions = await itemEditions(db, exam, id, most + 1)
  // the one before says what the oldest that is shown changed, and not when the item came
  const base = editions.length > most ? editions[0] : undefined
  const history = itemHistory(editions).slice(0, base?.item ? -1 : undefined)
  const lint = (await lintOf(db, bank.hash))?.filter((note) => note.item === id)
  const statistics = await readItemStatistics(c.get('world'), session, { exam, item })
  if (!statistics.ok) return refusalResponse(c, context, statistics.problem)
  const language = scopeOf(c.req.query()).locale
  const points = await readMeasuredPoints(c.get('world'), [bank], { exam, locale: language })
  const flagged = points
    .filter(({ flags }) => flags.length > 0)
    .filter((point, nth, all) => all.findIndex(({ item: of }) => of === point.item) === nth)
  const place = flagged.findIndex((one) => one.item === id)
  return pageResponse(
    c,
    <ItemPage
      context={context}
      bank={bank}
      item={item}
      use={use}
      leak={leak}
      history={history}
      hasEarlier={base !== undefined && !isWhole}
      lint={lint}
      statistics={statistics.value}
      previous={place > 0 ? flagged[place - 1] : undefined}
      next={place >= 0 ? flagged[place + 1] : undefined}
      language={language}
    />,
  )
})

/** Lets an item rest in the draft, and leads to where that is handed in. */
const rest = forAuthors(async (c, context, session) => {
  const [exam, item] = [parameter(c, 'exam'), parameter(c, 'item')]
  const done = await restItem(c.get('world'), { session, exam, item })
  return done.ok
    ? c.redirect(`/staff/desk/${encodeURIComponent(exam)}/hand-in`, 303)
    : refusalResponse(c, context, done.problem)
})

/** A page after an act that was refused, at its own address. */
interface Refused {
  readonly outcome: Outcome
  readonly status: 409 | 422
}

async function showVersions(c: Context<WebEnv>, at: PageContext, refused?: Refused) {
  const [db, exam] = [dbOf(c), parameter(c, 'exam')]
  const bank = await latestBank(db, exam)
  const context = { ...at, path: `/staff/exams/${encodeURIComponent(exam)}/versions` }
  if (!bank) return noticeResponse(c, context, 'not-found')
  const [versions, publications, proposals] = [
    await publishedVersions(db, exam, MOST_LISTED),
    await listPublications(db, exam, MOST_LISTED),
    await listProposals(db, MOST_LISTED, exam),
  ]
  const names = await namePeople(c.get('world'), [
    ...[...publications, ...proposals].map(({ by }) => by),
    ...proposals.flatMap(({ decision }) => decision?.by ?? []),
  ])
  return pageResponse(
    c,
    <VersionsPage
      context={context}
      exam={bank.exam}
      versions={versions}
      publications={publications}
      proposals={proposals}
      names={names}
      outcome={refused?.outcome ?? outcomeOf(c)}
    />,
    refused?.status,
  )
}

const comparePage = forAuthors(async (c, context, session) => {
  const [db, exam] = [dbOf(c), parameter(c, 'exam')]
  const published = new Set((await publishedVersions(db, exam, MOST_LISTED)).map(({ hash }) => hash))
  const find = async (hash = '') => (published.has(hash) ? findBank(db, hash) : undefined)
  const [from, to] = [await find(c.req.query('from')), await find(c.req.query('to'))]
  if (!from || !to) return noticeResponse(c, context, 'not-found')
  const shown = await showKeys(c.get('world'), session.worker, [from, to])
  if (!shown.ok) return refusalResponse(c, context, shown.problem)
  await noteLook(c.get('world'), {
    act: 'key.read',
    actor: { person: session.worker },
    object: `${exam}/${from.hash}/${to.hash}`,
    facts: { exam, from: from.exam.version, to: to.exam.version },
  })
  return pageResponse(
    c,
    <ComparePage
      context={context}
      exam={to.exam}
      from={from}
      to={to}
      comparison={compareBanks(from, to)}
      page={comparedPage.parse(c.req.query('page'))}
    />,
  )
})

async function showProposal(c: Context<WebEnv>, at: PageContext, session: Session, refused?: Refused) {
  const db = dbOf(c)
  const proposal = await findProposal(db, parameter(c, 'id'))
  const context = { ...at, path: `/staff/proposals/${encodeURIComponent(parameter(c, 'id'))}` }
  const bank = proposal && (await findBank(db, proposal.hash))
  if (!proposal || !bank) return noticeResponse(c, context, 'not-found')
  const live = await latestBank(db, proposal.exam)
  const shown = await showKeys(c.get('world'), session.worker, live ? [bank, live] : [bank])
  if (!shown.ok) return refusalResponse(c, context, shown.problem)
  await noteLook(c.get('world'), {
    act: 'key.read',
    actor: { person: session.worker },
    object: proposal.id,
    facts: { exam: proposal.exam, version: proposal.version },
  })
  const warning = await warningOfBank(c.get('world'), bank)
  const written = await readSourceTexts(db, proposal.hash)
  const before = live && (await readSourceTexts(db, live.hash))
  return pageResponse(
    c,
    <ProposalPage
      context={context}
      proposal={proposal}
      bank={bank}
      warning={warning}
      isOwn={await isOwnProposal(c.get('world'), proposal, session.worker)}
      against={live?.hash ?? ''}
      comparison={compareBanks(live, bank)}
      page={comparedPage.parse(c.req.query('page'))}
      names={await namePeople(c.get('world'), [proposal.by, ...(proposal.decision ? [proposal.decision.by] : [])])}
      written={written && (before || !live) ? compareSources(before ?? new Map(), written) : undefined}
      used={proposal.decision ? [] : await listUsedNumbers(c.get('world'), bank, async () => written)}
      outcome={refused?.outcome ?? outcomeOf(c)}
    />,
    refused?.status,
  )
}

/** What is shown of an act that was refused; undefined where the page at hand cannot say it. */
function refusedOf(problem: Problem | undefined, typed: Outcome['typed']): Refused | undefined {
  if (problem === undefined) return { outcome: { kind: 'refused', typed }, status: 422 }
  if (problem.code === 'launch-too-old' || problem.code === 'unauthenticated' || problem.code === 'busy')
    return undefined
  const kind = problem.code === 'conflict' ? 'stale' : problem.code === 'item-version-used' ? 'used' : 'refused'
  return { outcome: { kind, typed }, status: 409 }
}

/** An act on a proposal: what it takes, and where it leads. */
const decision = <T,>(
  name: 'approve' | 'return' | 'withdraw',
  schema: z.ZodType<T>,
  act: (c: Context<WebEnv>, call: T & { session: Session; proposal: string }) => Promise<Result<unknown>>,
  done: Outcome['kind'],
) =>
  forAuthors(async (c, context, session) => {
    const proposal = parameter(c, 'id')
    const body = await c.req.parseBody()
    const form = schema.safeParse(body)
    const result = form.success ? await act(c, { ...form.data, session, proposal }) : undefined
    if (result?.ok) return c.redirect(`/staff/proposals/${proposal}?outcome=${done}`, 303)
    const refused = refusedOf(result?.problem, { act: name, why: readWhy(body) })
    if (result && !refused) return refusalResponse(c, context, result.problem)
    return showProposal(c, context, session, refused)
  })

const rollBack = forAuthors(async (c, context, session) => {
  const exam = parameter(c, 'exam')
  const body = await c.req.parseBody()
  const form = contract.rollBackExam.body.safeParse(body)
  const done = form.success ? await rollBackExam(c.get('world'), { session, exam, ...form.data }) : undefined
  if (done?.ok) return c.redirect(`/staff/exams/${encodeURIComponent(exam)}/versions?outcome=rolled`, 303)
  const refused = refusedOf(done?.problem, { act: String(body.hash ?? ''), why: readWhy(body) })
  if (done && !refused) return refusalResponse(c, context, done.problem)
  return showVersions(c, context, refused)
})

/** The published banks for those who write them: search, compare, hand in, decide, go back. */
export const bankRoutes = (): Hono<WebEnv> =>
  new Hono<WebEnv>()
    .get('/staff/exams', examsPage)
    .get('/staff/exams/:exam', itemsPage)
    .get('/staff/exams/:exam/items/:item', itemPage)
    .post('/staff/exams/:exam/items/:item/rest', rest)
    .get(
      '/staff/exams/:exam/versions',
      forAuthors((c, context) => showVersions(c, context)),
    )
    .get('/staff/exams/:exam/compare', comparePage)
    .post('/staff/exams/:exam/roll-back', rollBack)
    .get(
      '/staff/proposals/:id',
      forAuthors((c, context, session) => showProposal(c, context, session)),
    )
    .post(
      '/staff/proposals/:id/approve',
      decision('approve', contract.approveExam.body, (c, call) => approveExam(c.get('world'), call), 'approved'),
    )
    .post(
      '/staff/proposals/:id/return',
      decision('return', reasoned, (c, call) => returnProposal(c.get('world'), call), 'returned'),
    )
    .post(
      '/staff/proposals/:id/withdraw',
      decision('withdraw', explained, (c, call) => withdrawProposal(c.get('world'), call), 'withdrawn'),
    )
