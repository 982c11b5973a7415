import { type Context, Hono } from 'hono'
import * as z from 'zod'
import { type Checked, checkDesk } from '../../../flows/check-draft.ts'
import { type Desk, hashDesk, openDesk, readDeskTexts, readPublished } from '../../../flows/open-desk.ts'
import { readItemStatistics } from '../../../flows/read-item-statistics.ts'
import { type SavedMeanwhile, saveDraft } from '../../../flows/save-draft.ts'
import { placeAsWritten } from '../../../form/place-as-written.ts'
import { presentItem } from '../../../form/present-form.ts'
import type { Item, Stem, Variable } from '../../../item/item.ts'
import type { CompiledHtml } from '../../../item/markup/compiled-html.ts'
import { isDraftPath } from '../../../item/source/exam-source.ts'
import { countChanges, itemsIn, titleOf, withItem } from '../../../item/source/items-in-file.ts'
import { hashFile } from '../../../item/source/pack-file.ts'
import { draftedExams } from '../../../item/source/store.ts'
import { latestBanks } from '../../../item/store.ts'
import type { Session } from '../../../marketplace/session-token.ts'
import type { PageContext } from '../../ui/page-context.ts'
import { noticeResponse, pageResponse, refusalResponse } from '../../ui/page-response.tsx'
import type { WebEnv } from '../../web-env.ts'
import { forAuthors } from '../staff-door.tsx'
import { deskCalls } from './desk-calls.ts'
import { DeskPage } from './desk-page.tsx'
import type { DeskPageProps, Place, ShownItem } from './desk-props.ts'
import { DesksPage } from './desks-page.tsx'
import { draftRoutes } from './draft-routes.tsx'
import { isWhole, type Outline, outlineOf, searchOutline, topicFile } from './outline.ts'
import { takeRoutes } from './take-routes.tsx'
import { addressOf } from './tree.tsx'

/** All that a page of the desk is made of. */
interface OpenedDesk {
  readonly desk: Desk
  readonly texts: ReadonlyMap<string, string>
  readonly published: ReadonlyMap<string, string>
}

async function openTexts(c: Context<WebEnv>, desk: Desk): Promise<OpenedDesk> {
  const world = c.get('world')
  const published = new Map<string, string>()
  for (const entry of desk.entries)
    if (entry.change && entry.path.endsWith('.md')) published.set(entry.path, await readPublished(world, entry))
  return { desk, texts: await readDeskTexts(world, desk), published }
}

const localeOf = (path: string): 'ja' | 'en' => (/\.en\.md$/.test(path) ? 'en' : 'ja')

/** The place that is asked for; of a file of questions its first item where none is named, of study sheets all. */
async function placeOf(
  texts: OpenedDesk['texts'],
  asked: { readonly path: string; readonly item?: string | undefined },
): Promise<Place | undefined> {
  const file = texts.get(asked.path)
  if (file === undefined || !asked.path.endsWith('.md')) return undefined
  const locale = localeOf(asked.path)
  const items = topicFile(asked.path) || asked.path.startsWith('sheets/') ? itemsIn(file) : []
  const first = isWhole(asked.path) ? undefined : items[0]
  const item = asked.item === undefined ? first : items.find(({ id }) => id === asked.item)
  if (asked.item !== undefined && !item) return undefined
  const [text, linesBefore] = item ? [item.text, item.linesAbove] : [file, 0]
  return {
    path: asked.path,
    ...(item ? { item: item.id } : {}),
    title: item ? item.title || item.id : titleOf(file) || asked.path,
    text,
    was: await hashFile(text),
    linesBefore,
    locale,
  }
}

const query = z.object({
  path: z.string().max(200).optional().catch(undefined),
  item: z.string().max(100).optional().catch(undefined),
  q: z.string().max(100).optional().catch(undefined),
  state: z.enum(['saved', 'same', 'gone']).optional().catch(undefined),
})

/** The live item, where it is written as it is published. */
function liveItem({ desk, published }: OpenedDesk, place: Place): Item | undefined {
  const item = desk.bank?.items.find(({ id }) => id === place.item)
  const before = published.get(place.path)
  const changed = before !== undefined && itemsIn(before).find(({ id }) => id === place.item)?.text !== place.text
  return item && !changed ? item : undefined
}

