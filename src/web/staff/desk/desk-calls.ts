import { type Context, Hono } from 'hono'
import * as z from 'zod'
import { checkDraft } from '../../../flows/check-draft.ts'
import { handInDraft } from '../../../flows/hand-in-draft.ts'
import {
  hashDesk,
  listSteps,
  mayWrite,
  openDesk,
  readDeskFiles,
  readDeskTexts,
  readPublished,
  readStep,
} from '../../../flows/open-desk.ts'
import { type SavedMeanwhile, saveDraft } from '../../../flows/save-draft.ts'
import type { DraftEntry } from '../../../item/source/exam-source.ts'
import { toRfc3339 } from '../../../kernel/instant.ts'
import type { Problem } from '../../../kernel/problem.ts'
import type { Result } from '../../../kernel/result.ts'
import type { Session } from '../../../marketplace/session-token.ts'
import { problemResponse } from '../../problem-response.ts'
import { pageContext } from '../../ui/request-context.ts'
import type { WebEnv } from '../../web-env.ts'
import { pictureProblem } from './picture-kind.ts'

// What the desk's script asks of the service. Its pages do the same with forms.

type Answered = Response | Promise<Response>

/** Whether a page that somebody opened sends what they wrote while another is signed in in its browser: it would count as theirs. */
const isOfAnother = (c: Context<WebEnv>, { worker }: Session): boolean => {
  const person = c.req.header('desk-person')
  return person !== undefined && person !== encodeURIComponent(worker)
}

const staffOnly = (answer: (c: Context<WebEnv>, call: { session: Session; exam: string }) => Answered) => {
  return (c: Context<WebEnv>): Answered => {
    const session = c.get('session')
    if (!session) return problemResponse({ code: 'unauthenticated' })
    if (!mayWrite(session) || isOfAnother(c, session)) return problemResponse({ code: 'forbidden' })
    c.header('Cache-Control', 'no-store')
    return answer(c, { session, exam: c.req.param('exam') ?? '' })
  }
}

const saving = z.strictObject({
  path: z.string().max(200),
  was: z.string().max(64).nullable(),
  /** Null takes the file away. */
  text: z.string().nullable(),
})
const handIn = z.object({ note: z.string().trim().min(1).max(2_000), draft: z.string().max(64) })

const malformed = (message: string) => problemResponse({ code: 'malformed', issues: [{ path: '', message }] })

async function bodyOf<T>(c: Context<WebEnv>, schema: z.ZodType<T>): Promise<T | undefined> {
  try {
    return schema.safeParse(await c.req.json()).data
  } catch {
    return undefined
  }
}

const described = ({ path, version, hash, byName, savedAt }: DraftEntry) => ({
  path,
  version,
  hash,
  by: byName,
  savedAt: toRfc3339(savedAt),
})

/** Somebody else's change, for the script to merge; everything else is a refusal like any other. */
function refusal(c: Context<WebEnv>, problem: Problem | SavedMeanwhile): Response {
  if (problem.code !== 'saved-meanwhile') return problemResponse(problem)
  const { hash, content, draft } = problem
  const text = typeof content === 'string' ? content : ''
  return c.json({ hash, text, ...(draft ? described(draft) : {}) }, 409)
}

const answered = <T extends object>(c: Context<WebEnv>, result: Result<T, Problem | SavedMeanwhile>): Response =>
  result.ok ? c.json(result.value) : refusal(c, result.problem)

/** All texts of the draft over what is published, and those that changed as they are published, too. */
const source = staffOnly(async (c, call) => {
  const desk = await openDesk(c.get('world'), call)
  if (!desk.ok) return problemResponse(desk.problem)
  const draft = await hashDesk(desk.value.entries)
  const tag = `"${draft}"`
  c.header('Cache-Control', 'private, no-cache')
  c.header('ETag', tag)
  if (c.req.header('if-none-match') === tag) return c.body(null, 304)
  const texts = await readDeskTexts(c.get('world'), desk.value)
  const before = new Map<string, string>()
  for (const entry of desk.value.entries)
    if (entry.change && texts.has(entry.path)) before.set(entry.path, await readPublished(c.get('world'), entry))
  return c.json({
    base: desk.value.bank?.hash ?? '',
    draft,
    files: desk.value.entries
      .filter(({ hash }) => hash !== '')
      .map(({ path, hash, published, change, draft }) => ({
        path,
        hash,
        published,
        ...(change ? { change } : {}),
        ...(draft ? { version: draft.version, by: draft.byName, savedAt: toRfc3339(draft.savedAt) } : {}),
        ...(texts.has(path) ? { text: texts.get(path) } : {}),
        ...(before.has(path) ? { before: before.get(path) } : {}),
      })),
  })
})

