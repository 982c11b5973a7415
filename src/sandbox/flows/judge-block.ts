import { fail, ok } from '../../kernel/result.ts'
import type { Client, Person } from '../people/person.ts'
import { clientsAmong, readWorkers } from '../people/store.ts'
import type { Worker } from '../people/worker.ts'
import { malformed, type Outcome } from '../problem.ts'
import type { BlockVerdict } from '../review/block/block.ts'
import {
  type Block,
  type BlockReview,
  decideBlock,
  findBlock,
  membersOf,
  reviewsOfBlock,
} from '../review/block/store.ts'
import type { SandboxWorld } from '../sandbox-world.ts'
import { weighAgain } from './find-blocks.ts'

/** Reviews that are shown of a block, the newest. */
const MOST_SHOWN = 500

/** A client in a block. */
export interface BlockClient {
  readonly id: string
  /** Undefined for one who left no trace but their reviews. */
  readonly client: Client | undefined
  /** Workers whom they reviewed, and of these those whom others in the block reviewed as well. */
  readonly workers: number
  readonly shared: number
}

/** A worker whom clients of a block reviewed, each of them once. */
export interface BlockWorker {
  readonly id: string
  /** Undefined for one who was erased. */
  readonly worker: Worker | undefined
  readonly reviews: readonly BlockReview[]
}

/** A block with what speaks for its clients being one: whom they reviewed, for how much and when. */
export interface BlockEvidence {
  readonly block: Block
  readonly clients: readonly BlockClient[]
  /** Those whom most of them reviewed come first. */
  readonly workers: readonly BlockWorker[]
  /** Whether older reviews are left out. */
  readonly cut: boolean
}

/** The first review of each client about each worker. */
function newestOfEach(reviews: readonly BlockReview[]): readonly BlockReview[] {
  const first = new Map<string, BlockReview>()
  for (const review of reviews) {
    const pair = `${review.client}/${review.worker}`
    if (!first.has(pair)) first.set(pair, review)
  }
  return [...first.values()]
}

/** Everything that an operator needs to decide about a block. */
export async function showBlock({ db }: SandboxWorld, id: string): Promise<Outcome<BlockEvidence>> {
  const block = await findBlock(db, id)
  if (!block) return fail({ code: 'not-found' })
  const [members, found] = await Promise.all([membersOf(db, [id]), reviewsOfBlock(db, id, MOST_SHOWN + 1)])
  const reviews = newestOfEach(found.slice(0, MOST_SHOWN))
  const byWorker = Map.groupBy(reviews, ({ worker }) => worker)
  const byClient = Map.groupBy(reviews, ({ client }) => client)
  const ids = [...members.keys()].sort()
  const [clients, workers] = await Promise.all([clientsAmong(db, ids), readWorkers(db, [...byWorker.keys()])])
  return ok({
    block,
    cut: found.length > MOST_SHOWN,
    clients: ids.map((client) => {
      const own = byClient.get(client) ?? []
      const shared = own.filter(({ worker }) => (byWorker.get(worker)?.length ?? 0) > 1)
      return {
        id: client,
        client: clients.find((one) => one.id === client),
        workers: own.length,
        shared: shared.length,
      }
    }),
    workers: [...byWorker]
      .map(([worker, own]) => ({
        id: worker,
        worker: workers.find((one) => one.id === worker && one.erasedAt === null),
        reviews: own,
      }))
      .sort((a, b) => b.reviews.length - a.reviews.length || (a.id < b.id ? -1 : 1)),
  })
}

/**
 * An operator decides about a block. Found independent, its clients' reviews weigh what they weigh by themselves;
 * confirmed, they go on weighing nothing, but those of clients whom the operator takes out. Nobody is asked again about
 * the same clients, or fewer of them.
 */
export async function judgeBlock(
  world: SandboxWorld,
  operator: Person,
  id: string,
  {
    decision,
    apart,
    note,
    version,
  }: {
    readonly decision: BlockVerdict
    /** Clients who do not belong to the others: only where it is confirmed, and two at least stay. */
    readonly apart: readonly string[]
    readonly note: string
    readonly version: number
  },
): Promise<Outcome<Block>> {
  const { db } = world
  const [read, members] = [await findBlock(db, id), await membersOf(db, [id])]
  const isMisfit =
    apart.some((client) => !members.has(client)) || decision === 'independent' || members.size - apart.length < 2
  if (apart.length > 0 && read?.version === version && read.state === 'open' && isMisfit)
    return malformed([{ path: 'apart', message: 'apart' }])
  const by = { block: id, version, verdict: decision, apart, operator: operator.id, note, now: world.now() }
  const decided = await decideBlock(db, by)
  await weighAgain(world)
  const block = await findBlock(db, id)
  if (!block) return fail({ code: 'not-found' })
  if (decided) return ok(block)
  if (block.state !== 'open') return fail({ code: 'already-done', detail: 'It was decided about these clients' })
  return block.size === 0
    ? fail({ code: 'wrong-state', state: 'dissolved', detail: 'Nobody is in this block any more' })
    : fail({ code: 'conflict', detail: `Who is in the block has changed; read it again (version ${block.version})` })
}