function shownItem(
  opened: OpenedDesk,
  outline: Outline,
  place: Place,
  checked: Checked | undefined,
): ShownItem | undefined {
  const leaves = outline.branches.find(({ path }) => path === place.path)?.leaves ?? []
  const seen = {
    locale: place.locale,
    number: Math.max(1, leaves.findIndex(({ item }) => item === place.item) + 1),
    total: Math.max(1, leaves.length),
  }
  const show = (stem: Stem, variables: readonly Variable[] | undefined, points: number): ShownItem => ({
    ...seen,
    item: presentItem(placeAsWritten('shown', stem, variables), stem, points),
  })
  if (checked?.state === 'checked') {
    const compiled = checked.shown?.[place.locale]
    return compiled && show(compiled.stem as Stem, compiled.variables as readonly Variable[], compiled.points)
  }
  const live = liveItem(opened, place)
  const wording = live?.wordings[place.locale]
  return live && wording && show(wording.stem, wording.variables, live.points)
}

interface Show {
  readonly opened: OpenedDesk
  readonly place?: Place | undefined
  readonly words?: string | undefined
  readonly checked?: Checked | undefined
  readonly more?: Pick<DeskPageProps, 'state' | 'meanwhile'>
}

async function showDesk(
  c: Context<WebEnv>,
  context: PageContext,
  session: Session,
  { opened, place, words = '', checked, more }: Show,
  status: 200 | 409 | 422 = 200,
) {
  const world = c.get('world')
  const { desk, texts, published } = opened
  const { bank, entries, exam } = desk
  const locales = bank?.exam.locales ?? ['ja']
  const locale = place?.locale ?? (locales.includes(context.locale) ? context.locale : (locales[0] ?? 'ja'))
  const outline = outlineOf({ bank, entries, texts, published, locale })
  const live = place?.item === undefined ? undefined : bank?.items.find(({ id }) => id === place.item)
  const report = live && (await readItemStatistics(world, session, { exam, item: live }))
  return pageResponse(
    c,
    <DeskPage
      context={context}
      exam={{ id: exam, title: bank?.exam.title[context.locale] ?? exam, locales }}
      base={bank?.hash ?? ''}
      draft={await hashDesk(entries)}
      outline={searchOutline(outline, texts, words)}
      words={words}
      changes={entries
        .filter(({ change }) => change)
        .reduce(
          (sum, { path }) => sum + Math.max(1, countChanges(published.get(path) ?? '', texts.get(path) ?? '')),
          0,
        )}
      place={place}
      now={world.now()}
      saved={entries.find(({ path }) => path === place?.path)?.draft}
      hasCompiler={world.compileBank !== undefined}
      hasSource={desk.hasSource}
      findings={checked?.state === 'checked' ? checked.findings : undefined}
      shown={place && shownItem(opened, outline, place, checked)}
      view={checked?.state === 'checked' ? (checked.view as CompiledHtml | undefined) : undefined}
      report={report?.ok ? report.value : undefined}
      {...more}
    />,
    status,
  )
}

const examOf = (c: Context<WebEnv>): string => c.req.param('exam') ?? ''

const deskPage = forAuthors(async (c, context, session) => {
  const desk = await openDesk(c.get('world'), { session, exam: examOf(c) })
  if (!desk.ok) return refusalResponse(c, context, desk.problem)
  const opened = await openTexts(c, desk.value)
  const { path, item, q, state } = query.parse(c.req.query())
  const first = outlineOf({
    bank: desk.value.bank,
    ...opened,
    entries: desk.value.entries,
    locale: context.locale,
  }).branches[0]?.leaves[0]
  const asked = path === undefined ? first : { path, item }
  const place = asked && (await placeOf(opened.texts, asked))
  if (path !== undefined && !place) {
    // an item that was taken away: the page would be of something that is not there, and its file is
    const file = item === undefined ? undefined : await placeOf(opened.texts, { path })
    return file
      ? c.redirect(`${addressOf(desk.value.exam, file)}&state=gone`, 303)
      : noticeResponse(c, context, 'not-found')
  }
  return showDesk(c, context, session, { opened, place, words: q, more: state ? { state } : {} })
})

/** What a text is made from where its place was taken away: whoever sends it has been told so. */
const GONE = 'gone'

const written = z.object({
  path: z.string().max(200),
  item: z.string().max(100).optional(),
  was: z.string().max(64),
  text: z.string(),
  act: z.enum(['save', 'check']),
})

