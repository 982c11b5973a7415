/** `open` waits for a person; `independent` and `confirmed` are what one has decided. */
export const blockStates = ['open', 'independent', 'confirmed'] as const
export type BlockState = (typeof blockStates)[number]
export type BlockVerdict = Exclude<BlockState, 'open'>

/** Workers that two clients must both have reviewed before they are compared. */
const LEAST_SHARED = 3

/** Clients whom one new review has its client compared with: the newest of the worker's, and those already linked. */
export const MOST_COMPARED = 50
/** Links from which on a client gets no more. They hold a block together already. */
export const MOST_LINKS = 100
/** Workers beyond which a client is not compared any more; what was found before stays. */
export const MOST_WORKERS = 300
/** Clients beyond which a block only grows: it is not looked through for parts that have come apart. */
export const MOST_MEMBERS = 500

/** How many workers two clients reviewed, and how many of these both did. */
export interface Overlap {
  readonly own: number
  readonly theirs: number
  readonly shared: number
}

/** Whether two clients reviewed so nearly the same workers that they may be one: three shared, and half of all. */
export const isLinked = ({ own, theirs, shared }: Overlap): boolean =>
  shared >= LEAST_SHARED && 2 * shared >= own + theirs - shared

export type Link = readonly [string, string]

/** Those who hang together by links, two at least, each group in the order of its ids. Links to others are passed over. */
export function componentsOf(clients: readonly string[], links: readonly Link[]): string[][] {
  const neighbours = new Map<string, string[]>(clients.map((client) => [client, []]))
  for (const [one, other] of links) {
    if (!neighbours.has(one) || !neighbours.has(other)) continue
    neighbours.get(one)?.push(other)
    neighbours.get(other)?.push(one)
  }
  const seen = new Set<string>()
  const components: string[][] = []
  for (const client of clients) {
    if (seen.has(client)) continue
    seen.add(client)
    const component = [client]
    // grows while it is walked
    for (const member of component)
      for (const next of neighbours.get(member) ?? [])
        if (!seen.has(next)) {
          seen.add(next)
          component.push(next)
        }
    if (component.length > 1) components.push(component.sort())
  }
  return components
}

/** A decision, with those about whom it was. */
export interface Decided {
  readonly block: string
  readonly clients: ReadonlySet<string>
  /** Those of them who were found not to belong to the others. */
  readonly apart: ReadonlySet<string>
}

/** Whether a person has decided that what links two clients is chance. */
export const isChance = ([one, other]: Link, decisions: readonly Decided[]): boolean =>
  decisions.some(({ clients, apart }) => clients.has(one) && clients.has(other) && (apart.has(one) || apart.has(other)))

/** In which block every client is from now on; those without one are in none. */
export type Membership = ReadonlyMap<string, string>

/**
 * Puts components into blocks. One whose clients a decision was all about stays under that decision, the newest first,
 * so that nobody is asked about them again; otherwise it waits, as the block that most of its clients waited in before,
 * or as a new one.
 */
export function assignBlocks(
  components: readonly (readonly string[])[],
  known: {
    readonly before: Membership
    /** Blocks that wait for a person now. */
    readonly open: ReadonlySet<string>
    readonly decisions: readonly Decided[]
    readonly newId: () => string
  },
): Membership {
  const after = new Map<string, string>()
  const taken = new Set<string>()
  for (const component of [...components].sort((a, b) => b.length - a.length)) {
    const decided = known.decisions.find(({ clients }) => component.every((client) => clients.has(client)))
    const block = decided?.block ?? waitingBlock(component, known, taken) ?? known.newId()
    taken.add(block)
    for (const client of component) after.set(client, block)
  }
  return after
}

function waitingBlock(
  component: readonly string[],
  { before, open }: { readonly before: Membership; readonly open: ReadonlySet<string> },
  taken: ReadonlySet<string>,
): string | undefined {
  const counts = new Map<string, number>()
  for (const client of component) {
    const block = before.get(client)
    if (block !== undefined && open.has(block) && !taken.has(block)) counts.set(block, (counts.get(block) ?? 0) + 1)
  }
  return [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))[0]?.[0]
}
