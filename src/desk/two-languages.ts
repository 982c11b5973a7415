import type { Locale } from '../item/item.ts'
import { cutPart, joinPart, localeOf, type Part } from './find-part.ts'
import { make } from './make-element.ts'
import type { Editor } from './open-editor.ts'
import type { Words } from './words.ts'

interface Place {
  readonly path: string
  readonly item: string | undefined
}

interface Surroundings {
  readonly words: Words
  readonly isReadOnly: boolean
  /** What is open in the editor. */
  current(): Place
  textOf(path: string): string | undefined
  open(place: Place): void
  openField(parent: HTMLElement, label: string, write: (text: string) => void): Editor
  written(path: string, text: string): void
  /** Begins the translation of what is open. @returns whether it could be read. */
  begin(sibling: string): Promise<boolean>
  say(text: string): void
  /** Where the fields stand beside each other. */
  readonly fields: HTMLElement
}

/** Whether a file has an item, or is there at all where none is asked for. */
export const hasItem = (file: string | undefined, item: string | undefined): file is string =>
  file !== undefined && (item === undefined || cutPart(file, item).item !== undefined)

/** The same item in both languages: one after the other, or side by side. */
export function openLanguages(around: Surroundings) {
  const { words: t, current, textOf, written } = around
  let isBeside = false
  let beside: Editor | undefined
  let besidePart: Part | undefined

  const siblingOf = ({ path }: Place): string | undefined => localeOf(path)?.sibling
  const other = make('div', { class: 'edscroll', hidden: true })
  const begin = make(
    'div',
    { class: 'edbegin', hidden: true },
    make('p', {}, t('editor.beginNote')),
    make(
      'button',
      { type: 'button', class: 'btn outline s', disabled: around.isReadOnly, onclick: () => void beginHere() },
      t('editor.begin'),
    ),
  )
  const localeButton = (locale: Locale) =>
    make(
      'button',
      { type: 'button', 'data-locale': locale, onclick: () => choose(locale) },
      t(`editor.${locale}`),
      make('small', {}),
    )
  const besideButton = make(
    'button',
    { type: 'button', 'aria-pressed': 'false', onclick: () => setBeside(!isBeside) },
    t('editor.beside'),
  )
  const buttons = make(
    'span',
    { class: 'edgroup langs', role: 'group', 'aria-label': t('editor.languages') },
    localeButton('ja'),
    localeButton('en'),
    besideButton,
  )

  function choose(locale: Locale): void {
    const { path, item } = current()
    const here = localeOf(path)
    if (!here || here.locale === locale) return
    if (hasItem(textOf(here.sibling), item)) around.open({ path: here.sibling, item })
    else setBeside(true)
  }

  function setBeside(value: boolean): void {
    isBeside = value
    show()
  }

  async function beginHere(): Promise<void> {
    const sibling = siblingOf(current())
    if (sibling === undefined || current().item === undefined) return
    if (!(await around.begin(sibling))) return around.say(t('editor.cannotBegin'))
    show()
    beside?.focus()
  }

  function showBeside(path: string, file: string): void {
    const { item } = current()
    besidePart = cutPart(file, item)
    beside ??= around.openField(other, t('editor.other'), (text) => {
      const sibling = siblingOf(current())
      if (besidePart && sibling !== undefined) written(sibling, joinPart(besidePart, text))
    })
    beside.show(`${path}#${item ?? ''}`, besidePart.text)
  }

  function show(): void {
    const { path, item } = current()
    const here = localeOf(path)
    buttons.hidden = !here
    if (!here) {
      other.hidden = true
      begin.hidden = true
      return
    }
    const file = textOf(here.sibling)
    const isThere = hasItem(file, item)
    for (const button of buttons.querySelectorAll<HTMLElement>('[data-locale]')) {
      const isHere = button.dataset.locale === here.locale
      button.setAttribute('aria-pressed', String(isHere))
      const untold = button.querySelector('small')
      if (untold) untold.textContent = isHere || isThere ? '' : t('editor.untranslated')
    }
    besideButton.setAttribute('aria-pressed', String(isBeside))
    around.fields.dataset.beside = String(isBeside)
    other.hidden = !isBeside || !isThere
    begin.hidden = !isBeside || isThere || item === undefined
    if (isBeside && isThere) showBeside(here.sibling, file)
  }

  around.fields.appendChild(other)
  around.fields.appendChild(begin)

  return {
    /** What stands among the tools. */
    buttons,
    show,
    /** Puts a text that came from elsewhere into the field beside. */
    reshow(path: string, file: string): void {
      if (path !== siblingOf(current())) return
      besidePart = cutPart(file, current().item)
      beside?.replace(besidePart.text)
    },
  }
}
