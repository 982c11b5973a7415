import { type Context, Hono } from 'hono'
import * as z from 'zod'
import { type Desk, deskFiles, openDesk, readDeskTexts } from '../../../flows/open-desk.ts'
import { MOST_PICTURE_BYTES, saveDraft } from '../../../flows/save-draft.ts'
import { fromBase64, toBase64 } from '../../../item/pack-bank.ts'
import { compareSources } from '../../../item/source/compare-sources.ts'
import { isDraftPath } from '../../../item/source/exam-source.ts'
import { titleOf } from '../../../item/source/items-in-file.ts'
import { hashFile } from '../../../item/source/pack-file.ts'
import type { Session } from '../../../marketplace/session-token.ts'
import type { ExamFile, ImportedFiles } from '../../../world/world.ts'
import type { PageContext } from '../../ui/page-context.ts'
import { pageResponse, refusalResponse } from '../../ui/page-response.tsx'
import type { WebEnv } from '../../web-env.ts'
import { forAuthors } from '../staff-door.tsx'
import { topicFile } from './outline.ts'
import { pictureProblem } from './picture-kind.ts'
import { TakePage } from './take-page.tsx'

const examOf = (c: Context<WebEnv>): string => c.req.param('exam') ?? ''

interface Planned {
  readonly writes: readonly ExamFile[]
  readonly report?: ImportedFiles
}

async function show(
  c: Context<WebEnv>,
  context: PageContext,
  desk: Desk,
  { planned, problem }: { readonly planned?: Planned; readonly problem?: string } = {},
) {
  const texts = await readDeskTexts(c.get('world'), desk)
  const { bank } = desk
  const topics = [...new Set([...texts.keys()].flatMap((path) => topicFile(path)?.topic ?? []))].map((topic) => ({
    topic,
    title:
      bank?.exam.sections.find((section) => section.topic === topic)?.title[context.locale] ??
      (titleOf(texts.get(`${topic}.${context.locale}.md`) ?? '') || topic),
  }))
  const written = (planned?.writes ?? []).filter(
    (file): file is { path: string; content: string } =>
      typeof file.content === 'string' && texts.get(file.path) !== file.content,
  )
  const pictures = (planned?.writes ?? []).filter(({ content }) => typeof content !== 'string')
  const was = (path: string) => desk.entries.find((entry) => entry.path === path)?.hash ?? null
  const plan = planned && {
    report: planned.report,
    changes: compareSources(
      new Map(written.flatMap(({ path }) => (texts.has(path) ? [[path, texts.get(path) as string]] : []))),
      new Map(written.map(({ path, content }) => [path, content])),
    ),
    pictures: pictures.map(({ path }) => path),
    writes: JSON.stringify([
      ...written.map(({ path, content }) => ({ path, was: was(path), text: content })),
      ...pictures.map(({ path, content }) => ({ path, was: was(path), base64: toBase64(content as Uint8Array) })),
    ]),
  }
  return pageResponse(
    c,
    <TakePage
      context={context}
      exam={{
        id: desk.exam,
        title: bank?.exam.title[context.locale] ?? desk.exam,
        locales: bank?.exam.locales ?? ['ja', 'en'],
      }}
      topics={topics}
      hasCompiler={c.get('world').compileBank !== undefined}
      plan={plan}
      problem={problem}
    />,
    problem ? 422 : 200,
  )
}

const upload = z.object({
  file: z.instanceof(File),
  topic: z.string().max(64).optional(),
  locale: z.enum(['ja', 'en']).optional(),
})

async function importFile(c: Context<WebEnv>, context: PageContext, desk: Desk, form: unknown) {
  const { compileBank } = c.get('world')
  const asked = upload.safeParse(form)
  if (!asked.success || !compileBank) return show(c, context, desk, { problem: context.t('desk.fileUnreadable') })
  const { file, topic, locale = 'ja' } = asked.data
  const { imported, findings } = await compileBank(await deskFiles(c.get('world'), desk), {
    language: context.locale,
    import: {
      name: file.name,
      bytes: new Uint8Array(await file.arrayBuffer()),
      locale,
      ...(topic ? { topic } : {}),
    },
  })
  if (!imported || imported.problem !== undefined)
    return show(c, context, desk, {
      problem: imported?.problem ?? findings[0]?.message ?? context.t('desk.fileUnreadable'),
    })
  return show(c, context, desk, { planned: { writes: imported.writes, report: imported } })
}

