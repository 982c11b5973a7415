import { type Context, Hono } from 'hono'
import * as z from 'zod'
import { compileDraft, handInDraft, movedFiles } from '../../../flows/hand-in-draft.ts'
import {
  type Desk,
  hashDesk,
  listSteps,
  openDesk,
  readDeskTexts,
  readPublished,
  readStep,
} from '../../../flows/open-desk.ts'
import { listUsedNumbers } from '../../../flows/refuse-used-numbers.ts'
import { bringBack, keepDraft, saveDraft } from '../../../flows/save-draft.ts'
import type { Bank } from '../../../item/bank.ts'
import { itemTypes } from '../../../item/definition-of.ts'
import { bankBytes, MAX_BANK_BYTES } from '../../../item/pack-bank.ts'
import { compareBanks } from '../../../item/publishing/compare-banks.ts'
import { compareSources } from '../../../item/source/compare-sources.ts'
import { copyTask } from '../../../item/source/copy-task.ts'
import { itemsIn, titleOf, withItem } from '../../../item/source/items-in-file.ts'
import type { Session } from '../../../marketplace/session-token.ts'
import type { PageContext } from '../../ui/page-context.ts'
import { noticeResponse, pageResponse, refusalResponse } from '../../ui/page-response.tsx'
import type { WebEnv } from '../../web-env.ts'
import { comparedPage } from '../bank/comparison.tsx'
import { forAuthors } from '../staff-door.tsx'
import { sendDraft } from './desk-calls.ts'
import { HandInPage, type HandInProps } from './hand-in-page.tsx'
import { HistoryPage } from './history-page.tsx'
import { NewItemPage } from './new-item-page.tsx'
import { topicFile } from './outline.ts'
import { addressOf } from './tree.tsx'

const examOf = (c: Context<WebEnv>): string => c.req.param('exam') ?? ''
const named = ({ exam, bank }: Desk, { locale }: PageContext) => ({
  id: exam,
  title: bank?.exam.title[locale] ?? exam,
})

/** The texts of the files that changed, as they are published and as they are now. */
async function changedTexts(c: Context<WebEnv>, desk: Desk) {
  const world = c.get('world')
  const changed = { ...desk, entries: desk.entries.filter(({ change }) => change) }
  const before = new Map<string, string>()
  for (const entry of changed.entries)
    if (entry.published !== '') before.set(entry.path, await readPublished(world, entry))
  return { before, after: await readDeskTexts(world, changed) }
}

async function showHandIn(
  c: Context<WebEnv>,
  context: PageContext,
  desk: Desk,
  more: Partial<Pick<HandInProps, 'note' | 'problem' | 'draft'>> = {},
) {
  const world = c.get('world')
  const { before, after } = await changedTexts(c, desk)
  const compiled = await compileDraft(world, desk, context.locale)
  const bank: Bank | undefined = compiled?.bank
  return pageResponse(
    c,
    <HandInPage
      context={context}
      exam={named(desk, context)}
      live={desk.bank}
      bank={bank}
      comparison={bank && compareBanks(desk.bank, bank)}
      draft={await hashDesk(desk.entries)}
      isChanged={desk.entries.some(({ change }) => change)}
      changes={compareSources(before, after)}
      page={comparedPage.parse(c.req.query('page'))}
      pictures={desk.entries.flatMap(({ path, change }) => (change && path.startsWith('assets/') ? [path] : []))}
      findings={compiled?.findings}
      used={
        bank && bank.hash !== desk.bank?.hash
          ? await listUsedNumbers(world, bank, () => readDeskTexts(world, desk))
          : []
      }
      trial={compiled?.trial}
      hasCompiler={world.compileBank !== undefined}
      isTooLarge={bank !== undefined && bankBytes(bank) > MAX_BANK_BYTES}
      moved={(await movedFiles(world, desk)).map(({ path }) => path)}
      {...more}
    />,
    more.problem === 'draft-changed' ? 409 : more.problem ? 422 : 200,
  )
}

const handInPage = forAuthors(async (c, context, session) => {
  const desk = await openDesk(c.get('world'), { session, exam: examOf(c) })
  return desk.ok ? showHandIn(c, context, desk.value) : refusalResponse(c, context, desk.problem)
})

