import { canonicalJson } from '../item/canonical-json.ts'
import type { TaskFamily } from '../item/family.ts'
import type { Locale } from '../item/item.ts'
import type { CompiledHtml } from '../item/markup/compiled-html.ts'
import { type Random, randomFrom, type Seed, stableHash } from '../kernel/random.ts'
import type { PresentedTask } from './present.ts'
import { drawSlots, fillMarkup, type SlotValues } from './slots.ts'
import type { TaskInstance } from './task.ts'
import { CannotDraw, type FamilyBody, type FamilyDraw } from './task-kind.ts'
import { kindOf } from './task-kinds.ts'

/** A seed of its own for one purpose. */
export const seedFor = (seed: Seed, purpose: string): Seed =>
  [0, 1, 2, 3].map((i) => stableHash(`${seed}\n${purpose}\n${i}`).toString(16).padStart(8, '0')).join('')

/** The draws of a seed for one purpose. */
export const streamOf = (seed: Seed, purpose: string): Random => randomFrom(seedFor(seed, purpose))

const RULE_SLOT = /<li>\{\{([^{}]+)\}\}<\/li>/g

/** Puts sentences that were drawn in the place of the rules that ask for them. */
const withRules = (html: CompiledHtml, rules: Readonly<Record<string, readonly CompiledHtml[]>>): CompiledHtml =>
  html.replace(RULE_SLOT, (found, name: string) =>
    Object.hasOwn(rules, name)
      ? (rules[name] as readonly CompiledHtml[]).map((rule) => `<li>${rule}</li>`).join('')
      : found,
  ) as CompiledHtml

/** What a family shows and asks on a seed, without its seal. The same family, language and seed give the same for ever, as long as the generator's number stays. */
export function drawTask(
  family: TaskFamily,
  { locale, seed }: { readonly locale: Locale; readonly seed: Seed },
): Omit<TaskInstance, 'hash'> {
  const definition = kindOf(family.kind)
  const wording = family.wordings[locale]
  if (!wording) throw new Error(`family ${family.id} is not written in ${locale}`)
  const slots = drawSlots((family.body as FamilyBody).slots, streamOf(seed, 'slots'))
  const stream = (purpose: string) => streamOf(seed, purpose)
  const drawn = definition.generate({ family, locale, slots, stream } as FamilyDraw<never>)
  const all: SlotValues = new Map([
    ...slots,
    ...Object.entries(drawn.slots ?? {}).map(([name, text]) => [name, { text }] as const),
  ])
  const presented = {
    kind: family.kind,
    ...(family.form === undefined ? {} : { form: family.form }),
    title: wording.title,
    minutes: family.minutes,
    briefHtml: fillMarkup(wording.briefHtml, all, locale),
    rulesHtml: fillMarkup(withRules(wording.rulesHtml, drawn.rules ?? {}), all, locale),
    materials: drawn.materials,
    fields: drawn.fields,
  } as unknown as PresentedTask
  return {
    kind: family.kind,
    family: family.id,
    familyHash: family.hash,
    seed,
    generator: definition.generator,
    grader: Math.max(...Object.keys(definition.graders).map(Number)),
    presented,
    key: drawn.key,
  }
}

/** A family whose lots sometimes do not fit together is drawn again so often, from seeds that follow from the first. */
const MOST_DRAWS = 6

/**
 * What a family gives on a seed or, where it cannot be drawn from that, on the next one that follows from it: the instance
 * holds the seed that it came from. The same seed gives the same.
 * @throws CannotDraw when none of them fits.
 */
export function drawFrom(
  family: TaskFamily,
  { locale, seed }: { readonly locale: Locale; readonly seed: Seed },
): Omit<TaskInstance, 'hash'> {
  for (let again = 1; again < MOST_DRAWS; again += 1)
    try {
      return drawTask(family, { locale, seed: again === 1 ? seed : seedFor(seed, `again ${again - 1}`) })
    } catch (failure) {
      if (!(failure instanceof CannotDraw)) throw failure
    }
  return drawTask(family, { locale, seed: seedFor(seed, `again ${MOST_DRAWS - 1}`) })
}

const hex = (bytes: ArrayBuffer): string =>
  [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('')

/** Draws an instance as {@link drawFrom} does, and seals it with the hash of what is shown and what is right. */
export async function drawInstance(
  family: TaskFamily,
  request: { readonly locale: Locale; readonly seed: Seed },
): Promise<TaskInstance> {
  const drawn = drawFrom(family, request)
  const json = canonicalJson({ presented: drawn.presented, key: drawn.key })
  return { ...drawn, hash: hex(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(json))) }
}
