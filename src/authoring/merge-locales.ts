import type { Item } from '../item/item.ts'
import {
  type CompiledItem,
  differencesOf,
  findingOf,
  type ItemVariant,
  isDraft,
  settledPills,
} from './compare-locales.ts'
import type { CompileMemory } from './compile-memory.ts'
import { itemHash } from './content-hash.ts'

/**
 * Joins the locales of an item. Ids, type, points, status and key must agree; the rest is taken from the first locale. A
 * translation that is still a draft is compared with the others but is no part of the item.
 */
export function mergeLocales(variants: readonly ItemVariant[], memory: CompileMemory): CompiledItem {
  const finished = variants.filter((variant) => !isDraft(variant))
  const merged = finished.length > 0 ? finished : variants
  const first = merged[0] as ItemVariant
  const pills = settledPills(first.source.pills, first.bank.defaults)
  let isWhole = first.wording !== undefined
  for (const other of variants) if (other !== first && !agrees(first, other)) isWhole = false
  if (!isWhole) return { variants }
  return {
    item: memory.once(
      'item',
      [first.source, ...variants.flatMap(({ source, bank, wording }) => [source, bank, wording])],
      () => mergedItem(merged, pills),
    ),
    variants,
  }
}

function mergedItem(merged: readonly ItemVariant[], pills: ReturnType<typeof settledPills>): Item {
  const [first] = merged as readonly [ItemVariant]
  const { defaults } = first.bank
  const content = {
    points: pills.points,
    type: pills.type,
    wordings: Object.fromEntries(merged.map((variant) => [variant.locale, variant.wording])) as Item['wordings'],
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
    status: pills.status,
    topic: first.bank.topic,
    type: content.type,
    version: Math.max(...merged.map((variant) => settledPills(variant.source.pills, variant.bank.defaults).version)),
    wordings: content.wordings,
  }
}

function agrees(first: ItemVariant, other: ItemVariant): boolean {
  let isWhole = other.wording !== undefined
  for (const difference of differencesOf(first, other)) {
    const finding = findingOf(difference, first, other)
    if (finding.severity === 'error') isWhole = false
    other.report(other.places.heading, finding)
  }
  return isWhole
}
