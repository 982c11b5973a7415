import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bankHash, itemHash, sha256 } from '../../../src/authoring/content-hash.ts'
import type { Bank } from '../../../src/item/bank.ts'
import { familyContent, type TaskFamily } from '../../../src/item/family.ts'
import type { Item } from '../../../src/item/item.ts'
import { derivedIssues } from '../../../src/item/publishing/check-derived.ts'
import { compareBanks, isGradedOtherwise } from '../../../src/item/publishing/compare-banks.ts'
import { randomFrom } from '../../../src/kernel/random.ts'
import { bankSchema } from '../../../src/web/bank-schema.ts'
import { Comparison } from '../../../src/web/staff/bank/comparison.tsx'
import { keyChanges } from '../../../src/web/staff/desk/source-difference.tsx'
import { textsOf } from '../../../src/web/ui/message.ts'
import { cases } from '../../support/cases.ts'
import { shippedExam } from '../../support/shipped-bank.ts'

// Whoever hands a bank in may change any value of it, and make hashes fit again. What then is taken must be on the
// approver's page, under the name of the item, the study sheet or the task.
//   LEAVES=all npm test -- every-leaf     walks every value of the exams, not a share

const ALL = process.env.LEAVES === 'all'
const SHARE = cases(100, 8)
/** Of what no exam has, which is looked at besides: every so many of its values. */
const STRIDE = process.env.CASES === 'all' ? 1 : 3

const context = { t: textsOf('en'), locale: 'en', path: '/' } as never
const drawn = new Map<Bank, { readonly again: string; readonly first: string }>()
/** The pages of a bank that nobody changed, each made once. */
function unchangedPages(bank: Bank) {
  const pages = drawn.get(bank) ?? { again: pageOf(bank, bank), first: pageOf(undefined, bank) }
  drawn.set(bank, pages)
  return pages
}
const pageOf = (before: Bank | undefined, after: Bank) =>
  String(<Comparison context={context} of={compareBanks(before, after)} isFirst={!before} page={1} />)

type Path = readonly (string | number)[]
type Tree = Record<string | number, unknown>

function* leavesOf(value: unknown, path: Path = []): Generator<readonly [Path, string | number | boolean]> {
  if (typeof value !== 'object' || value === null) {
    if (value !== undefined) yield [path, value as string]
    return
  }
  for (const [name, part] of Object.entries(value)) yield* leavesOf(part, [...path, name])
}

/** The tree with another value at a place; undefined takes it out. */
function changed<T>(tree: T, [name, ...rest]: Path, value: unknown): T {
  const copy = (Array.isArray(tree) ? [...tree] : { ...tree }) as Tree
  if (rest.length > 0) copy[name as string] = changed(copy[name as string], rest, value)
  else if (value === undefined && !Array.isArray(tree)) delete copy[name as string]
  else copy[name as string] = value
  return copy as T
}

/** Other values that somebody might put in place of one, some so that nobody would see it. */
function othersOf(leaf: string | number | boolean): unknown[] {
  if (typeof leaf === 'boolean') return [!leaf]
  if (typeof leaf === 'number') return [leaf + 1, leaf * 2, String(leaf)].filter((other) => other !== leaf)
  const at = Math.floor(leaf.length / 2)
  return [
    `${leaf}x`,
    `${leaf}\u200b`,
    `${leaf}<wbr>`,
    `${leaf} </p><form action="/staff/proposals/prp_1/approve">`,
    `${leaf.slice(0, at)}${leaf.slice(at + 1)}`,
    leaf.replace('https://', 'https://x.'),
    leaf.replace(/(base64,.{40})./, (_, kept: string) => `${kept}B`),
    leaf.replaceAll('<wbr>', ''),
    leaf.replace('<strong>', '<em>').replace('</strong>', '</em>'),
    /^\d/.test(leaf) ? '7' : 'retired',
    undefined,
  ].filter((other) => other !== leaf)
}

const seal = (item: Item): Item => ({ ...item, hash: itemHash(item) })
const sealTask = (task: TaskFamily): TaskFamily => ({ ...task, hash: sha256(familyContent(task)) })
function sealed(exam: Bank['exam'], items: readonly Item[], { studySheets, tasks }: Partial<Bank> = {}): Bank {
  const content = { exam, items, ...(studySheets ? { studySheets } : {}), ...(tasks ? { tasks } : {}) }
  return { ...content, hash: bankHash(content) }
}
const digest = async (text: string) =>
  Buffer.from(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))).toString('hex')