const handIn = forAuthors(async (c, context, session) => {
  const call = { session, exam: examOf(c) }
  const form = await c.req.parseBody()
  const note = z.string().trim().min(1).max(2_000).safeParse(form.note)
  const draft = String(form.draft ?? '')
  const again = async (problem: NonNullable<HandInProps['problem']>) => {
    const desk = await openDesk(c.get('world'), call)
    return desk.ok
      ? showHandIn(c, context, desk.value, {
          problem,
          note: String(form.note ?? ''),
          // whoever is told of something else has seen what they saw before
          ...(problem === 'draft-changed' ? {} : { draft }),
        })
      : refusalResponse(c, context, desk.problem)
  }
  if (!note.success) return again('no-note')
  const done = await handInDraft(c.get('world'), { ...call, note: note.data, draft, language: context.locale })
  if (!done.ok && done.problem.code === 'payload-too-large') return again('too-large')
  if (!done.ok)
    return done.problem.code === 'conflict' || done.problem.code === 'item-version-used'
      ? again('refused')
      : refusalResponse(c, context, done.problem)
  if (done.value.state === 'waiting') return c.redirect(`/staff/proposals/${done.value.proposal}?outcome=handed`, 303)
  if (done.value.state === 'live') return c.redirect('/staff/exams?outcome=live', 303)
  return again(done.value.state === 'draft-changed' ? 'draft-changed' : 'refused')
})

async function showHistory(
  c: Context<WebEnv>,
  context: PageContext,
  session: Session,
  { path, version, refused }: { path: string; version: number; refused?: 'changedAgain' | 'full' },
) {
  const world = c.get('world')
  const desk = await openDesk(world, { session, exam: examOf(c) })
  if (!desk.ok) return refusalResponse(c, context, desk.problem)
  const entry = desk.value.entries.find((one) => one.path === path)
  const step = version > 0 ? await readStep(world, { exam: desk.value.exam, path, version }) : undefined
  if (!entry || !path.endsWith('.md') || (version > 0 && !step)) return noticeResponse(c, context, 'not-found')
  const only = { ...desk.value, entries: [entry] }
  const now = (await readDeskTexts(world, only)).get(path) ?? ''
  const earlier = step ? (typeof step.content === 'string' ? step.content : '') : await readPublished(world, entry)
  return pageResponse(
    c,
    <HistoryPage
      context={context}
      exam={named(desk.value, context)}
      path={path}
      steps={await listSteps(world, desk.value.exam, path)}
      hash={entry.hash}
      compared={version}
      changes={compareSources(new Map([[path, earlier]]), new Map([[path, now]]))}
      isMoved={(await movedFiles(world, only)).length > 0}
      refused={refused}
      now={world.now()}
    />,
    refused ? 409 : 200,
  )
}

const place = z.object({
  path: z.string().max(200),
  version: z.coerce.number().int().min(0).catch(0),
})
const backward = place.extend({ was: z.string().max(64), act: z.enum(['bring-back', 'keep']) })

const historyPage = forAuthors((c, context, session) => {
  const asked = place.safeParse(c.req.query())
  return asked.success ? showHistory(c, context, session, asked.data) : noticeResponse(c, context, 'not-found')
})

const goBack = forAuthors(async (c, context, session) => {
  const form = backward.safeParse(await c.req.parseBody())
  if (!form.success) return noticeResponse(c, context, 'not-found')
  const { act, ...at } = form.data
  const call = { session, exam: examOf(c), ...at }
  const done = act === 'keep' ? await keepDraft(c.get('world'), call) : await bringBack(c.get('world'), call)
  return done.ok
    ? c.redirect(`${addressOf(call.exam, at)}&state=saved`, 303)
    : showHistory(
        c,
        { ...context, path: `${c.req.path}?${new URLSearchParams({ path: at.path, version: String(at.version) })}` },
        session,
        {
          ...at,
          refused: done.problem.code === 'payload-too-large' ? 'full' : 'changedAgain',
        },
      )
})

async function showNew(c: Context<WebEnv>, context: PageContext, desk: Desk, taken?: string) {
  const texts = await readDeskTexts(c.get('world'), desk)
  const sections = desk.bank?.exam.sections ?? []
  // in the order of the exam, those of the language that the author reads first
  const files = [...texts]
    .flatMap(([path, text]) => {
      const of = topicFile(path)
      if (!of) return []
      const nth = sections.findIndex(({ topic }) => topic === of.topic)
      const title = sections[nth]?.title[context.locale] ?? (titleOf(text) || of.topic)
      const language = context.t(of.locale === 'en' ? 'desk.en' : 'desk.ja')
      const rank = (of.locale === context.locale ? 0 : sections.length + 1) + (nth < 0 ? sections.length : nth)
      return [{ path, rank, title: context.t('desk.fileIn', { title, language }) }]
    })
    .sort((a, b) => a.rank - b.rank)
  const inLanguage = (path: string) => path.replace(/\.ja\.md$/, `.${context.locale}.md`)
  const tasks = [...texts].flatMap(([path, text]) =>
    path.startsWith('tasks/') && path.endsWith('.ja.md')
      ? [{ path, title: titleOf(texts.get(inLanguage(path)) ?? text) || path }]
      : [],
  )
  return pageResponse(
    c,
    <NewItemPage
      context={context}
      exam={named(desk, context)}
      path={c.req.query('path') ?? ''}
      files={files}
      tasks={tasks}
      hasCompiler={c.get('world').compileBank !== undefined}
      taken={taken}
    />,
    taken === undefined ? 200 : 422,
  )
}

