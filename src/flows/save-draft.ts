import { type DraftEntry, type FileContent, isDraftPath } from '../item/source/exam-source.ts'
import { hashFile } from '../item/source/pack-file.ts'
import { insertDraft, MOST_DRAFT_BYTES, MOST_FILES, readDraft, rebaseDraft } from '../item/source/store.ts'
import type { Problem } from '../kernel/problem.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { World } from '../world/world.ts'
import { type DeskCall, openDesk, readDeskFiles, readPublished } from './open-desk.ts'

/** UTF-16 units; a file of a bank of 5,000 items has a quarter of them, and packed they fit into a row of D1. */
export const LONGEST_TEXT = 1_000_000
/** What the compiler takes of a picture; a browser makes it smaller before it is sent. */
export const MOST_PICTURE_BYTES = 300_000

export interface DraftSaving extends DeskCall {
  readonly path: string
  /** Hash of what was changed; null for a file that was not there. */
  readonly was: string | null
  /** Undefined takes the file away. */
  readonly content: FileContent | undefined
  /** The earlier step that this is again. */
  readonly broughtBack?: number
}

/** Why a change was not saved: somebody else saved another one, which is here to be merged. */
export interface SavedMeanwhile {
  readonly code: 'saved-meanwhile'
  readonly hash: string
  readonly content: FileContent
  readonly draft?: DraftEntry
}

export interface Saved {
  readonly hash: string
  readonly version: number
}

/** The draft has no room for it: some of it has to go, or to be published, first. */
const full = fail({ code: 'payload-too-large' as const, limitBytes: MOST_DRAFT_BYTES })

const malformed = (path: string, message: string) => fail({ code: 'malformed' as const, issues: [{ path, message }] })

/** Saves a file of an exam's draft, if it still is what its author changed. */
export async function saveDraft(world: World, call: DraftSaving): Promise<Result<Saved, Problem | SavedMeanwhile>> {
  const { session, exam, path, was, content, broughtBack } = call
  if (!isDraftPath(path)) return malformed('path', 'is no file of an exam')
  if (typeof content === 'string' && content.length > LONGEST_TEXT)
    return fail({ code: 'payload-too-large', limitBytes: LONGEST_TEXT })
  if (typeof content === 'object' && content.length > MOST_PICTURE_BYTES)
    return fail({ code: 'payload-too-large', limitBytes: MOST_PICTURE_BYTES })
  const opened = await openDesk(world, call)
  if (!opened.ok) return opened
  const { entries, hasSource } = opened.value
  if (!hasSource) return malformed('path', 'the files of the version in force are not here; publish them first')
  const there = entries.find((entry) => entry.path === path)
  const hash = content === undefined ? '' : await hashFile(content)
  if (there ? there.hash === hash : hash === '') return ok({ hash, version: there?.draft?.version ?? 0 })
  if (!there && entries.length >= MOST_FILES) return full
  const made = await insertDraft(world.db, {
    exam,
    path,
    was: was ?? '',
    published: there?.published ?? '',
    publishedHashes: entries.flatMap(({ published }) => (published === '' ? [] : [published])),
    hash,
    ...(broughtBack === undefined ? {} : { broughtBack }),
    content: content ?? '',
    by: session.worker,
    byName: session.name,
    at: world.now(),
  })
  if (made.ok) return ok({ hash, version: made.value })
  return made.problem === 'full' ? full : whatIsThere(world, call)
}

async function whatIsThere(world: World, call: DraftSaving): Promise<Result<never, Problem | SavedMeanwhile>> {
  const opened = await openDesk(world, call)
  if (!opened.ok) return opened
  const there = opened.value.entries.find(({ path }) => path === call.path)
  const content = (await readDeskFiles(world, opened.value, ({ path }) => path === call.path)).get(call.path) ?? ''
  return fail({
    code: 'saved-meanwhile',
    hash: there?.hash ?? '',
    content,
    ...(there?.draft ? { draft: there.draft } : {}),
  })
}

/** A file as it is shown, and a change of it that was asked for there. */
export interface BackwardCall extends DeskCall {
  readonly path: string
  /** Hash of the file when it was shown. */
  readonly was: string
}

/** Makes an earlier step of a file the latest one; step 0 is what is published. */
export async function bringBack(
  world: World,
  { version, ...call }: BackwardCall & { readonly version: number },
): Promise<Result<Saved, Problem | SavedMeanwhile>> {
  if (version > 0) {
    const step = await readDraft(world.db, { exam: call.exam, path: call.path, version })
    if (!step) return fail({ code: 'not-found' })
    return saveDraft(world, { ...call, content: step.hash === '' ? undefined : step.content, broughtBack: version })
  }
  const opened = await openDesk(world, call)
  if (!opened.ok) return opened
  const entry = opened.value.entries.find(({ path }) => path === call.path)
  if (!entry) return fail({ code: 'not-found' })
  const content = entry.published === '' ? undefined : await readPublished(world, entry)
  return saveDraft(world, { ...call, content })
}

/** Keeps a change although what is published changed under it: from now on it is a change of that. */
export async function keepDraft(world: World, call: BackwardCall): Promise<Result<Saved, Problem | SavedMeanwhile>> {
  const opened = await openDesk(world, call)
  if (!opened.ok) return opened
  const entry = opened.value.entries.find(({ path }) => path === call.path)
  if (!entry?.draft) return fail({ code: 'not-found' })
  const { version, hash } = entry.draft
  const kept = hash === call.was && (await rebaseDraft(world.db, { ...call, version, base: entry.published }))
  return kept ? ok({ hash, version }) : fail({ code: 'conflict', detail: 'it was saved meanwhile; look again' })
}
