import type { AnswerSource, ItemDefaults, ItemSource, Pills } from '../bank-source.ts'
import { printPills } from '../print-bank.ts'
import { readPills } from '../read-pills.ts'
import { say } from '../said.ts'
import { writtenTypeOf } from '../written-types.ts'
import { type Loss, loss } from './exchange.ts'

/**
 * What other systems call tags or keywords: the pills of an item in their English spelling, the unit of a numeric key and
 * the headings of a match item's columns.
 */
export function pillWords(item: ItemSource): string[] {
  const written = writtenTypeOf(item.pills.type)
  const words = printPills(item.pills, 'en', written.lengthOf?.(item.answer)).slice(1, -1).split('` `')
  return [...words, ...(written.tagsOf?.(item.answer) ?? [])]
}

export interface ReadWords {
  readonly pills: Partial<Pills>
  readonly length?: { readonly min: number; readonly max: number }
  readonly unit?: string
  readonly columns?: readonly [string, string]
  /** Tags that are none of our words. */
  readonly unknown: readonly string[]
}

const OWN_ID = /^[a-z][a-z0-9-]*-\d{1,6}$/

/** Whether an item was ours once: it has an id as ours have and its type among its tags. A tag like "essay" anybody may give. */
export const wasOurs = ({ pills }: Pick<ReadWords, 'pills'>, id: string | undefined): boolean =>
  pills.type !== undefined && OWN_ID.test(id ?? '')

/** Reads tags. */
export function readPillWords(words: readonly string[]): ReadWords {
  const known: string[] = []
  const unknown: string[] = []
  let unit: string | undefined
  let columns: readonly [string, string] | undefined
  for (const word of words) {
    const measured = /^unit:(.+)$/.exec(word)?.[1]?.trim()
    const headings = /^columns:(.*) \| (.*)$/.exec(word)
    if (measured) unit = measured
    else if (headings) columns = [headings[1] as string, headings[2] as string]
    else if (!word.includes('`') && isPill(word)) known.push(`\`${word}\``)
    else unknown.push(word)
  }
  const { length, ...pills } = readPills([known.join(' ')], 0, 1, () => {})
  return {
    pills: pills as Partial<Pills>,
    unknown,
    ...(length ? { length } : {}),
    ...(unit === undefined ? {} : { unit }),
    ...(columns ? { columns } : {}),
  }
}

function isPill(word: string): boolean {
  let refused = word.trim() === ''
  readPills([`\`${word}\``], 0, 1, (_, { rule }) => {
    refused ||= rule !== 'pill/unused'
  })
  return !refused
}

/** An item of a file with the file's defaults written out, as it must stand where there are none. */
export function withDefaults(item: ItemSource, defaults: ItemDefaults): ItemSource {
  return {
    ...item,
    pills: {
      ...item.pills,
      ...Object.fromEntries(Object.entries(defaults).filter(([key]) => item.pills[key as keyof Pills] === undefined)),
    },
  }
}

/** The reverse: what the file's defaults say already is not written at the item. */
export function withoutDefaults(item: ItemSource, defaults: ItemDefaults): ItemSource {
  const own = Object.entries(item.pills).filter(([key, value]) => value !== (defaults as Record<string, unknown>)[key])
  return { ...item, pills: Object.fromEntries(own) as unknown as Pills }
}

/** What an item says by saying nothing, where no defaults say otherwise. */
const UNSAID = { points: 1, difficulty: 3, version: 1 } as const

/** The item as it is to be read below a file's defaults: what it left unsaid in a file of its own must be said there. */
export const saidBelow = (item: ItemSource, defaults: ItemDefaults): ItemSource => ({
  ...item,
  pills: {
    ...Object.fromEntries(
      Object.entries(UNSAID).filter(([key]) => (defaults as Record<string, unknown>)[key] !== undefined),
    ),
    ...Object.fromEntries(Object.entries(item.pills).filter(([, value]) => value !== undefined)),
  } as unknown as Pills,
})

/** The pills that an item of elsewhere starts with: not drawn before somebody has looked at it, whatever its tags say. */
export const foreignPills = (type: Pills['type'], more: Partial<Pills> = {}): Pills => ({
  enemies: [],
  partial: false,
  fixed: false,
  ...more,
  type,
  status: 'draft',
})

const MOST_POINTS = 999

/** The points of an item of other hands; without any it counts as one. */
export function pillOfPoints(points: number, { form }: AnswerSource, losses: Loss[]): Pick<Pills, 'points'> {
  if (points === 1) return {}
  if (Number.isInteger(points) && points > 0 && points <= MOST_POINTS && form !== 'essay') return { points }
  losses.push(
    form === 'essay'
      ? loss('weight', say('exchange.essayPointsLost', { points }))
      : loss('weight', say('exchange.pointsLost', { points })),
  )
  return {}
}
