import { choicesOf } from '../../item/definition-of.ts'
import type { CompileMemory } from '../compile-memory.ts'
import { error, warning } from '../diagnostic.ts'
import { say } from '../said.ts'
import { indexShingles, nearestIn, shinglesOf } from './shingle-index.ts'
import type { Subject } from './subject.ts'

/** One shingle in this many is kept (by its hash), the same ones in every item. */
const SAMPLE = 8
/** A shingle that stands in more items than this is a phrase of the house and tells nothing. */
const MOST_SHARING = 40
/** Similarity (Jaccard, on the sample) from which two items are near duplicates. */
const NEAR = 0.75
/** The same of an item for practice and any other, on all shingles: whoever practised must not know half of a question. */
const NEAR_PRACTICE = 0.4
/** Shorter texts share too many shingles by chance. */
const FEWEST_SHINGLES = 8

const enemies = (a: Subject, b: Subject) => a.item.enemies.includes(b.item.id) || b.item.enemies.includes(a.item.id)

/** Everything a candidate reads of an item, without spaces; entries in an order of their own. */
function contentOf({ stemText, wording }: Subject): string {
  return [
    stemText,
    ...choicesOf(wording.stem)
      .map((part) => part.text)
      .sort(),
  ]
    .join('\n')
    .replace(/[ \t\u3000]+/g, '')
}

/** Same and similar items of one locale. Linear: sampled shingles in an inverted index with bounded lists. */
export function lintDuplicates(subjects: readonly Subject[], memory: CompileMemory): void {
  const contents = subjects.map((subject) => memory.once('content', [subject.wording], () => contentOf(subject)))
  const first = new Map<string, number>()
  const distinct: number[] = []
  contents.forEach((content, i) => {
    const twin = first.get(content)
    if (twin === undefined) {
      first.set(content, i)
      distinct.push(i)
    } else reportTwins(subjects[twin] as Subject, subjects[i] as Subject)
  })
  reportNear(
    subjects,
    (i) => memory.once('shingles', [(subjects[i] as Subject).wording], () => shinglesOf(contents[i] as string, SAMPLE)),
    distinct,
  )
  lintPractice(
    subjects,
    (i) => memory.once('all shingles', [(subjects[i] as Subject).wording], () => shinglesOf(contents[i] as string)),
    memory,
  )
}

/**
 * What anybody may read with its key is no other item in other words. An index for each file: what stands in a file that
 * has not changed is not compared again.
 */
function lintPractice(
  subjects: readonly Subject[],
  shinglesAt: (i: number) => ReadonlySet<number>,
  memory: CompileMemory,
): void {
  const [open = [], others = []] = [true, false].map((isOpen) =>
    subjects.flatMap(({ item }, i) => ((item.status === 'practice') === isOpen ? [i] : [])),
  )
  if (open.length === 0) return
  const wordingAt = (i: number) => (subjects[i] as Subject).wording
  const files = [...Map.groupBy(others, (i) => (subjects[i] as Subject).variant.bank)].map(([bank, members]) => ({
    path: (subjects[members[0] as number] as Subject).variant.path,
    members,
    index: memory.once('index', [bank, ...members.map(wordingAt)], () => indexShingles(members.map(shinglesAt))),
  }))
  for (const i of open) {
    const [nearest] = files
      .flatMap(({ path, members, index }) => {
        const found = memory.once(`nearest in ${path}`, [wordingAt(i), index], () => nearestIn(index, shinglesAt(i)))
        return found ? { at: members[found.at] as number, similarity: found.similarity } : []
      })
      .sort((a, b) => b.similarity - a.similarity || a.at - b.at)
    if (nearest && nearest.similarity >= NEAR_PRACTICE) reportPractice(subjects, i, nearest)
  }
}

function reportPractice(
  subjects: readonly Subject[],
  i: number,
  { at, similarity }: { readonly at: number; readonly similarity: number },
): void {
  const [mine, { item }] = [subjects[i] as Subject, subjects[at] as Subject]
  mine.report(
    mine.at.heading,
    error(
      'practice/near-live',
      say('finding.muchAlike', { id: item.id, percent: Math.round(similarity * 100) }),
      say('advice.writeAnother'),
    ),
  )
}

function reportTwins(a: Subject, b: Subject): void {
  if (a.item.status === 'retired' || b.item.status === 'retired') return
  const same =
    a.right
      .map((i) => a.options[i]?.text)
      .sort()
      .join('\n') ===
    b.right
      .map((i) => b.options[i]?.text)
      .sort()
      .join('\n')
  if (!same)
    b.report(
      b.at.heading,
      error('key/conflict', say('finding.sameQuestionOtherKey', { id: a.item.id }), say('advice.keepRightOne')),
    )
  else if (!enemies(a, b))
    b.report(
      b.at.heading,
      error('item/duplicate', say('finding.sameQuestion', { id: a.item.id }), say('advice.deleteOrRetire')),
    )
}

function reportNear(
  subjects: readonly Subject[],
  shinglesAt: (i: number) => ReadonlySet<number>,
  distinct: readonly number[],
): void {
  const index = new Map<number, number[]>()
  const sizes = new Map<number, number>()
  for (const i of distinct) {
    const shingles = shinglesAt(i)
    if (shingles.size < FEWEST_SHINGLES) continue
    sizes.set(i, shingles.size)
    const shared = new Map<number, number>()
    for (const shingle of shingles) {
      const sharing = index.get(shingle)
      if (!sharing) index.set(shingle, [i])
      else if (sharing.length < MOST_SHARING) {
        for (const other of sharing) shared.set(other, (shared.get(other) ?? 0) + 1)
        sharing.push(i)
      }
    }
    reportNearest(subjects, i, shared, sizes)
  }
}

function reportNearest(
  subjects: readonly Subject[],
  i: number,
  shared: ReadonlyMap<number, number>,
  sizes: ReadonlyMap<number, number>,
): void {
  const mine = subjects[i] as Subject
  for (const [other, count] of shared) {
    const similarity = count / ((sizes.get(i) ?? 0) + (sizes.get(other) ?? 0) - count)
    const theirs = subjects[other] as Subject
    if (
      similarity < NEAR ||
      enemies(mine, theirs) ||
      mine.item.status === 'retired' ||
      theirs.item.status === 'retired'
    )
      continue
    mine.report(
      mine.at.heading,
      warning(
        'item/near-duplicate',
        say('finding.muchAlike', { id: theirs.item.id, percent: Math.round(similarity * 100) }),
        say('advice.declareEnemies', { id: theirs.item.id }),
      ),
    )
    return
  }
}
