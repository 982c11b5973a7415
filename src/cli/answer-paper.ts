import { play } from '../authoring/tasks/try-family.ts'
import { writtenKindOf } from '../authoring/tasks/written-kinds.ts'
import type { PresentedItem, PresentedResponse } from '../form/form.ts'
import { responseWith } from '../form/read-response.ts'
import type { Bank } from '../item/bank.ts'
import { definitionOf } from '../item/definition-of.ts'
import { recogniseValues, settleWording } from '../item/draw-values.ts'
import type { DraftKey } from '../task/draft/key.ts'
import type { Entries } from '../task/present.ts'
import type { TaskInstance } from '../task/task.ts'
import type { Bot } from '../task/task-kind.ts'

/** What somebody who knows the bank by heart answers to an item of a paper in any language; null for an item that is not in it. */
export function answerFromBank(item: PresentedItem, bank: Bank): PresentedResponse {
  const definition = definitionOf(item.type)
  for (const wording of bank.items.flatMap(({ wordings }) => Object.values(wordings))) {
    const values = wording.stem.type === item.type ? recogniseValues(wording.stem, item.stemHtml) : undefined
    if (!values) continue
    const { stem, key } = settleWording(wording, values)
    // two items may share a stem; their choices tell them apart
    const shown = htmlIn(item)
    if (
      definition
        .listsOf(stem)
        .flat()
        .every(({ html }) => shown.has(html))
    )
      return responseWith(item.type, definition.rightAnswer(key, stem, item) as never)
  }
  return null
}

/** All HTML that a paper shows of an item. */
function htmlIn(shown: unknown): ReadonlySet<string> {
  if (typeof shown !== 'object' || shown === null) return new Set()
  return new Set(
    Object.entries(shown).flatMap(([name, value]) => (name === 'html' ? [value as string] : [...htmlIn(value)])),
  )
}

/**
 * What somebody enters who knows what is right and does a part of it: `right` is asked once of each piece of work. In a
 * manuscript, which is one field, that is a place; elsewhere a row, a formula, a mail or a claim, whose fields belong together.
 */
export function answerTask(instance: TaskInstance, right: () => boolean): Entries {
  const perfect = writtenKindOf(instance.kind)?.bots.find(({ name }) => name === 'perfect') as Bot | undefined
  if (!perfect) return {}
  if (instance.kind === 'draft') {
    const key = instance.key as DraftKey
    return play(perfect, { ...instance, key: { ...key, places: key.places.filter(right) } })
  }
  const pieces = Object.entries(
    Object.groupBy(Object.entries(play(perfect, instance)), ([name]) => name.split('.', 1)[0] ?? name),
  )
  return Object.fromEntries(pieces.flatMap(([, entries]) => (right() ? (entries ?? []) : [])))
}
