import type { Item, Locale, Wording } from '../item/item.ts'
import type { AnswerSource, BankSource, ItemDefaults, ItemPlaces, ItemSource, Pills } from './bank-source.ts'
import type { CompileMemory } from './compile-memory.ts'
import { itemHash } from './content-hash.ts'
import { error, type Report, say, warning } from './diagnostic.ts'

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

/** An item in all its locales, the exam's first locale first. */
export interface CompiledItem {
  /** Absent when any locale of it is in error. */
  readonly item?: Item
  readonly variants: readonly ItemVariant[]
}

const settled = (pills: Pills, defaults: ItemDefaults): Pills => ({
  ...pills,
  points: pills.points ?? defaults.points ?? 1,
  status: pills.status ?? defaults.status ?? 'live',
  version: pills.version ?? defaults.version ?? 1,
})

/** What must be the same in every locale, in terms of the written key: positions, numbers and pairs, never wording. */
function keyShape(answer: AnswerSource): string {
  switch (answer.form) {
    case 'options':
      return JSON.stringify(answer.options.map((option) => option.correct))
    case 'rows':
      return String(answer.rows.length)
    case 'table':
      return JSON.stringify(answer.rows.map(([left]) => left !== ''))
    case 'numeric':
      return JSON.stringify([typeof answer.value === 'number' ? answer.value : 'formula', answer.tolerance])
    case 'blanks':
      return JSON.stringify(answer.blanks.map((blank) => blank.ref))
    case 'essay':
      return JSON.stringify([answer.min, answer.max, answer.criteria.map(({ points, levels }) => [points, levels.map(({ level }) => level)])])
    case 'accepted':
      return ''
    default:
      return answer satisfies never
  }
}

/** Joins the locales of an item. Ids, type, points and key must agree; the rest is taken from the first locale. */
export function mergeLocales(variants: readonly ItemVariant[], memory: CompileMemory): CompiledItem {
  const [first, ...others] = variants as readonly [ItemVariant, ...ItemVariant[]]
  const pills = settled(first.source.pills, first.bank.defaults)
  let isWhole = first.wording !== undefined
  for (const other of others) if (!agrees(first, pills, other)) isWhole = false
  if (!isWhole) return { variants }
  return { item: memory.once('item', [first.source, ...variants.flatMap(({ source, bank, wording }) => [source, bank, wording])], () => mergedItem(variants, pills)), variants }
}

function mergedItem(variants: readonly ItemVariant[], pills: Pills): Item {
  const [first] = variants as readonly [ItemVariant]
  const { defaults } = first.bank
  const content = {
    points: pills.points as number,
    type: pills.type,
    wordings: Object.fromEntries(variants.map((variant) => [variant.locale, variant.wording])) as Item['wordings'],
  }
  const seconds = pills.seconds ?? defaults.seconds
  const skill = pills.skill ?? defaults.skill
  const level = pills.level ?? defaults.level
  const reviewBy = pills.reviewBy ?? defaults.reviewBy
  // in the order of canonical JSON
  return {
    difficulty: pills.difficulty ?? defaults.difficulty ?? 3,
    enemies: pills.enemies,
    hash: itemHash(content),
    id: first.source.id,
    ...(level === undefined ? {} : { level }),
    points: content.points,
    ...(reviewBy === undefined ? {} : { reviewBy }),
    ...(seconds === undefined ? {} : { seconds }),
    ...(skill === undefined ? {} : { skill }),
    status: pills.status ?? 'live',
    topic: first.bank.topic,
    type: content.type,
    version: Math.max(...variants.map((variant) => settled(variant.source.pills, variant.bank.defaults).version as number)),
    wordings: content.wordings,
  }
}

function agrees(first: ItemVariant, pills: Pills, other: ItemVariant): boolean {
  const mine = settled(other.source.pills, other.bank.defaults)
  const { id } = first.source
  const { report, places } = other
  let isWhole = other.wording !== undefined
  const refuse = (rule: string, ja: string, en: string) => {
    isWhole = false
    report(places.heading, error(rule, say(ja, en)))
  }
  if (mine.type !== pills.type) refuse('locale/mismatch', `${id} の型が言語の間で違います`, `the type of ${id} differs between locales`)
  else if (mine.points !== pills.points) refuse('locale/mismatch', `${id} の配点が言語の間で違います`, `the points of ${id} differ between locales`)
  else if (keyShape(other.source.answer) !== keyShape(first.source.answer) || !sameBlankChoices(first, other) || !sameArithmetic(first, other) || mine.partial !== pills.partial)
    refuse('locale/key-mismatch', `${id} の正解が言語の間で違います（印・数・値・採点の仕方）`, `the key of ${id} differs between locales (marks, counts, values or scoring)`)
  if (mine.version !== pills.version)
    report(
      places.heading,
      warning(
        'locale/stale',
        say(`${id} は、${first.locale} が v${pills.version}、${other.locale} が v${mine.version} です`, `${id} is v${pills.version} in ${first.locale} but v${mine.version} in ${other.locale}`),
        say('訳を見直して、版をそろえてください', 'review the translation and give it the same version'),
      ),
    )
  return isWhole
}

/** Variables and formula, whatever language their functions are written in. */
function sameArithmetic(a: ItemVariant, b: ItemVariant): boolean {
  const arithmeticOf = ({ wording }: ItemVariant) => JSON.stringify([wording?.variables, wording?.secret.key.type === 'numeric' ? wording.secret.key.value : ''])
  return a.wording === undefined || b.wording === undefined || arithmeticOf(a) === arithmeticOf(b)
}

function sameBlankChoices(a: ItemVariant, b: ItemVariant): boolean {
  const choicesOf = (variant: ItemVariant) => {
    const key = variant.wording?.secret.key
    return key?.type === 'cloze' ? JSON.stringify(Object.values(key.blanks).map((blank) => ('choice' in blank ? blank.choice : 'text'))) : ''
  }
  return a.wording === undefined || b.wording === undefined || choicesOf(a) === choicesOf(b)
}
