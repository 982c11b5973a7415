import { fail, ok } from '../../kernel/result.ts'
import { findContract } from '../escrow/store.ts'
import type { Person } from '../people/person.ts'
import type { Outcome } from '../problem.ts'
import { readHidden, readWorklist, settleEntries, type WorklistEntry, wasListed } from '../review/hidden/store.ts'
import type { SandboxWorld } from '../sandbox-world.ts'

const readingOf = (world: SandboxWorld, operator: Person, reason: string) => ({
  id: world.newId('aud'),
  operator: operator.id,
  reason,
  at: world.now(),
})

/** The hidden answers of a contract, for an operator with a reason; the reading is written down with it. */
export async function readHiddenAnswers(
  world: SandboxWorld,
  of: { readonly contract: string; readonly operator: Person; readonly reason: string },
) {
  if (!(await findContract(world.db, of.contract))) return fail({ code: 'not-found' as const })
  const reading = readingOf(world, of.operator, of.reason)
  return ok({ contract: of.contract, audit: reading.id, answers: await readHidden(world.db, of.contract, reading) })
}

/** What of the reviews contradicts itself, the worst first. The list tells something of hidden answers, so this is written down as well. */
export const showWorklist = (
  world: SandboxWorld,
  of: {
    readonly operator: Person
    readonly reason: string
    readonly after?: string | undefined
    readonly limit: number
  },
): Promise<readonly WorklistEntry[]> => readWorklist(world.db, of, readingOf(world, of.operator, of.reason))

/** An operator has looked into a contract. What is written about it later opens a new entry. */
export async function settleWorklistEntry(
  world: SandboxWorld,
  of: { readonly contract: string; readonly operator: Person; readonly note: string },
): Promise<Outcome<{ readonly contract: string; readonly settled: number }>> {
  const settled = await settleEntries(world.db, of.contract, {
    operator: of.operator.id,
    note: of.note,
    now: world.now(),
  })
  if (settled > 0) return ok({ contract: of.contract, settled })
  return (await wasListed(world.db, of.contract))
    ? fail({ code: 'already-done', detail: 'Nothing about this contract is open' })
    : fail({ code: 'not-found' })
}
