import type { Bank } from '../item/bank.ts'
import {
  type DeskEntry,
  type DraftEntry,
  type FileContent,
  isText,
  layDraftOver,
  type SourceEntry,
} from '../item/source/exam-source.ts'
import { hashFile } from '../item/source/pack-file.ts'
import { draftHeads, draftSteps, readDraft, readDraftFiles, readSourceFiles, sourceOf } from '../item/source/store.ts'
import { latestBank } from '../item/store.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { Session } from '../marketplace/session-token.ts'
import type { ExamFile, World } from '../world/world.ts'
import { noteLook } from './note-act.ts'
import { showKeys } from './show-keys.ts'

/** An exam on the desk of its authors: what is published, and what they changed since. */
export interface Desk {
  readonly exam: string
  /** The version in force; none of an exam that was never published. */
  readonly bank?: Bank
  /** Whether the files that the version in force was compiled from are here. */
  readonly hasSource: boolean
  readonly entries: readonly DeskEntry[]
}

export interface DeskCall {
  readonly session: Session
  readonly exam: string
}

/** Whether a role writes exams. */
export const mayWrite = ({ role }: Pick<Session, 'role'>): boolean => role === 'author' || role === 'operator'

/** Opens an exam's desk for a person of staff. Its files hold keys: that they were seen is written down. */
export async function openDesk(world: World, { session, exam }: DeskCall): Promise<Result<Desk>> {
  if (!mayWrite(session)) return fail({ code: 'forbidden' })
  const bank = await latestBank(world.db, exam)
  const drafts = await draftHeads(world.db, exam)
  if (!bank && drafts.length === 0) return fail({ code: 'not-found' })
  const shown = await showKeys(world, session.worker, bank ? [bank] : [])
  if (!shown.ok) return shown
  await noteLook(world, {
    act: 'key.read',
    actor: { person: session.worker },
    object: `${exam}/source`,
    facts: { exam, ...(bank ? { version: bank.exam.version } : {}) },
  })
  const source = bank && (await sourceOf(world.db, bank.hash))
  return ok({
    exam,
    ...(bank ? { bank } : {}),
    hasSource: source !== undefined || !bank,
    entries: layDraftOver(source ?? [], drafts),
  })
}

/** Names all files of a desk as they are, in one hash: whoever asks for something to be done with them tells which they saw. */
export const hashDesk = (entries: readonly SourceEntry[]): Promise<string> =>
  hashFile(entries.flatMap(({ path, hash }) => (hash === '' ? [] : [`${path} ${hash}`])).join('\n'))

/** What files of the desk hold now, by path; those that were taken away are left out. */
export async function readDeskFiles(
  world: World,
  { exam, entries }: Pick<Desk, 'exam' | 'entries'>,
  which: (entry: DeskEntry) => boolean = () => true,
): Promise<ReadonlyMap<string, FileContent>> {
  const wanted = entries.filter((entry) => entry.hash !== '' && which(entry))
  const drafts = await readDraftFiles(
    world.db,
    exam,
    wanted.flatMap(({ draft }) => draft?.path ?? []),
  )
  const published = await readSourceFiles(
    world.db,
    wanted.flatMap(({ draft, hash }) => (draft ? [] : [hash])),
  )
  return new Map(
    wanted.flatMap(({ path, hash }) => {
      const content = drafts.get(path) ?? published.get(hash)
      return content === undefined ? [] : [[path, content] as const]
    }),
  )
}

/** All texts of the desk. */
export async function readDeskTexts(world: World, desk: Desk): Promise<ReadonlyMap<string, string>> {
  const files = await readDeskFiles(world, desk, ({ path }) => isText(path))
  return new Map([...files].filter((file): file is [string, string] => typeof file[1] === 'string'))
}

/** A text as it is published; empty where there is none. */
export async function readPublished(world: World, { published }: Pick<DeskEntry, 'published'>): Promise<string> {
  if (published === '') return ''
  const content = (await readSourceFiles(world.db, [published])).get(published)
  return typeof content === 'string' ? content : ''
}

/** All files of the desk, as they are compiled. */
export const deskFiles = async (world: World, desk: Desk): Promise<ExamFile[]> =>
  [...(await readDeskFiles(world, desk))].map(([path, content]) => ({ path, content }))

/** The kept steps of a file, newest first. */
export const listSteps = (world: World, exam: string, path: string): Promise<DraftEntry[]> =>
  draftSteps(world.db, exam, path)

/** A step of a file with what it holds. */
export const readStep = (world: World, place: { exam: string; path: string; version: number }) =>
  readDraft(world.db, place)
