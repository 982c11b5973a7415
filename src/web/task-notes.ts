import type { TaskResult } from '../flows/read-result.ts'
import { languageOf, type PageTag } from '../platform/page/words.ts'
import { catalogue } from '../platform/words/catalogue.ts'
import task from '../texts/task?texts'

const sentences = catalogue([task])

/**
 * What a candidate is told of one competency of a task, in one sentence with counts. A group that has no sentence of its own
 * is told by the name of its skill.
 */
export function taskNote(
  tag: PageTag,
  { kind }: Pick<TaskResult, 'kind'>,
  { group, skill, skillName, done, of = 0 }: TaskResult['notes'][number],
): string {
  const say = sentences.in(tag) as (key: string, values: Readonly<Record<string, string | number>>) => string
  const own = `note.${kind}.${group}`
  return Object.hasOwn(task[languageOf(tag)] ?? {}, own)
    ? say(own, { done, of })
    : say('note.skill', { skill: skillName ?? skill ?? group, done, of })
}

/** Points of a checkpoint or a loss, with at most two decimals. */
export const pointsText = (value: number): string => String(Number(value.toFixed(2)))
