import { fail, ok } from '../../kernel/result.ts'
import type { Category } from '../people/worker.ts'
import type { Outcome } from '../problem.ts'
import type { SandboxWorld } from '../sandbox-world.ts'
import { finishWork, hireForSomething, reviewEachOther } from './play-contract.ts'
import { storyContract } from './show-story.ts'

/** Steps of the story that the demonstration can take in everybody's place. The exam is not among them. */
export const playedSteps = ['contract', 'work', 'reviews', 'fade'] as const
export type PlayedStep = (typeof playedSteps)[number]

/** One more contract, from the hiring to both reviews. */
async function playContract(
  world: SandboxWorld,
  worker: string,
  category: Category,
): Promise<Outcome<readonly string[]>> {
  const hired = await hireForSomething(world, worker, category)
  const paid = hired.ok ? await finishWork(world, hired.value.id) : hired
  return paid.ok ? reviewEachOther(world, paid.value) : paid
}

/** Takes a step of the newcomer's story as its people would: through the same acts, with all that follows from them. */
export async function playStep(
  world: SandboxWorld,
  { worker, step, category }: { readonly worker: string; readonly step: PlayedStep; readonly category: Category },
): Promise<Outcome<unknown>> {
  if (step === 'contract') return hireForSomething(world, worker, category)
  if (step === 'fade') return playContract(world, worker, category)
  const contract = await storyContract(world, worker)
  if (!contract) return fail({ code: 'wrong-state', state: 'no-contract', detail: 'There is no contract yet' })
  const paid = await finishWork(world, contract.id)
  if (!paid.ok || step === 'work') return paid
  const reviewed = await reviewEachOther(world, paid.value)
  return reviewed.ok ? ok(reviewed.value) : reviewed
}
