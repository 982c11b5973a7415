import type { Item, ItemStatus, Locale, Wording } from '../item/item.ts'
import { STATUS_WORDS } from '../item/source/status-words.data.ts'
import type { BankSource, ItemDefaults, ItemPlaces, ItemSource, Pills } from './bank-source.ts'
import { error, type Finding, type Report, warning } from './diagnostic.ts'
import { withDefaults, withoutDefaults } from './formats/pill-words.ts'
import { UNTRANSLATED } from './keywords.data.ts'
import { printItem } from './print-bank.ts'
import { type Said, say } from './said.ts'
import { writtenTypeOf } from './written-types.ts'

/** An item in all its locales, the exam's first locale first. */
export interface CompiledItem {
  /** Absent when any locale of it is in error. */
  readonly item?: Item
  readonly variants: readonly ItemVariant[]
}

/** One locale's version of an item with where it came from. */
export interface ItemVariant {
  readonly path: string
  readonly locale: Locale
  readonly bank: BankSource
  readonly source: ItemSource
  readonly places: ItemPlaces
  readonly report: Report
  /** Absent when the item's content is in error. */
  readonly wording?: Wording
}

/** An item's pills with what its file says for all and, failing that, what holds everywhere. */
export const settledPills = (pills: Pills, defaults: ItemDefaults) => ({
  ...pills,
  points: pills.points ?? defaults.points ?? 1,
  status: pills.status ?? defaults.status ?? ('live' satisfies ItemStatus),
  version: pills.version ?? defaults.version ?? 1,
})

const pillsOf = ({ source, bank }: ItemVariant) => settledPills(source.pills, bank.defaults)

/** A translation that is a draft beside a version that is none: it waits, and the others do without it. */
export const isDraft = (variant: ItemVariant): boolean => pillsOf(variant).status === 'draft'

/** How one locale of an item fails to be the item that another is. A stale one lacks the other's newer version. */
export type Difference = 'type' | 'points' | 'status' | 'key' | 'variables' | 'stale'

/** What differs between two locales of an item; nothing of the key is compared where the type is another. */
export function differencesOf(first: ItemVariant, other: ItemVariant): Difference[] {
  const [mine, theirs] = [pillsOf(first), pillsOf(other)]
  const stale: Difference[] = mine.version === theirs.version ? [] : ['stale']
  if (mine.type !== theirs.type) return ['type', ...stale]
  const differs = (difference: Difference, isSame: boolean): Difference[] => (isSame ? [] : [difference])
  return [
    ...differs('points', mine.points === theirs.points),
    ...differs('status', mine.status === theirs.status || isDraft(first) || isDraft(other)),
    ...differs('key', sameKeyShape(first, other) && mine.partial === theirs.partial),
    ...differs('variables', sameArithmetic(first, other)),
    ...stale,
  ]
}

/** What a difference is called, for the author of the second. */
export function findingOf(difference: Difference, first: ItemVariant, other: ItemVariant): Finding {
  const { id } = first.source
  const [mine, theirs] = [pillsOf(first), pillsOf(other)]
  const key = (what: Said) => error('locale/key-mismatch', what, say('advice.sameInBoth'))
  switch (difference) {
    case 'type':
      return error('locale/mismatch', say('finding.localeTypeDiffers', { id }), say('advice.sameInBoth'))
    case 'points':
      return error('locale/mismatch', say('finding.localePointsDiffer', { id }), say('advice.sameInBoth'))
    case 'status':
      return error(
        'locale/mismatch',
        say('finding.localeStatusDiffers', {
          id,
          firstLocale: first.locale,
          mine: STATUS_WORDS[mine.status],
          otherLocale: other.locale,
          theirs: STATUS_WORDS[theirs.status],
        }),
        say('advice.sameInBoth'),
      )
    case 'key':
      return key(say('finding.localeKeyDiffers', { id }))
    case 'variables':
      return key(say('finding.localeVariablesDiffer', { id }))
    case 'stale':
      return warning(
        'locale/stale',
        say('finding.localeVersionDiffers', {
          id,
          firstLocale: first.locale,
          firstVersion: mine.version,
          otherLocale: other.locale,
          otherVersion: theirs.version,
        }),
        say('advice.reviewTranslation'),
      )
    default:
      return difference satisfies never
  }
}

/** What must be the same in every locale of two keys of one type: positions, numbers and pairs, never wording. */
function sameKeyShape(a: ItemVariant, b: ItemVariant): boolean {
  const written = writtenTypeOf(a.source.pills.type)
  const shapeOf = ({ source }: ItemVariant) => JSON.stringify(written.keyShape(source.answer))
  const compiledOf = ({ wording }: ItemVariant) =>
    wording ? JSON.stringify(written.compiledShape?.(wording.secret.key)) : undefined
  return (
    shapeOf(a) === shapeOf(b) && (a.wording === undefined || b.wording === undefined || compiledOf(a) === compiledOf(b))
  )
}

/** Variables and formula, whatever language their functions are written in. */
function sameArithmetic(a: ItemVariant, b: ItemVariant): boolean {
  const arithmeticOf = ({ wording }: ItemVariant) =>
    wording &&
    JSON.stringify([wording.variables, writtenTypeOf(wording.secret.key.type).arithmeticOf?.(wording.secret.key)])
  return a.wording === undefined || b.wording === undefined || arithmeticOf(a) === arithmeticOf(b)
}

/** Whether the item is written in this locale, finished or begun, and if not, whether something unreadable stands under its id. */
export type Presence = 'there' | 'begun' | 'unreadable' | 'missing'

export function presenceOf({ variants }: CompiledItem, locale: Locale, banks: readonly BankSource[]): Presence {
  const variant = variants.find((one) => one.locale === locale)
  if (variant) return isDraft(variant) && variants.some((one) => !isDraft(one)) ? 'begun' : 'there'
  const id = variants[0]?.source.id ?? ''
  return banks.some((bank) => bank.locale === locale && unreadableIn(bank).has(id)) ? 'unreadable' : 'missing'
}

/** Ids above text of a file that could not be read as an item. */
export const unreadableIn = (bank: BankSource): ReadonlySet<string> =>
  new Set(
    bank.items.flatMap((item) => (item.kind === 'raw' ? (/^## +([A-Za-z0-9-]+)/.exec(item.text)?.[1] ?? []) : [])),
  )

/**
 * An item to translate by writing over it: the sentences of its sibling under the same id, pills and key, with every
 * keyword in the other language. It is a draft, so that no paper holds it half translated.
 */
export function beginTranslation(
  item: ItemSource,
  from: Pick<BankSource, 'defaults'>,
  to: Pick<BankSource, 'defaults' | 'locale'>,
): string {
  const whole = withDefaults(item, from.defaults)
  const pills = {
    ...whole.pills,
    points: settledPills(item.pills, from.defaults).points,
    version: settledPills(item.pills, from.defaults).version,
    status: 'draft' as const,
  }
  return printItem(
    withoutDefaults({ ...whole, title: `${UNTRANSLATED[to.locale]}${item.title}`, pills }, to.defaults),
    to.locale,
  )
}

/** A bank file without items, with the settings of its sibling. */
export function beginBank(sibling: BankSource, locale: Locale, title: string): string {
  return `---\n${sibling.frontmatter.replace(/^locale:.*$/m, `locale: ${locale}`)}\n---\n\n# ${title}\n`
}
