import type { Bank } from '../item/bank.ts'
import {
  countOpenProposals,
  insertProposal,
  isSubmitted,
  type LintNote,
  openProposalOf,
  type Proposal,
} from '../item/publishing/store.ts'
import type { DeskEntry, FileContent } from '../item/source/exam-source.ts'
import { keepHandIn, keepSource } from '../item/source/store.ts'
import { latestBank } from '../item/store.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { World } from '../world/world.ts'
import { noteActIfDone } from './note-act.ts'
import { refuseUsedNumbers } from './refuse-used-numbers.ts'
import { showKeys } from './show-keys.ts'

/** More waiting versions of one exam than anybody would compare. */
const MOST_OPEN = 20

export interface ProposalRequest {
  /** Whose work it is: nobody else than another person may approve it. */
  readonly by: string
  /** The session in which it is handed in; none where the service key does it. */
  readonly under?: string | undefined
  readonly bank: Bank
  /** What the lint of this service says; undefined where it has none. */
  readonly lint?: readonly LintNote[]
  /** What changed and why, for whoever decides. */
  readonly note: string
  /** The files that this service compiled the bank from. */
  readonly files?: readonly { readonly path: string; readonly content: FileContent }[] | undefined
  /** The desk whose files they are; none where they come from outside. */
  readonly drafted?: readonly DeskEntry[]
}

/** What became of a version that was handed in: it waits for another person, or is live already. */
export type Proposed =
  | { readonly state: 'waiting'; readonly proposal: Proposal; readonly created: boolean }
  | { readonly state: 'live' }

const textsIn = (files: ProposalRequest['files'] = []): ReadonlyMap<string, string> =>
  new Map(files.flatMap(({ path, content }) => (typeof content === 'string' ? [[path, content] as const] : [])))

/**
 * Hands an exam version in for another person's approval. The same content waits only once, whoever sends it. What reaches
 * no candidate (drafts of tasks and translations) makes no version, and nobody approved it: the files of a version that was
 * published or waits stay what they are, and the draft goes along with the next version, with all who wrote of it.
 */
export async function proposeExam(
  world: World,
  { by, under, bank, lint, note, files, drafted }: ProposalRequest,
): Promise<Result<Proposed>> {
  const shown = await showKeys(world, by, [bank])
  if (!shown.ok) return shown
  const isLive = (await latestBank(world.db, bank.exam.id))?.hash === bank.hash
  const refused = isLive ? undefined : await refuseUsedNumbers(world, bank, async () => textsIn(files))
  if (refused) return fail(refused)
  // before the version waits, so that nobody who wrote of it may decide in between
  if (drafted && !isLive) await keepHandIn(world.db, { bank: bank.hash, exam: bank.exam.id, entries: drafted })
  // only a version without any files takes some after it began to wait
  if (files) await keepSource(world.db, { bank: bank.hash, exam: bank.exam.id, files, isFixed: isSubmitted(bank.hash) })
  if (isLive) return ok({ state: 'live' })
  if (!(await openProposalOf(world.db, bank.hash)) && (await countOpenProposals(world.db, bank.exam.id)) >= MOST_OPEN) {
    return fail({
      code: 'conflict',
      detail: `${MOST_OPEN} versions of this exam wait already; decide or withdraw some first`,
    })
  }
  const id = world.newId('prp')
  const noted = await noteActIfDone(world, {
    act: 'exam.handed-in',
    actor: under === undefined ? { person: by } : { person: by, under },
    object: id,
    why: note,
    facts: { exam: bank.exam.id, version: bank.exam.version, hash: bank.hash },
  })
  const created = await insertProposal(world.db, bank, { id, by, note, lint, proposedAt: world.now() }, noted)
  const proposal = await openProposalOf(world.db, bank.hash)
  return proposal
    ? ok({ state: 'waiting', proposal, created })
    : fail({ code: 'conflict', detail: 'it was decided while it was handed in; look again' })
}
