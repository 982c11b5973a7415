import type { PresentedItem, PresentedResponse } from '../form/form.ts'
import type { Bank } from '../item/bank.ts'
import { settleWording } from '../item/draw-values.ts'
import type { Choice, SettledKey, Stem } from '../item/item.ts'
import { recogniseValues } from '../item/recognise-values.ts'

/** The ref under which the paper shows a choice of the bank. */
const refOf = (shown: readonly { readonly ref: string; readonly html: string }[] | undefined, choice: Choice | undefined): string => shown?.find((one) => one.html === choice?.html)?.ref ?? ''

/** What somebody who knows the bank by heart answers to an item of a Japanese paper; null for an item that is not in it. */
export function answerFromBank(item: PresentedItem, bank: Bank): PresentedResponse {
  for (const { wordings } of bank.items) {
    const values = wordings.ja?.stem.type === item.type ? recogniseValues(wordings.ja.stem, item.stemHtml) : undefined
    if (!wordings.ja || !values) continue
    const { stem, key } = settleWording(wordings.ja, values)
    if (sameChoices(stem, item)) return answerByKey(item, stem, key)
  }
  return null
}

/** Two items may share a stem; their choices tell them apart. */
function sameChoices(stem: Stem, item: PresentedItem): boolean {
  const choices = 'choices' in stem ? stem.choices : 'right' in stem ? stem.right : []
  const shown = new Set([...(item.options ?? []), ...(item.right ?? [])].map((option) => option.html))
  return choices.every((choice) => shown.has(choice.html))
}

function answerByKey(item: PresentedItem, stem: Stem, key: SettledKey): PresentedResponse {
  const choice = (index: number) => refOf(item.options, 'choices' in stem ? stem.choices[index] : undefined)
  switch (key.type) {
    case 'single':
    case 'true-false':
      return { choice: choice(key.choice) }
    case 'multiple':
      return { choices: key.choices.map(choice) }
    case 'numeric':
      return { text: String(key.value) }
    case 'essay':
      return { text: key.model }
    case 'short':
      return { text: key.accepted[0] ?? '' }
    case 'order':
      return { order: key.order.map(choice) }
    case 'match':
      return stem.type === 'match' ? { pairs: Object.fromEntries(key.pairs.map((right, left) => [refOf(item.left, stem.left[left]), refOf(item.right, stem.right[right])])) } : null
    case 'cloze':
      return {
        blanks: Object.fromEntries(
          Object.entries(key.blanks).map(([ref, blank]) => {
            if ('accepted' in blank) return [ref, blank.accepted[0] ?? '']
            const choices = stem.type === 'cloze' ? stem.blanks.find((one) => one.ref === ref)?.choices : undefined
            return [ref, refOf(item.blanks?.find((one) => one.ref === ref)?.options, choices?.[blank.choice])]
          }),
        ),
      }
    default:
      return key satisfies never
  }
}