const isTaken = async (bank: Bank) =>
  bankSchema.safeParse(bank).success && (await derivedIssues(bank, digest)).length === 0

/** What an attacker makes of a bank: the changed value, and every hash but a changed one made to fit. */
function forged(bank: Bank, path: Path, value: unknown): Bank {
  const next = changed(bank, path, value)
  const items =
    path[0] === 'items' && path.at(-1) !== 'hash'
      ? next.items.map((item, i) => (String(i) === path[1] ? trySeal(item) : item))
      : next.items
  const tasks =
    path[0] === 'tasks' && path.at(-1) !== 'hash'
      ? next.tasks?.map((task, i) => (String(i) === path[1] ? sealTask(task) : task))
      : next.tasks
  return path[0] === 'hash' ? next : sealed(next.exam, items, { ...next, tasks })
}

const trySeal = (item: Item): Item => {
  try {
    return seal(item)
  } catch {
    return item
  }
}

async function judge(bank: Bank, path: Path, value: unknown): Promise<'refused' | 'shown' | 'hidden'> {
  let next: Bank
  try {
    next = forged(bank, path, value)
  } catch {
    return 'refused'
  }
  if (!(await isTaken(next))) return 'refused'
  const named =
    path[0] === 'items'
      ? `<span class="sub mono">${next.items[Number(path[1])]?.id}</span>`
      : path[0] === 'studySheets'
        ? `<b>${bank.studySheets?.[Number(path[1])]?.skill}</b>`
        : path[0] === 'tasks'
          ? `<b>${bank.tasks?.[Number(path[1])]?.id}</b>`
          : `<code>${path.slice(1).join('.')}</code>`
  const page = pageOf(bank, next)
  const isHint = typeof value === 'string' && page.includes('lines may break elsewhere')
  const where = isHint ? `<p>${next.items[Number(path[1])]?.id}</p>` : named
  const unchanged = unchangedPages(bank)
  return page !== unchanged.again &&
    (page.includes(where) || page.includes(`<span class="sub mono">${bank.items[Number(path[1])]?.id}</span>`)) &&
    pageOf(undefined, next) !== unchanged.first
    ? 'shown'
    : 'hidden'
}

const picture =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

/** Banks of one item each, which hold every value of an exam between them: pages of a whole exam would take an hour. */
async function singles(name: string): Promise<Bank[]> {
  const bank = await shippedExam(name)
  return bank.items.map((item) => sealed(bank.exam, [item]))
}

/** An item with a study sheet beside it. */
async function studied(name: string): Promise<Bank> {
  const { exam, items, studySheets } = await shippedExam(name)
  return sealed(exam, items.slice(0, 1), { studySheets: studySheets?.slice(0, 1) })
}

/** An item with each kind of practical task beside it. */
async function tasked(name: string): Promise<Bank[]> {
  const { exam, items, tasks = [] } = await shippedExam(name)
  const one = new Map(tasks.map((task) => [task.kind, task]))
  return [...one.values()].map((task) => sealed(exam, items.slice(0, 1), { tasks: [task] }))
}

/** An item with what no item of the exams has: a picture and a link. */
function illustrated(bank: Bank): Bank {
  const [item] = bank.items as readonly [Item]
  const wording = item.wordings.ja as NonNullable<typeof item.wordings.ja>
  const extra = `<p><img src="${picture}" alt="図"><a href="https://kentei.example/" rel="noopener noreferrer">出典</a></p>`
  const stem = { ...wording.stem, html: `${wording.stem.html}${extra}` }
  return sealed(bank.exam, [seal({ ...item, wordings: { ...item.wordings, ja: { ...wording, stem } } } as Item)])
}