const newItemPage = forAuthors(async (c, context, session) => {
  const desk = await openDesk(c.get('world'), { session, exam: examOf(c) })
  return desk.ok ? showNew(c, context, desk.value) : refusalResponse(c, context, desk.problem)
})

const copying = z.object({ like: z.string().max(200), name: z.string().regex(/^[a-z][a-z0-9-]{0,59}$/) })

/** A practical task to be written over, in each language in which the one that it is like is there. */
async function beginTask(c: Context<WebEnv>, context: PageContext, session: Session, desk: Desk, form: unknown) {
  const asked = copying.safeParse(form)
  const [, like] = /^tasks\/([a-z0-9-]+)\.ja\.md$/.exec(asked.data?.like ?? '') ?? []
  const texts = await readDeskTexts(c.get('world'), desk)
  if (!asked.success || like === undefined || !texts.has(asked.data.like))
    return noticeResponse(c, context, 'not-found')
  const { name } = asked.data
  const fileOf = (task: string, locale: 'ja' | 'en') => `tasks/${task}.${locale}.md`
  if (texts.has(fileOf(name, 'ja'))) return showNew(c, context, desk, name)
  for (const locale of ['ja', 'en'] as const) {
    const text = texts.get(fileOf(like, locale))
    if (text === undefined) continue
    const content = copyTask(text, name)
    const saved = await saveDraft(c.get('world'), {
      session,
      exam: desk.exam,
      path: fileOf(name, locale),
      was: null,
      content,
    })
    if (saved.ok) continue
    return saved.problem.code === 'saved-meanwhile'
      ? showNew(c, context, desk, name)
      : refusalResponse(c, context, saved.problem)
  }
  return c.redirect(addressOf(desk.exam, { path: fileOf(name, 'ja') }), 303)
}

const beginning = z.object({ path: z.string().max(200), type: z.enum(itemTypes) })

/** The number after the highest of a topic, in both languages: an item has one id. */
function nextId(texts: ReadonlyMap<string, string>, topic: string): string {
  const numbers = ['ja', 'en'].flatMap((locale) =>
    itemsIn(texts.get(`${topic}.${locale}.md`) ?? '').map(({ id }) => Number(/\d+$/.exec(id)?.[0] ?? 0)),
  )
  return `${topic}-${String(Math.max(0, ...numbers) + 1).padStart(3, '0')}`
}

const beginItem = forAuthors(async (c, context, session) => {
  const world = c.get('world')
  const call = { session, exam: examOf(c) }
  const body = await c.req.parseBody()
  const form = beginning.safeParse(body)
  const desk = await openDesk(world, call)
  if (!desk.ok) return refusalResponse(c, context, desk.problem)
  if (body.like !== undefined) return beginTask(c, context, session, desk.value, body)
  const of = form.success ? topicFile(form.data.path) : undefined
  const texts = await readDeskTexts(world, desk.value)
  if (!form.success || !of || !world.compileBank) return noticeResponse(c, context, 'not-found')
  const { path, type } = form.data
  const id = nextId(texts, of.topic)
  const { skeleton } = await world.compileBank([], { skeleton: { id, type, locale: of.locale as 'ja' | 'en' } })
  const was = desk.value.entries.find((entry) => entry.path === path)?.hash ?? null
  const saved = await saveDraft(world, {
    ...call,
    path,
    was,
    content: withItem(texts.get(path) ?? '', id, skeleton ?? ''),
  })
  if (!saved.ok)
    return saved.problem.code === 'saved-meanwhile'
      ? noticeResponse(c, context, 'busy')
      : refusalResponse(c, context, saved.problem)
  return c.redirect(addressOf(call.exam, { path, item: id }), 303)
})

/** What becomes of a draft: new items, earlier steps, and the hand-in. */
export const draftRoutes = (): Hono<WebEnv> =>
  new Hono<WebEnv>()
    .get('/staff/desk/:exam/hand-in', handInPage)
    .post('/staff/desk/:exam/hand-in', (c) =>
      c.req.header('content-type')?.startsWith('application/json') ? sendDraft(c) : handIn(c),
    )
    .get('/staff/desk/:exam/history', historyPage)
    .post('/staff/desk/:exam/history', goBack)
    .get('/staff/desk/:exam/new', newItemPage)
    .post('/staff/desk/:exam/new', beginItem)
