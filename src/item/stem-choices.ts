import type { Choice, Stem } from './item.ts'

/** Everything of a stem that is picked, placed or paired: options, rows, both columns, choices of blanks. */
export function choicesOf(stem: Stem): readonly Choice[] {
  if ('choices' in stem) return stem.choices
  if (stem.type === 'match') return [...stem.left, ...stem.right]
  return stem.type === 'cloze' ? stem.blanks.flatMap((blank) => blank.choices ?? []) : []
}
