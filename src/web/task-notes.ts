import type { Locale } from '../item/item.ts'
import { catalogue } from '../platform/words/catalogue.ts'
import type { TaskNote } from '../task/grade-task.ts'
import type { DrawnKind } from '../task/task-kinds.ts'
import task from '../texts/task?texts'

const sentences = catalogue([task])

/** What a candidate is told of one competency of a task, in one sentence with counts. */
export const taskNote = (locale: Locale, kind: DrawnKind, { group, done, of = 0 }: TaskNote): string =>
  (sentences.in(locale) as (key: string, values: Readonly<Record<string, number>>) => string)(`note.${kind}.${group}`, {
    done,
    of,
  })
