import { writtenKindOf } from '../authoring/tasks/written-kinds.ts'
import type { DraftKey } from '../task/draft/key.ts'
import { streamOf } from '../task/draw-task.ts'
import type { Entries } from '../task/present.ts'
import type { TaskInstance } from '../task/task.ts'

/**
 * What somebody enters who knows what is right and does a part of it: `right` is asked of each correction.
 * A manuscript is one field, so its corrections are its places; elsewhere they are the fields.
 */
export function answerTask(instance: TaskInstance, right: () => boolean): Entries {
  const perfect = writtenKindOf(instance.kind)?.bots.find(({ name }) => name === 'perfect')
  const play = (known: TaskInstance): Entries =>
    perfect?.play(known as TaskInstance<never>, streamOf(instance.seed, 'perfect')) ?? {}
  if (instance.kind === 'draft') {
    const key = instance.key as DraftKey
    return play({ ...instance, key: { ...key, places: key.places.filter(right) } })
  }
  return Object.fromEntries(Object.entries(play(instance)).filter(right))
}
