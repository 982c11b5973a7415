import type { Diagnostic, Edit } from '../authoring/diagnostic.ts'
import { make } from './make-element.ts'
import type { Explained, Looked } from './protocol.ts'
import type { Words } from './words.ts'

/** A finding with the line as it is counted in the part that is shown; none where it is outside of it. */
export interface Problem {
  readonly diagnostic: Diagnostic
  readonly line: number | undefined
}

interface Options {
  readonly place: HTMLElement
  readonly words: Words
  goTo(line: number, column: number): void
  mend(edits: readonly Edit[]): void
  explain(rule: string): Promise<Explained | undefined>
}

const ORDER = { error: 0, warning: 1 } as const

/** The list of what was found in the part that is open, worst first. */
export function openProblems({ place, words: t, goTo, mend, explain }: Options) {
  const heading = make('h2', { id: 'desk-problems-count' })
  const stop = make('p', { class: 'tiny', id: 'desk-stop' })
  const elsewhere = make('p', { class: 'tiny' })
  let goOn: (() => void) | undefined
  const onward = make(
    'button',
    { type: 'button', class: 'btn ghost xs', hidden: true, onclick: () => goOn?.() },
    t('editor.problems.next'),
  )
  const list = make('ol', { 'aria-labelledby': 'desk-problems-count' })
  place.replaceChildren(make('div', { class: 'probs-h' }, heading, stop, elsewhere, onward), list)
  let shown = ''

  const fixLabel = (fix: readonly Edit[]): string => {
    const [only] = fix
    const text = only?.text.trim() ?? ''
    return fix.length === 1 && text !== '' && text.length <= 24
      ? t('editor.problems.put', { text })
      : t('editor.problems.mend', { count: fix.length })
  }

  async function showWhy(button: HTMLButtonElement, rule: string): Promise<void> {
    const row = button.closest('li')
    const place = row?.querySelector<HTMLElement>('.why')
    if (!place) return
    const isOpen = place.childElementCount > 0
    button.setAttribute('aria-expanded', String(!isOpen))
    if (isOpen) return place.replaceChildren()
    const page = await explain(rule)
    if (page)
      place.replaceChildren(
        make('p', {}, make('b', {}, page.title)),
        make('p', {}, page.why),
        make('div', { class: 'pair' }, ...pair('bad', page.bad), ...pair('good', page.good)),
      )
  }

  const pair = (side: 'bad' | 'good', text: string) => [
    make(
      'section',
      { 'data-side': side },
      make('h3', {}, t(`editor.problems.${side}`)),
      make('pre', { tabindex: '0' }, text),
    ),
  ]

  function rowOf({ diagnostic, line }: Problem): HTMLElement {
    const { severity, rule, message, suggestion, fix, column } = diagnostic
    return make(
      'li',
      { class: 'prob', 'data-severity': severity },
      make('span', { class: 'psev' }, make('span', { class: 'unseen' }, t(`editor.problems.${severity}`))),
      line === undefined
        ? make('span', { class: 'pl tiny' }, t('editor.problems.outside'))
        : make(
            'button',
            { type: 'button', class: 'pl', onclick: () => goTo(line, column) },
            t('editor.problems.line', { line }),
          ),
      make('div', {}, make('b', {}, message), ' ', make('span', {}, suggestion ?? '')),
      make(
        'span',
        { class: 'btns' },
        fix && make('button', { type: 'button', class: 'btn outline xs', onclick: () => mend(fix) }, fixLabel(fix)),
        make(
          'button',
          {
            type: 'button',
            class: 'btn ghost xs',
            'aria-expanded': 'false',
            onclick: (event) => void showWhy(event.currentTarget as HTMLButtonElement, rule),
          },
          t('editor.problems.explain'),
        ),
      ),
      make('div', { class: 'why' }),
    )
  }

  return {
    /** `next` opens another place of the exam where something has to be mended, if there is one. */
    show(
      problems: readonly Problem[],
      { errors, warnings }: Pick<Looked, 'errors' | 'warnings'>,
      next: (() => void) | undefined,
    ): void {
      goOn = next
      onward.hidden = next === undefined
      const sorted = [...problems].sort(
        (a, b) => ORDER[a.diagnostic.severity] - ORDER[b.diagnostic.severity] || (a.line ?? 0) - (b.line ?? 0),
      )
      const print = JSON.stringify([sorted, errors, warnings])
      // what is read, or pressed at the moment, stays
      if (print === shown) return
      shown = print
      const own = sorted.filter(({ diagnostic }) => diagnostic.severity === 'error').length
      heading.textContent =
        sorted.length === 0
          ? t('editor.problems.none')
          : t('editor.problems.count', { errors: own, warnings: sorted.length - own })
      stop.textContent = errors > 0 ? t('editor.problems.stop') : ''
      elsewhere.textContent =
        errors + warnings > sorted.length ? t('editor.problems.elsewhere', { errors, warnings }) : ''
      list.replaceChildren(...sorted.map(rowOf))
    },
  }
}