/** Saves what a form holds; an item goes to its place in the file, which others may have changed around it. */
const write = forAuthors(async (c, context, session) => {
  const world = c.get('world')
  const call = { session, exam: examOf(c) }
  const form = written.safeParse(await c.req.parseBody())
  const desk = await openDesk(world, call)
  if (!desk.ok) return refusalResponse(c, context, desk.problem)
  const opened = await openTexts(c, desk.value)
  if (!form.success) return showDesk(c, context, session, { opened, more: { state: 'refused' } }, 422)
  const { path, item, was, act } = form.data
  const text = form.data.text.replace(/\r\n?/g, '\n')
  const there = await placeOf(opened.texts, { path, item })
  if (!there && !(isDraftPath(path) && path.endsWith('.md'))) return noticeResponse(c, context, 'not-found')
  const place = there ?? {
    path,
    item,
    title: item ?? path,
    text: '',
    was: GONE,
    linesBefore: 0,
    locale: localeOf(path),
  }
  const mine = { ...place, text: item === undefined ? text : text.trimEnd() }
  const by = desk.value.entries.find((entry) => entry.path === path)?.draft?.byName ?? ''
  const meanwhile = (theirs: string) =>
    showDesk(
      c,
      context,
      session,
      { opened, place: mine, more: { state: 'meanwhile', meanwhile: { text: theirs, by } } },
      409,
    )
  if (!there && was !== GONE)
    return showDesk(c, context, session, { opened, place: mine, more: { state: 'taken' } }, 409)
  if (place.was !== was && place.text !== mine.text) return meanwhile(place.text)
  const before = opened.texts.get(path)
  const file = before ?? ''
  const next = item === undefined ? text : withItem(file, item, text)
  const saved = await saveDraft(world, {
    ...call,
    path,
    was: before === undefined ? null : await hashFile(file),
    content: next,
  })
  if (!saved.ok) return notSaved(c, context, session, { opened, place: mine, problem: saved.problem, meanwhile })
  if (act === 'save') return c.redirect(`${addressOf(call.exam, mine)}&state=saved`, 303)
  const again = await openDesk(world, call)
  if (!again.ok) return refusalResponse(c, context, again.problem)
  const now = await openTexts(c, again.value)
  const checked = await checkDesk(world, again.value, {
    language: context.locale,
    item: item ?? place.item,
    ...(isWhole(path) ? { view: path } : {}),
  })
  return showDesk(c, context, session, { opened: now, place: await placeOf(now.texts, { path, item }), checked })
})

function notSaved(
  c: Context<WebEnv>,
  context: PageContext,
  session: Session,
  of: {
    readonly opened: OpenedDesk
    readonly place: Place
    readonly problem: Parameters<typeof refusalResponse>[2] | SavedMeanwhile
    readonly meanwhile: (theirs: string) => Response | Promise<Response>
  },
) {
  const { opened, place, problem, meanwhile } = of
  if (problem.code === 'malformed' || problem.code === 'payload-too-large') {
    const state = problem.code === 'malformed' ? 'refused' : 'full'
    return showDesk(c, context, session, { opened, place, more: { state } }, 422)
  }
  if (problem.code !== 'saved-meanwhile') return refusalResponse(c, context, problem)
  const theirs = typeof problem.content === 'string' ? problem.content : ''
  return meanwhile(itemsIn(theirs).find(({ id }) => id === place.item)?.text ?? theirs)
}

const desksPage = forAuthors(async (c, context) => {
  const { db } = c.get('world')
  const banks = await latestBanks(db)
  const drafted = await draftedExams(db)
  const exams = [
    ...banks.map(({ exam }) => ({
      id: exam.id,
      title: exam.title[context.locale] ?? exam.id,
      version: exam.version,
      savedAt: drafted.get(exam.id),
    })),
    ...[...drafted]
      .filter(([id]) => !banks.some(({ exam }) => exam.id === id))
      .map(([id, savedAt]) => ({ id, title: id, version: undefined, savedAt })),
  ]
  return pageResponse(c, <DesksPage context={context} exams={exams} now={c.get('world').now()} />)
})

/** Where exams are written. */
export const deskRoutes = (): Hono<WebEnv> =>
  new Hono<WebEnv>()
    .get('/staff/desk', desksPage)
    .get('/staff/desk/:exam', deskPage)
    .post('/staff/desk/:exam', write)
    .route('/', draftRoutes())
    .route('/', takeRoutes())
    .route('/', deskCalls())
