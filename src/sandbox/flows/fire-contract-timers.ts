import type { Contract } from '../escrow/contract.ts'
import { decide } from '../escrow/decide.ts'
import { dueContracts, findContract } from '../escrow/store.ts'
import type { SandboxWorld } from '../sandbox-world.ts'
import { commitContract } from './commit-contract.ts'

const AT_ONCE = 100

/**
 * Does what is due on a contract, one timer after the other, each at its own time.
 * @returns the contract as it stands then, and how many timers this call fired; undefined when there is no such contract.
 */
export async function catchUp(
  world: SandboxWorld,
  id: string,
  known?: Contract,
): Promise<{ readonly contract: Contract; readonly fired: number } | undefined> {
  const now = world.now()
  let contract = known ?? (await findContract(world.db, id))
  let fired = 0
  while (contract && contract.timerAt !== null && contract.timerAt <= now) {
    const at = contract.timerAt
    const events = decide(contract, { type: 'run-timer', by: 'system' }, now)
    if (!events.ok) throw new Error(`the ${contract.timer} timer of ${id} was refused: ${events.problem.code}`)
    const after: Contract | undefined = await commitContract(world, {
      before: contract,
      events: events.value,
      actor: 'system',
      at,
      remark: {},
    })
    if (after) fired += 1
    contract = after ?? (await findContract(world.db, id))
  }
  return contract && { contract, fired }
}

/** Does everything that is due on all contracts. Safe to call at any time, by several at once. */
export async function fireContractTimers(world: SandboxWorld): Promise<number> {
  let fired = 0
  for (;;) {
    const due = await dueContracts(world.db, world.now(), AT_ONCE)
    if (due.length === 0) return fired
    for (const id of due) fired += (await catchUp(world, id))?.fired ?? 0
  }
}