/** The paths of uploaded files below the folder that was chosen. */
function withinFolder(files: readonly File[]): ReadonlyMap<string, File> {
  const parts = files.map(({ name }) => name.replaceAll('\\', '/').split('/'))
  const depth = parts.every((part) => part.length > 1 && part[0] === parts[0]?.[0]) ? 1 : 0
  return new Map(files.map((file, nth) => [(parts[nth] ?? []).slice(depth).join('/'), file]))
}

/** A text in any other encoding would stand garbled in the draft. */
function utf8Of(bytes: ArrayBuffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

async function readFolder(c: Context<WebEnv>, context: PageContext, desk: Desk, sent: unknown) {
  const files = withinFolder([sent].flat().filter((file): file is File => file instanceof File))
  const writes: ExamFile[] = []
  for (const [path, file] of files) {
    if (!isDraftPath(path)) continue
    if (path.startsWith('assets/')) {
      const content = new Uint8Array(await file.arrayBuffer())
      const problem = content.length > MOST_PICTURE_BYTES ? 'is too large' : pictureProblem(path, content)
      if (problem) return show(c, context, desk, { problem: context.t('desk.pictureRefused', { path }) })
      const hash = await hashFile(content)
      if (!desk.entries.some((entry) => entry.path === path && entry.hash === hash)) writes.push({ path, content })
    } else {
      const text = utf8Of(await file.arrayBuffer())
      if (text === undefined) return show(c, context, desk, { problem: context.t('desk.notUtf8', { path }) })
      writes.push({ path, content: text.replace(/\r\n?/g, '\n') })
    }
  }
  return writes.length === 0
    ? show(c, context, desk, { problem: context.t('desk.folderEmpty') })
    : show(c, context, desk, { planned: { writes } })
}

const written = z
  .array(
    z.union([
      z.strictObject({ path: z.string().max(200), was: z.string().max(64).nullable(), text: z.string() }),
      z.strictObject({ path: z.string().max(200), was: z.string().max(64).nullable(), base64: z.base64() }),
    ]),
  )
  .max(400)

function parsed(text: unknown): z.infer<typeof written> | undefined {
  try {
    return written.safeParse(JSON.parse(String(text))).data
  } catch {
    return undefined
  }
}

async function take(c: Context<WebEnv>, context: PageContext, session: Session, text: unknown) {
  const call = { session, exam: examOf(c) }
  const again = async (problem: string) => {
    const desk = await openDesk(c.get('world'), call)
    return desk.ok ? show(c, context, desk.value, { problem }) : refusalResponse(c, context, desk.problem)
  }
  const writes = parsed(text)
  if (!writes) return again(context.t('desk.fileUnreadable'))
  for (const one of writes) {
    const { path, was } = one
    const content = 'text' in one ? one.text : fromBase64(one.base64)
    if (typeof content !== 'string' && pictureProblem(path, content))
      return again(context.t('desk.pictureRefused', { path }))
    const saved = await saveDraft(c.get('world'), { ...call, path, was, content })
    if (!saved.ok)
      return again(
        saved.problem.code === 'payload-too-large'
          ? context.t('desk.noRoom', { path })
          : context.t('desk.notTaken', { path }),
      )
  }
  return c.redirect(`/staff/desk/${call.exam}/hand-in`, 303)
}

const page = forAuthors(async (c, context, session) => {
  const desk = await openDesk(c.get('world'), { session, exam: examOf(c) })
  return desk.ok ? show(c, context, desk.value) : refusalResponse(c, context, desk.problem)
})

const act = forAuthors(async (c, context, session) => {
  const form = await c.req.parseBody({ all: true })
  if (form.act === 'take') return take(c, context, session, form.writes)
  const desk = await openDesk(c.get('world'), { session, exam: examOf(c) })
  if (!desk.ok) return refusalResponse(c, context, desk.problem)
  return form.act === 'folder'
    ? readFolder(c, context, desk.value, form.files)
    : importFile(c, context, desk.value, form)
})

/** Questions of other systems, and folders of Markdown, into the draft. */
export const takeRoutes = (): Hono<WebEnv> =>
  new Hono<WebEnv>().get('/staff/desk/:exam/import', page).post('/staff/desk/:exam/import', act)