describe.each(['business-admin', 'web-writer'])('a bank of %s that somebody changed in one place', async (name) => {
  const banks = [...(await singles(name)), ...(await tasked(name))]
  banks.push(illustrated(banks[0] as Bank), await studied(name))
  // the terms of the exam stand in each of them: once is enough
  const places = banks.flatMap((bank, i) =>
    [...leavesOf(bank)]
      .filter(([path]) => i === 0 || ['items', 'studySheets', 'tasks'].includes(path[0] as string))
      .map(([path, leaf]) => ({ bank, path, leaf })),
  )
  const ofTasks = places.filter(({ path }) => path[0] === 'tasks')
  const last = places.filter(({ bank }) => banks.indexOf(bank) >= banks.length - 2)

  it('is as the compiler made it, and taken, before', async () => {
    for (const bank of banks) expect(await isTaken(bank), bank.items[0]?.id).toBe(true)
  })

  it(ALL
    ? 'shows every change of every value on the approver’s page, or is refused'
    : 'shows the change on the approver’s page, or is refused', async () => {
    const random = randomFrom('5eed5eed5eed5eed5eed5eed5eed5eed')
    const judged = ALL
      ? places
      : [
          ...last.filter((_, nth) => nth % STRIDE === 0),
          ...[places, ofTasks].flatMap((all) =>
            Array.from(
              { length: all === ofTasks ? SHARE / 4 : SHARE },
              () => all[random.below(all.length)] as (typeof places)[number],
            ),
          ),
        ]
    const tally = { refused: 0, shown: 0, hidden: 0 }
    for (const { bank, path, leaf } of judged)
      for (const other of othersOf(leaf)) {
        const verdict = await judge(bank, path, other)
        tally[verdict] += 1
        expect(
          verdict,
          `${bank.items[0]?.id} ${path.join('.')} ${String(leaf).slice(0, 200)} → ${String(other).slice(0, 200)}`,
        ).not.toBe('hidden')
      }
    if (ALL) console.log(name, places.length, 'values', tally)
    expect(tally.shown).toBeGreaterThan(50)
    expect(tally.refused).toBeGreaterThan(50)
  }, 3_600_000)

  it('shows two options that changed places, in their html and in their text', async () => {
    const bank = banks.find(({ items: [item] }) => item?.type === 'single') as Bank
    const stem = bank.items[0]?.wordings.ja?.stem
    const choices = stem && 'choices' in stem ? stem.choices : []
    const path = ['items', '0', 'wordings', 'ja', 'stem', 'choices']
    expect(await judge(bank, path, [choices[1], choices[0], ...choices.slice(2)])).toBe('shown')
  })

  it('is refused when what candidates read and what the approver compares are two things', async () => {
    let swapped = 0
    for (const bank of banks) {
      const [item] = bank.items as readonly [Item]
      const { stem, secret } = item.wordings.ja as NonNullable<typeof item.wordings.ja>
      if (!('choices' in stem) || !('choice' in secret.key)) continue
      const { choice: right } = secret.key
      const wrong = right === 0 ? 1 : 0
      const choices = stem.choices.map(({ text }, i) => ({
        text,
        html: stem.choices[i === right ? wrong : i === wrong ? right : i]?.html,
      }))
      expect(await judge(bank, ['items', '0', 'wordings', 'ja', 'stem', 'choices'], choices), item.id).toBe('refused')
      swapped += 1
    }
    expect(swapped).toBeGreaterThan(50)
  })
})

describe('a practical task that somebody changed', async () => {
  const [bank] = (await tasked('business-admin')) as [Bank]
  const [task] = bank.tasks as readonly [TaskFamily]
  const comparedWith = (change: Partial<TaskFamily>) =>
    compareBanks(bank, sealed(bank.exam, bank.items, { tasks: [sealTask({ ...task, ...change })] }))

  it('is graded otherwise where its body is another one', () => {
    const comparison = comparedWith({ body: { ...(task.body as object), extra: 1 } })
    expect(comparison.tasks.map(isGradedOtherwise)).toEqual([true])
    expect([...keyChanges(comparison)]).toEqual([`tasks/${task.id}`])
  })

  it('is graded as before where only its notes are', () => {
    const comparison = comparedWith({ notes: 'asked by a reader' })
    expect(comparison.tasks.map(({ texts }) => texts.map(({ field }) => field))).toEqual([['notes']])
    expect(keyChanges(comparison).size).toBe(0)
  })
})

describe('exact changes', () => {
  it('find any difference between two values of any shape', async () => {
    const { exactChanges } = await import('../../../src/item/publishing/compare-banks.ts')
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
        expect(exactChanges({ a }, { a: b }).changes.length > 0).toBe(
          JSON.stringify(a) !== JSON.stringify(b) && !sameLeaves(a, b),
        )
      }),
    )
  })
})

/** Two values whose only difference is the order of their keys. */
function sameLeaves(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return Object.is(a, b) || a === b
  const names = [...new Set([...Object.keys(a), ...Object.keys(b)])]
  return (
    Array.isArray(a) === Array.isArray(b) &&
    names.every(
      (name) => Object.hasOwn(a, name) && Object.hasOwn(b, name) && sameLeaves((a as Tree)[name], (b as Tree)[name]),
    )
  )
}
