import type { Bank, ExamDefinition } from '../bank.ts'
import type { Item } from '../item.ts'
import { describeItem, type ItemFact, plainText } from './describe-item.ts'

/** One thing that reads otherwise now; empty where there was or is nothing. */
export interface FactChange extends Pick<ItemFact, 'field' | 'locale'> {
  readonly before: string
  readonly after: string
}

export interface ItemChange {
  readonly id: string
  readonly before: Item
  readonly after: Item
  readonly facts: readonly FactChange[]
}

/** A term of the exam itself that changed: a path in its definition, and its JSON before and after. */
export interface TermChange {
  readonly path: string
  readonly before: string
  readonly after: string
}

export interface BankComparison {
  readonly terms: readonly TermChange[]
  readonly added: readonly Item[]
  readonly removed: readonly Item[]
  readonly changed: readonly ItemChange[]
  readonly same: number
}

const nameOf = ({ field, locale }: Pick<ItemFact, 'field' | 'locale'>): string => `${locale ?? ''} ${field}`

/** What can be read otherwise of an item now; empty where nothing can. */
export function compareItems(before: Item, after: Item): FactChange[] {
  const [was, is] = [before, after].map((item) => new Map(describeItem(item).map((fact) => [nameOf(fact), fact])))
  const names = [...new Set([...(was?.keys() ?? []), ...(is?.keys() ?? [])])]
  return names.flatMap((name) => {
    const [old, now] = [was?.get(name), is?.get(name)]
    const { field, locale } = (now ?? old) as ItemFact
    return old?.text === now?.text ? [] : [{ field, ...(locale ? { locale } : {}), before: old?.text ?? '', after: now?.text ?? '' }]
  })
}

/** The terms of an exam by path: lists of named parts by their names, everything else as deep as it goes. */
function termsOf(value: unknown, path: string, into: Map<string, string>): Map<string, string> {
  if (typeof value !== 'object' || value === null) return into.set(path, typeof value === 'string' ? value : String(value))
  const named = Array.isArray(value) && value.every((part) => typeof part === 'object' && part !== null && ('topic' in part || 'id' in part))
  if (Array.isArray(value) && !named) return into.set(path, value.map((part) => (typeof part === 'object' ? JSON.stringify(part) : String(part))).join('\n'))
  const parts = named ? value.map((part) => [String(part.topic ?? part.id), part] as const) : Object.entries(value)
  for (const [name, part] of parts) if (part !== undefined) termsOf(part, path === '' ? name : `${path}.${name}`, into)
  return into
}

function compareTerms(before: ExamDefinition, after: ExamDefinition): TermChange[] {
  const [was, is] = [before, after].map((exam) => termsOf({ ...exam, rulesHtml: Object.fromEntries(Object.entries(exam.rulesHtml).map(([locale, html]) => [locale, plainText(html)])) }, '', new Map()))
  const paths = [...new Set([...(was?.keys() ?? []), ...(is?.keys() ?? [])])].sort()
  return paths.flatMap((path) => (was?.get(path) === is?.get(path) ? [] : [{ path, before: was?.get(path) ?? '', after: is?.get(path) ?? '' }]))
}

/** What a person must look at before one version takes the place of another. Judged by what can be read, not by the hashes that came along. */
export function compareBanks(before: Bank | undefined, after: Bank): BankComparison {
  const was = new Map(before?.items.map((item) => [item.id, item]))
  const ids = new Set(after.items.map(({ id }) => id))
  const kept = after.items.flatMap((item): ItemChange[] => {
    const old = was.get(item.id)
    return old ? [{ id: item.id, before: old, after: item, facts: compareItems(old, item) }] : []
  })
  const changed = kept.filter(({ facts }) => facts.length > 0)
  return {
    terms: before ? compareTerms(before.exam, after.exam) : [],
    added: after.items.filter(({ id }) => !was.has(id)),
    removed: (before?.items ?? []).filter(({ id }) => !ids.has(id)),
    changed,
    same: kept.length - changed.length,
  }
}