const save = staffOnly(async (c, call) => {
  const input = await bodyOf(c, saving)
  if (!input) return malformed('is {path, was, text}')
  const { path, was, text } = input
  const saved = await saveDraft(c.get('world'), { ...call, path, was, content: text ?? undefined })
  if (!saved.ok) return refusal(c, saved.problem)
  return c.json({ ...saved.value, savedAt: toRfc3339(c.get('world').now()), by: call.session.name })
})

/** A file, as it was at an earlier step. */
const step = staffOnly(async (c, call) => {
  const desk = await openDesk(c.get('world'), call)
  if (!desk.ok) return problemResponse(desk.problem)
  const version = Number(c.req.query('version'))
  if (!Number.isSafeInteger(version)) return problemResponse({ code: 'not-found' })
  const found = await readStep(c.get('world'), { exam: call.exam, path: c.req.query('path') ?? '', version })
  if (!found || typeof found.content !== 'string') return problemResponse({ code: 'not-found' })
  return c.json({ ...described(found), text: found.content })
})

const steps = staffOnly(async (c, call) => {
  const desk = await openDesk(c.get('world'), call)
  if (!desk.ok) return problemResponse(desk.problem)
  const path = c.req.query('path') ?? ''
  return c.json({ versions: (await listSteps(c.get('world'), call.exam, path)).map(described) })
})

/** A picture; what it is, its bytes say. */
const picture = staffOnly(async (c, call) => {
  const content = new Uint8Array(await c.req.arrayBuffer())
  const path = `assets/${c.req.param('name') ?? ''}`
  const problem = pictureProblem(path, content)
  if (problem) return malformed(problem)
  // whoever has the same name in mind has another picture: only the same bytes may be there already
  const saved = await saveDraft(c.get('world'), { ...call, path, was: null, content })
  return answered(c, saved.ok ? { ok: true, value: { path, ...saved.value } } : saved)
})

/** The bytes of a picture, for the check and the view in its author's browser. */
const pictureBytes = staffOnly(async (c, call) => {
  const desk = await openDesk(c.get('world'), call)
  if (!desk.ok) return problemResponse(desk.problem)
  const path = `assets/${c.req.param('name') ?? ''}`
  const content = (await readDeskFiles(c.get('world'), desk.value, (entry) => entry.path === path)).get(path)
  if (content === undefined || typeof content === 'string') return problemResponse({ code: 'not-found' })
  return c.body(new Uint8Array(content), 200, { 'Content-Type': 'application/octet-stream' })
})

const check = staffOnly(async (c, call) =>
  answered(c, await checkDraft(c.get('world'), { ...call, language: pageContext(c).locale })),
)

/** Hands the draft in. */
export const sendDraft = staffOnly(async (c, call) => {
  const input = await bodyOf(c, handIn)
  if (!input) return malformed('is {note, draft}')
  const done = await handInDraft(c.get('world'), { ...call, ...input, language: pageContext(c).locale })
  if (!done.ok) return problemResponse(done.problem)
  const { state } = done.value
  return c.json(done.value, state === 'waiting' || state === 'live' ? 200 : state === 'draft-changed' ? 409 : 422)
})

export const deskCalls = (): Hono<WebEnv> =>
  new Hono<WebEnv>()
    .get('/staff/desk/:exam/source', source)
    .put('/staff/desk/:exam/files', save)
    .get('/staff/desk/:exam/files', step)
    .get('/staff/desk/:exam/versions', steps)
    .put('/staff/desk/:exam/assets/:name', picture)
    .get('/staff/desk/:exam/assets/:name', pictureBytes)
    .post('/staff/desk/:exam/check', check)
