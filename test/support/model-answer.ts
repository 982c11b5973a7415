import type { PresentedChoice, PresentedItem, PresentedResponse, PresentedSection } from '../../src/form/form.ts'
import type { Bank } from '../../src/item/bank.ts'
import { recogniseValues, settleWording } from '../../src/item/draw-values.ts'
import type { Locale, SettledKey, Stem } from '../../src/item/item.ts'
import type { Choice } from '../../src/item/types/item-type.ts'

type Paper = readonly PresentedSection[]

/** Ref under which a choice of the bank was laid out. */
function refOf(choices: readonly Choice[], index: number, shown: readonly PresentedChoice[] | undefined): string {
  const ref = shown?.find((choice) => choice.html === choices[index]?.html)?.ref
  if (ref === undefined) throw new Error(`choice ${index} is not on the paper`)
  return ref
}

/** Another index than `index`, below `length`. */
const beside = (index: number, length: number) => (index + 1) % length
const turned = <T>(list: readonly T[]): T[] => [...list.slice(1), ...list.slice(0, 1)]

function answer(item: PresentedItem, stem: Stem, key: SettledKey, right: boolean): PresentedResponse {
  if ((stem.type === 'single' || stem.type === 'true-false') && (key.type === 'single' || key.type === 'true-false'))
    return { choice: refOf(stem.choices, right ? key.choice : beside(key.choice, stem.choices.length), item.options) }
  if (stem.type === 'multiple' && key.type === 'multiple') {
    const picked = stem.choices.map((_, index) => index).filter((index) => key.choices.includes(index) === right)
    return { choices: picked.map((index) => refOf(stem.choices, index, item.options)) }
  }
  if (key.type === 'numeric') return { text: right ? `${key.value}` : `${key.value + key.tolerance + 1}` }
  if (key.type === 'short') return { text: right ? (key.accepted[0] ?? '') : 'どちらでもない' }
  if (stem.type === 'cloze' && key.type === 'cloze') {
    const fill = Object.entries(key.blanks).map(([ref, blank]) => {
      if (!('choice' in blank)) return [ref, right ? (blank.accepted[0] ?? '') : 'どちらでもない']
      const choices = stem.blanks.find((other) => other.ref === ref)?.choices ?? []
      return [
        ref,
        refOf(
          choices,
          right ? blank.choice : beside(blank.choice, choices.length),
          item.blanks?.find((other) => other.ref === ref)?.options,
        ),
      ]
    })
    return { blanks: Object.fromEntries(fill) as Record<string, string> }
  }
  if (stem.type === 'order' && key.type === 'order')
    return { order: (right ? key.order : turned(key.order)).map((index) => refOf(stem.choices, index, item.options)) }
  if (stem.type === 'match' && key.type === 'match') {
    const pairs = right ? key.pairs : turned(key.pairs)
    return {
      pairs: Object.fromEntries(
        pairs.map((to, from) => [refOf(stem.left, from, item.left), refOf(stem.right, to, item.right)]),
      ),
    }
  }
  throw new Error(`${stem.type} with a key for ${key.type}`)
}

/** The right response to an item of a paper, or one that earns nothing. Items are known by their stem's HTML. */
export function modelAnswer(
  bank: Bank,
  item: PresentedItem,
  { right, locale = 'ja' }: { right: boolean; locale?: Locale },
): PresentedResponse {
  for (const { wordings } of bank.items) {
    const wording = wordings[locale]
    const values = wording && recogniseValues(wording.stem, item.stemHtml)
    if (!wording || !values) continue
    const { stem, key } = settleWording(wording, values)
    return answer(item, stem, key, right)
  }
  throw new Error(`${item.stemHtml} is in no bank`)
}

/** Saves for a whole paper, all right but the items that `wrong` picks. */
export const modelSaves = (
  bank: Bank,
  paper: Paper,
  wrong: (item: PresentedItem, index: number) => boolean = () => false,
  revision = 1,
) =>
  paper
    .flatMap((section) => section.items)
    .map((item, index) => ({
      item: item.ref,
      revision,
      response: modelAnswer(bank, item, { right: !wrong(item, index) }),
    }))
