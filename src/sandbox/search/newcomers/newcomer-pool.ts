import { stableHash } from '../../../kernel/random.ts'
import type { Group, Line, Pool, Sequence, Weight } from './lot.ts'
import type { Newcomer } from './newcomer.ts'

/** A newcomer and who it is. */
export type Member<T> = Newcomer & { readonly id: string; readonly who: T }

interface Hashed {
  readonly id: string
  readonly hash: number
}

const hashed = (id: string): Hashed => ({ id, hash: stableHash(id) })
const byHash = (a: Hashed, b: Hashed): number => a.hash - b.hash || (a.id < b.id ? -1 : Number(a.id > b.id))

/** Where an id is in a line, or belongs. */
function placeIn(line: readonly { readonly id: string }[], id: string): number {
  const own = hashed(id)
  let low = 0
  let high = line.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (byHash(hashed((line[middle] as { id: string }).id), own) < 0) low = middle + 1
    else high = middle
  }
  return low
}

/** A line without those at some places, which are sorted; nothing is copied. */
const without = <T>(line: readonly T[], gaps: readonly number[]): Sequence<T> => ({
  length: line.length - gaps.length,
  at: (index) => {
    let place = index
    for (const gap of gaps) if (gap <= place) place += 1
    return line[place]
  },
})

type Lines<T> = Readonly<Record<Group, Readonly<Record<Weight, T>>>>
const linesOf = <T>(make: (group: Group, weight: Weight) => T): Lines<T> => {
  const line = (group: Group) => ({ fresh: make(group, 'fresh'), settled: make(group, 'settled') })
  return { certified: line('certified'), other: line('other') }
}

/** The newcomers of a category, kept in the order of a hash of their ids, in which lots are drawn. */
export class NewcomerPool<T> {
  private readonly lines: Lines<Member<T>[]> = linesOf(() => [])
  private readonly members = new Map<string, Member<T>>()

  constructor(members: Iterable<Member<T>>) {
    const ordered = Array.from(members, (member) => ({ ...hashed(member.id), member })).sort(byHash)
    for (const { id, member } of ordered) {
      this.members.set(id, member)
      this.lines[member.group][member.weight].push(member)
    }
  }

  /** Lets somebody in as what they are now, or out. */
  move(id: string, member: Member<T> | undefined): void {
    const before = this.members.get(id)
    if (before) {
      const line = this.lines[before.group][before.weight]
      line.splice(placeIn(line, id), 1)
      this.members.delete(id)
    }
    if (!member) return
    this.members.set(id, member)
    const line = this.lines[member.group][member.weight]
    line.splice(placeIn(line, id), 0, member)
  }

  memberOf(id: string): Member<T> | undefined {
    return this.members.get(id)
  }

  /** Everybody, or those of whom something holds, but these few. */
  without(ids: readonly string[], holds?: (member: Member<T>) => boolean): Pool<Member<T>> {
    const known = ids.flatMap((id) => this.members.get(id) ?? [])
    return linesOf((group, weight) => {
      const all = this.lines[group][weight]
      const line = holds ? all.filter(holds) : all
      const gaps = known
        .filter((member) => member.group === group && member.weight === weight && (!holds || holds(member)))
        .map(({ id }) => placeIn(line, id))
      return without(
        line,
        [...new Set(gaps)].sort((a, b) => a - b),
      )
    })
  }
}

/** All of a line, the fresh first. */
export function* everybodyIn<T>({ fresh, settled }: Line<T>): Iterable<T> {
  for (const line of [fresh, settled]) for (let nth = 0; nth < line.length; nth += 1) yield line.at(nth) as T
}
