import type { Locale } from '../item/item.ts'
import { make } from './make-element.ts'
import type { ShownItem } from './show-item.ts'
import type { ShownTask, TaskLook } from './show-task.tsx'
import type { Words } from './words.ts'

const TRIALS = 5

interface Options {
  readonly place: HTMLElement
  /** Addresses of what papers wear, and study sheets. */
  readonly styles: Readonly<Record<'paper' | 'sheet', string>>
  readonly words: Words
  readonly language: Locale
  /** Asks for the view anew: language, order or simulated candidate are others. */
  changed(): void
}

/**
 * What candidates see, in a frame of its own: there the exam's own sheet sees a phone's or a computer's width, and no name of the desk
 * meets one of the exam. What is shown is made of public fields by the exam's components; no script runs in it.
 */
export function openView({ place, styles, words: t, language, changed }: Options) {
  let locale: Locale = language
  let shuffles = 0
  /** The item whose papers are shown. */
  let shown = ''
  let task: { from: number; bot?: string | undefined } = { from: 1 }
  const frame = make('iframe', { title: t('editor.view.frame'), class: 'view-frame', sandbox: 'allow-same-origin' })
  const note = make('p', { class: 'tiny view-note', role: 'status' })
  const bots = make('div', { class: 'view-bots', hidden: true })
  const pressed = (group: HTMLElement, value: string) => {
    for (const button of group.querySelectorAll('button'))
      button.setAttribute('aria-pressed', String(button.value === value))
  }
  const choices = (label: string, values: Readonly<Record<string, string>>, choose: (value: string) => void) => {
    const buttons = Object.entries(values).map(([value, name]) =>
      make(
        'button',
        {
          type: 'button',
          value,
          onclick: () => {
            pressed(group, value)
            choose(value)
          },
        },
        name,
      ),
    )
    const group = make('span', { class: 'seg', role: 'group', 'aria-label': label }, ...buttons)
    return group
  }
  const widths = choices(
    t('editor.view.width'),
    { phone: t('editor.view.phone'), computer: t('editor.view.computer') },
    (width) => void place.setAttribute('data-width', width),
  )
  const locales = choices(t('editor.view.languages'), { ja: t('editor.ja'), en: t('editor.en') }, (value) => {
    locale = value as Locale
    changed()
  })
  const again = make(
    'button',
    {
      type: 'button',
      class: 'btn ghost xs',
      onclick: () => {
        shuffles += 1
        changed()
      },
    },
    t('editor.view.again'),
  )
  place.setAttribute('data-width', 'phone')
  pressed(widths, 'phone')
  pressed(locales, locale)
  place.replaceChildren(
    make('div', { class: 'viewtools' }, widths, locales, again),
    bots,
    note,
    make('div', { class: 'view-well' }, frame),
  )

  /** A frame begins empty, and in some browsers anew once it is attached. */
  function body(worn: 'paper' | 'sheet'): HTMLElement | undefined {
    const inside = frame.contentDocument
    if (!inside) return undefined
    const link = inside.querySelector('link') ?? inside.createElement('link')
    if (!link.isConnected) {
      inside.documentElement.lang = language
      const scheme = inside.createElement('meta')
      scheme.name = 'color-scheme'
      scheme.content = 'light dark'
      link.rel = 'stylesheet'
      inside.head.replaceChildren(scheme, link)
    }
    if (link.getAttribute('href') !== styles[worn]) link.href = styles[worn]
    return inside.body
  }

  /** Markup of ours as nodes of the frame. */
  const nodesOf = (html: string): Node[] => [...new DOMParser().parseFromString(html, 'text/html').body.childNodes]

  function put(nodes: readonly Node[], worn: 'paper' | 'sheet' = 'paper'): void {
    const inside = body(worn)
    // an empty screen would look like one that has not been drawn yet
    frame.toggleAttribute('data-empty', nodes.length === 0)
    if (!inside) return
    const scrolled = inside.ownerDocument.documentElement.scrollTop
    inside.replaceChildren(...nodes)
    inside.ownerDocument.documentElement.scrollTop = scrolled
  }

  function paperOf({ html, values }: ShownItem, i: number, isOne: boolean): Node[] {
    const wrap = make('div', { class: 'candidate js' }, ...nodesOf(html))
    for (const question of wrap.querySelectorAll<HTMLElement>('.q')) question.dataset.current = ''
    const named = values.map(({ name, value }) => `${name} = ${value}`).join(', ')
    return isOne || named === ''
      ? [wrap]
      : [make('p', { class: 'tiny' }, t('editor.view.paper', { number: i + 1, values: named })), wrap]
  }

  function showBots(offered: ShownTask['bots']): void {
    const names = offered.map(({ name }) => name).join()
    bots.hidden = offered.length === 0
    if (bots.childElementCount > 0 && bots.dataset.names === names) return
    bots.dataset.names = names
    const options = offered.map(({ name, title }) => make('option', { value: name }, title))
    const choose = {
      onchange: (event: Event) => {
        const { value } = event.currentTarget as HTMLSelectElement
        task = { ...task, bot: value === '' ? undefined : value }
        changed()
      },
    }
    const select = make(
      'select',
      { class: 'input', ...choose },
      make('option', { value: '' }, t('editor.view.noBot')),
      ...options,
    )
    const more = make(
      'button',
      {
        type: 'button',
        class: 'btn ghost xs',
        onclick: () => {
          task = { ...task, from: task.from + TRIALS }
          changed()
        },
      },
      t('editor.view.next', { count: TRIALS }),
    )
    bots.replaceChildren(make('label', {}, t('editor.view.bots'), ' ', select), more)
  }

  const say = (text: string) => {
    if (note.textContent !== text) note.textContent = text
  }

  return {
    locale: (): Locale => locale,
    /** How often it was shuffled; 0 is as it is written. */
    shuffles: (): number => shuffles,
    task: (): TaskLook => ({ ...task, locale }),
    setLocale(value: Locale): void {
      locale = value
      pressed(locales, value)
    },
    /** Without papers it cannot be read now: how it looked before stays, what another one looked like does not. */
    showItem(of: string, papers: readonly ShownItem[] | undefined): void {
      bots.hidden = true
      again.hidden = false
      if (papers || of !== shown) put((papers ?? []).flatMap((paper, i) => paperOf(paper, i, papers?.length === 1)))
      if (papers) shown = of
      const missing = papers ? 'editor.view.untranslated' : of === shown ? 'editor.view.old' : 'editor.view.unread'
      say(papers?.length ? '' : t(missing))
    },
    showTask({ html, bots: offered, score = '' }: ShownTask): void {
      again.hidden = true
      showBots(offered)
      shown = ''
      say(score)
      put([make('div', { class: 'trials' }, ...nodesOf(html))])
    },
    showSheets(html: string): void {
      bots.hidden = true
      again.hidden = true
      shown = ''
      say(html === '' ? t('editor.view.unread') : '')
      put([make('main', { class: 'wrap leaf' }, ...nodesOf(html))], 'sheet')
    },
    showNothing(): void {
      bots.hidden = true
      shown = ''
      say(t('editor.view.none'))
      put([])
    },
  }
}
