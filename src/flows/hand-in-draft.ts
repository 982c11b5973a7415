import type { Bank } from '../item/bank.ts'
import { bankBytes, MAX_BANK_BYTES } from '../item/pack-bank.ts'
import { lintNotes } from '../item/publishing/store.ts'
import type { DeskEntry, SourceEntry } from '../item/source/exam-source.ts'
import { hashFile, sizeOf } from '../item/source/pack-file.ts'
import { MOST_DRAFT_BYTES, wasHandedIn } from '../item/source/store.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { CompiledFiles, ExamFinding, World } from '../world/world.ts'
import { type Desk, type DeskCall, deskFiles, hashDesk, listSteps, openDesk } from './open-desk.ts'
import { proposeExam } from './propose-exam.ts'

export interface DraftHandIn extends DeskCall {
  readonly language: 'ja' | 'en'
  /** What changed and why, for whoever decides. */
  readonly note: string
  /** Which files were looked at: `hashDesk`. */
  readonly draft: string
}

/** What became of a draft that was handed in. */
export type HandedIn =
  | { readonly state: 'waiting'; readonly proposal: string; readonly hash: string }
  /** Nothing of it reaches candidates: what is published stays as it is, and so does the draft. */
  | { readonly state: 'live' }
  | { readonly state: 'no-compiler' }
  | { readonly state: 'unchanged' }
  /** Somebody saved since it was looked at. */
  | { readonly state: 'draft-changed' }
  /** What is published changed under these files since the draft was begun. */
  | { readonly state: 'moved'; readonly paths: readonly string[] }
  | { readonly state: 'refused'; readonly findings: readonly ExamFinding[] }

/** Files whose published text is another one than they were made from, was not handed in from this draft, and is no step of theirs. */
export async function movedFiles(world: World, { exam, entries }: Desk): Promise<readonly DeskEntry[]> {
  const moved: DeskEntry[] = []
  for (const entry of entries) {
    const { path, published, draft } = entry
    if (!draft || draft.base === published || (await wasHandedIn(world.db, exam, { path, hash: published }))) continue
    const steps = await listSteps(world, exam, path)
    if (!steps.some(({ hash }) => hash === published)) moved.push(entry)
  }
  return moved
}

/** A draft's files as they are published: the record of what was published goes along with the bank. */
export interface CompiledDraft extends CompiledFiles {
  readonly bank?: Bank
  /** Which files were compiled: `hashDesk`. */
  readonly draft: string
  readonly files: readonly { readonly path: string; readonly content: string | Uint8Array }[]
}

const LOCK = 'items.lock.json'
const TASK = /^tasks\/([^/]+)\.(?:ja|en)\.md$/

/** Compiles a draft with all that a hand-in takes; undefined where there is no compiler. */
export async function compileDraft(
  world: World,
  desk: Desk,
  language: 'ja' | 'en',
): Promise<CompiledDraft | undefined> {
  if (!world.compileBank) return undefined
  const files = await deskFiles(world, desk)
  const changedTasks = desk.entries.flatMap(({ path, change }) => (change ? (TASK.exec(path)?.[1] ?? []) : []))
  const compiled = await world.compileBank(files, { language, bank: true, changedTasks })
  const { lock } = compiled
  const hashed: SourceEntry[] = []
  for (const { path, content } of files) hashed.push({ path, hash: await hashFile(content) })
  const sent =
    lock === undefined ? files : [...files.filter(({ path }) => path !== LOCK), { path: LOCK, content: lock }]
  return { ...compiled, bank: compiled.bank as Bank, draft: await hashDesk(hashed), files: sent }
}

/**
 * Hands a draft in for another person's approval: its files alone, as whoever does so saw them, compiled here once more.
 * What this makes of them is what the approver sees and what is published.
 */
export async function handInDraft(
  world: World,
  { note, language, draft, ...call }: DraftHandIn,
): Promise<Result<HandedIn>> {
  const opened = await openDesk(world, call)
  if (!opened.ok) return opened
  const desk = opened.value
  if ((await hashDesk(desk.entries)) !== draft) return ok({ state: 'draft-changed' })
  if (!desk.entries.some(({ change }) => change)) return ok({ state: 'unchanged' })
  const moved = await movedFiles(world, desk)
  if (moved.length > 0) return ok({ state: 'moved', paths: moved.map(({ path }) => path) })
  const compiled = await compileDraft(world, desk, language)
  if (!compiled) return ok({ state: 'no-compiler' })
  // of what was saved since the desk was opened, the files may hold some
  if (compiled.draft !== draft) return ok({ state: 'draft-changed' })
  const { bank, findings, files } = compiled
  if (!bank) return ok({ state: 'refused', findings })
  if (bankBytes(bank) > MAX_BANK_BYTES) return fail({ code: 'payload-too-large', limitBytes: MAX_BANK_BYTES })
  if (files.reduce((sum, { content }) => sum + sizeOf(content), 0) > MOST_DRAFT_BYTES)
    return fail({ code: 'payload-too-large', limitBytes: MOST_DRAFT_BYTES })
  const { session } = call
  const done = await proposeExam(world, {
    by: session.worker,
    under: session.id,
    bank,
    lint: lintNotes(findings),
    note,
    files,
    drafted: desk.entries,
  })
  if (!done.ok) return done
  return ok(
    done.value.state === 'live'
      ? { state: 'live' }
      : { state: 'waiting', proposal: done.value.proposal.id, hash: bank.hash },
  )
}
