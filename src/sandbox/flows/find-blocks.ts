import {
  assignBlocks,
  componentsOf,
  isChance,
  isLinked,
  type Link,
  MOST_LINKS,
  MOST_MEMBERS,
  MOST_WORKERS,
} from '../review/block/block.ts'
import {
  blocksAmong,
  blocksOfClients,
  changeBlocks,
  clearDueReview,
  clearWeightsDue,
  clientsToCompare,
  type DueReview,
  decisionsAbout,
  dueReviews,
  isLostTurn,
  linksAmong,
  linksOf,
  membersOf,
  overlapsOf,
  readTurn,
  workersToWeigh,
} from '../review/block/store.ts'
import { recountFirstReviews } from '../review/first/store.ts'
import { recountTotals } from '../review/reveal/store.ts'
import type { SandboxWorld } from '../sandbox-world.ts'

const AT_ONCE = 100

/** What a client is linked to now, and of that what is new or gone. */
async function compare({ db }: SandboxWorld, due: DueReview) {
  const before = await linksOf(db, due.client)
  const overlaps = await overlapsOf(db, due.client, await clientsToCompare(db, due))
  const links = new Set(before)
  for (const { other, ...overlap } of overlaps) {
    // what is too long to be compared stays as it was found
    if (overlap.own > MOST_WORKERS || overlap.theirs > MOST_WORKERS) continue
    if (!isLinked(overlap)) links.delete(other)
    else if (links.size < MOST_LINKS) links.add(other)
  }
  const linked = [...links].filter((other) => !before.includes(other))
  return { before, linked, unlinked: before.filter((other) => !links.has(other)) }
}

/** Puts everybody anew into blocks whom a changed link may have moved: those in the blocks at its ends. */
async function regroup(
  world: SandboxWorld,
  client: string,
  { before, linked, unlinked }: Awaited<ReturnType<typeof compare>>,
) {
  const { db } = world
  const ends = [client, ...before, ...linked]
  const members = await membersOf(db, [...new Set((await blocksOfClients(db, ends)).values())])
  const clients = [...new Set([...ends, ...members.keys()])]
  const gone = new Set(unlinked)
  const kept = (await linksAmong(db, clients)).filter(
    ([one, other]) => !((one === client && gone.has(other)) || (other === client && gone.has(one))),
  )
  const [blocks, decisions] = await Promise.all([
    blocksAmong(db, [...new Set(members.values())]),
    decisionsAbout(db, clients),
  ])
  const links = [...kept, ...linked.map((other): Link => [client, other])].filter((link) => !isChance(link, decisions))
  const components = clients.length > MOST_MEMBERS ? [[...clients].sort()] : componentsOf(clients, links)
  const open = new Set(blocks.filter(({ state }) => state === 'open').map(({ id }) => id))
  const after = assignBlocks(components, { before: members, open, decisions, newId: () => world.newId('blk') })
  return { before: members, after }
}

/**
 * Looks whether a client's reviews follow those of others, once a review of theirs began or ceased to count. Of all
 * clients only that one is compared, with fifty at most and those already linked; the blocks at both ends of a changed
 * link are made anew. Whoever changed a block meanwhile was first, and the client is looked at another time.
 */
async function lookAt(world: SandboxWorld, due: DueReview): Promise<number> {
  const { db } = world
  const turn = await readTurn(db)
  const links = await compare(world, due)
  const done = clearDueReview(db, due)
  if (links.linked.length === 0 && links.unlinked.length === 0) {
    await db.batch([done])
    return 0
  }
  const { linked, unlinked } = links
  const change = { turn, client: due.client, linked, unlinked, now: world.now() }
  try {
    await db.batch([...changeBlocks(db, { ...change, ...(await regroup(world, due.client, links)) }), done])
    return 1
  } catch (error) {
    if (isLostTurn(error)) return 0
    throw error
  }
}

/** Weighs the reviews of workers anew whose clients joined a block or left one. */
export async function weighAgain({ db }: Pick<SandboxWorld, 'db'>): Promise<void> {
  for (let due = await workersToWeigh(db, AT_ONCE); due.length > 0; due = await workersToWeigh(db, AT_ONCE))
    for (const mark of due)
      await db.batch([
        ...recountTotals(db, mark.worker),
        ...recountFirstReviews(db, mark.worker),
        clearWeightsDue(db, mark),
      ])
}

/** Looks at every client of whom a review began or ceased to count, and weighs reviews accordingly. */
export async function blockTimers(world: SandboxWorld): Promise<number> {
  let changed = 0
  const seen = new Set<string>()
  const keyOf = ({ client, worker, due }: DueReview) => `${client}/${worker}/${due}`
  for (
    let due = await dueReviews(world.db, AT_ONCE);
    due.some((one) => !seen.has(keyOf(one)));
    due = await dueReviews(world.db, AT_ONCE)
  ) {
    for (const one of due) {
      seen.add(keyOf(one))
      changed += await lookAt(world, one)
    }
  }
  await weighAgain(world)
  return changed
}
