import { make } from './make-element.ts'
import type { Conflict } from './merge-texts.ts'
import type { Words } from './words.ts'

const CHOICES = ['mine', 'theirs', 'both'] as const
type Choice = (typeof CHOICES)[number]

const decided = (conflict: Conflict, choice: Choice): string =>
  choice === 'both' ? `${conflict.mine.replace(/\n?$/, '\n')}${conflict.theirs}` : conflict[choice]

/** Shows side by side what two people wrote, and gives what is chosen of each place. Nothing is chosen beforehand but both. */
export function showConflicts(
  place: HTMLElement,
  { conflicts, by, words: t }: { conflicts: readonly Conflict[]; by: string; words: Words },
  done: (decide: (conflict: Conflict) => string) => void,
): void {
  const choices = new Map<Conflict, Choice>(conflicts.map((conflict) => [conflict, 'both']))
  const rowOf = (conflict: Conflict, i: number) => {
    const side = (choice: Choice, label: string, text: string | undefined) =>
      make(
        'label',
        { class: 'side' },
        make('span', {}, radioOf(conflict, i, choice), label),
        text !== undefined && make('pre', { tabindex: '0' }, text),
      )
    return make(
      'fieldset',
      {},
      make(
        'legend',
        {},
        t('editor.conflict.place', { number: i + 1, total: conflicts.length }),
        ' ',
        conflict.item ?? '',
      ),
      side('mine', t('editor.conflict.mine'), conflict.mine),
      side('theirs', t('editor.conflict.theirs', { by }), conflict.theirs),
      side('both', t('editor.conflict.both'), undefined),
    )
  }
  const radioOf = (conflict: Conflict, i: number, choice: Choice) =>
    make('input', {
      type: 'radio',
      name: `conflict-${i}`,
      value: choice,
      checked: choice === 'both',
      onchange: () => void choices.set(conflict, choice),
    })
  const heading = make('h2', { tabindex: '-1' }, t('editor.conflict.title', { by }))
  place.replaceChildren(
    make(
      'section',
      { class: 'conflict' },
      heading,
      make('p', {}, t('editor.conflict.text')),
      ...conflicts.map(rowOf),
      make(
        'button',
        {
          type: 'button',
          class: 'btn primary s',
          onclick: () => {
            place.replaceChildren()
            // the pieces may have been made anew meanwhile: a conflict is known by what it holds
            const known = new Map([...choices].map(([conflict, choice]) => [JSON.stringify(conflict), choice]))
            done((conflict) => decided(conflict, known.get(JSON.stringify(conflict)) ?? 'both'))
          },
        },
        t('editor.conflict.done'),
      ),
    ),
  )
  heading.focus()
}
