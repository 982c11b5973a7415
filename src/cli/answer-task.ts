import { play } from '../authoring/tasks/try-family.ts'
import { writtenKindOf } from '../authoring/tasks/written-kinds.ts'
import type { DraftKey } from '../task/draft/key.ts'
import type { Entries } from '../task/present.ts'
import type { TaskInstance } from '../task/task.ts'
import type { Bot } from '../task/task-kind.ts'

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
