import type { PresentedItem, PresentedResponse } from '../../../form/form.ts'
import { MAX_TEXT } from '../../../form/read-response.ts'

/** One section of the paper as a plain form posts it. Field names: `q3` (choice, choices, text), `q3.1` (a blank, a pair or a place). */
export type FormFields = Readonly<Record<string, readonly string[]>>

export interface Save {
  readonly item: string
  readonly revision: number
  readonly response: PresentedResponse
}

/** Why an entry could not be kept as it stands; the sentence is the page's. */
export type EntryProblem = 'order-incomplete' | 'too-long' | 'unreadable'

export interface SectionEntries {
  readonly saves: readonly Save[]
  readonly problems: Readonly<Record<string, EntryProblem>>
}

export const revisionField = (ref: string): string => `rev.${ref}`
export const flagField = (ref: string): string => `flag.${ref}`

const first = (fields: FormFields, name: string): string => fields[name]?.[0] ?? ''

/** The value of every numbered control of an item (`q3.a`, `q3.b` …) that is not empty. */
const parts = (fields: FormFields, item: PresentedItem, refs: readonly string[]): Record<string, string> =>
  Object.fromEntries(refs.map((ref) => [ref, first(fields, `${item.ref}.${ref}`)] as const).filter(([, value]) => value !== ''))

/** What one item's controls say, before it is checked; `undefined` where an order is only half given. */
export function entryOf(item: PresentedItem, fields: FormFields): PresentedResponse | undefined {
  const refsOf = (list: readonly { readonly ref: string }[] | undefined) => (list ?? []).map(({ ref }) => ref)
  switch (item.type) {
    case 'single':
    case 'true-false': {
      const choice = first(fields, item.ref)
      return choice === '' ? null : { choice }
    }
    case 'multiple': {
      const choices = fields[item.ref] ?? []
      return choices.length === 0 ? null : { choices }
    }
    case 'numeric':
    case 'short':
    case 'essay': {
      const text = first(fields, item.ref)
      return text.trim() === '' ? null : { text }
    }
    case 'cloze': {
      const blanks = parts(fields, item, refsOf(item.blanks))
      return Object.keys(blanks).length === 0 ? null : { blanks }
    }
    case 'match': {
      const pairs = parts(fields, item, refsOf(item.left))
      return Object.keys(pairs).length === 0 ? null : { pairs }
    }
    case 'order': {
      const places = Object.entries(parts(fields, item, refsOf(item.options)))
      if (places.length === 0) return null
      const order = places.sort(([, a], [, b]) => Number(a) - Number(b)).map(([ref]) => ref)
      const distinct = new Set(places.map(([, place]) => place)).size === places.length
      return distinct && places.length === item.options?.length ? { order } : undefined
    }
    default:
      return item.type satisfies never
  }
}

/** Refs that this paper does not have, or text beyond the limit: one bad entry must not cost the others. */
function problemOf(item: PresentedItem, entry: PresentedResponse): EntryProblem | undefined {
  if (entry === null) return undefined
  const unknown = (list: readonly { readonly ref: string }[] | undefined, refs: readonly string[]) => refs.some((ref) => !list?.some((option) => option.ref === ref))
  if ('text' in entry) return entry.text.length > MAX_TEXT ? 'too-long' : undefined
  if ('choice' in entry) return unknown(item.options, [entry.choice]) ? 'unreadable' : undefined
  if ('choices' in entry) return unknown(item.options, entry.choices) ? 'unreadable' : undefined
  if ('order' in entry) return unknown(item.options, entry.order) ? 'unreadable' : undefined
  if ('pairs' in entry) return unknown(item.right, Object.values(entry.pairs)) ? 'unreadable' : undefined
  for (const blank of item.blanks ?? []) {
    const value = entry.blanks[blank.ref] ?? ''
    if (value.length > MAX_TEXT) return 'too-long'
    if (blank.options && value !== '' && unknown(blank.options, [value])) return 'unreadable'
  }
  return undefined
}

const same = (a: PresentedResponse, b: PresentedResponse): boolean => JSON.stringify(a) === JSON.stringify(b)

/**
 * Reads the section that was shown: only items whose revision field came along, and only those that changed. The form's own
 * revision is the one the page was made with, so an entry made on an old page does not overwrite a newer one.
 */
export function readSection(items: readonly PresentedItem[], fields: FormFields, stored: Readonly<Record<string, { readonly response: PresentedResponse }>>): SectionEntries {
  const saves: Save[] = []
  const problems: Record<string, EntryProblem> = {}
  for (const item of items) {
    const shown = Number(first(fields, revisionField(item.ref)))
    if (fields[revisionField(item.ref)] === undefined || !Number.isSafeInteger(shown) || shown < 0) continue
    const entry = entryOf(item, fields)
    if (entry === undefined) {
      problems[item.ref] = 'order-incomplete'
      continue
    }
    if (same(entry, stored[item.ref]?.response ?? null)) continue
    const problem = problemOf(item, entry)
    if (problem) problems[item.ref] = problem
    else saves.push({ item: item.ref, revision: shown + 1, response: entry })
  }
  return { saves, problems }
}

/** Flags of a plain form: those ticked in the shown section and those it carried along for the others. */
export function readFlags(items: readonly PresentedItem[], fields: FormFields): string[] {
  const shown = new Set(items.map(({ ref }) => ref))
  const carried = first(fields, 'flags')
    .split('.')
    .filter((ref) => /^q\d{1,3}$/.test(ref) && !shown.has(ref))
  return [...carried, ...items.filter(({ ref }) => fields[flagField(ref)] !== undefined).map(({ ref }) => ref)]
}
