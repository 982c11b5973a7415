import { report } from './page-life.ts'
import { element, run, say, texts } from './run-data.ts'
import { enter, flush, onAdopt, seen, takeUp } from './saving.ts'

/** One practical task: its controls are saved together, as the differences from what stood there. Which kind it is does not matter. */

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement

/** Control signs but tabs and line ends. */
const CONTROLS = /[^\P{Cc}\t\n]/gu

const form = element<HTMLFormElement>('paper')
const ref = form?.dataset.task ?? ''

/** Controls of every field, by its name: a field of several boxes has several. */
function fieldsOf(): Map<string, Control[]> {
  const fields = new Map<string, Control[]>()
  for (const control of form.elements as unknown as Iterable<Control>) {
    const { name } = control
    if (!name?.startsWith(`${ref}.`)) continue
    const field = name.slice(ref.length + 1)
    fields.set(field, [...(fields.get(field) ?? []), control])
  }
  return fields
}

const isBox = (control: Control): control is HTMLInputElement => /^(?:radio|checkbox)$/.test(control.type)

function writtenIn(controls: readonly Control[]): string {
  return controls
    .filter((control) => !isBox(control) || control.checked)
    .map(({ value }) => value.replace(CONTROLS, '').normalize('NFC'))
    .join(' ')
}

function write(controls: readonly Control[], value: string) {
  for (const control of controls) {
    if (isBox(control)) control.checked = value.split(' ').includes(control.value)
    else control.value = value
    control.dispatchEvent(new Event('change', { bubbles: true }))
  }
}

/** What stood in a field before anybody worked on it: said where it was changed already, else what the page came with. */
function initialOf(controls: readonly Control[]): string {
  return (
    controls[0]?.dataset.was ??
    controls
      .filter((control) => !isBox(control) || control.defaultChecked)
      // lists have no such value
      .map((control) => (control as HTMLTextAreaElement).defaultValue ?? control.value)
      .join(' ')
  )
}

/** Rules that were ticked stay with the browser, in the cookie that the server writes for plain forms. */
function keepTicks() {
  const kept = /\bticks=([^;]*)/.exec(document.cookie)?.[1] ?? ''
  const others = kept.split('.').filter((tick) => !tick.startsWith(`${ref}-`))
  const own = [...form.querySelectorAll<HTMLInputElement>('[name=ticks]:checked')].map(({ value }) => value)
  const path = `/attempts/${run.id}`
  // biome-ignore lint/suspicious/noDocumentCookie: browsers without the newer interface keep ticks too
  document.cookie = `ticks=${[...others, ...own].filter(Boolean).join('.')};path=${path};max-age=86400;samesite=lax`
}

export function openTask() {
  document.documentElement.classList.add('js')
  const fields = fieldsOf()
  const initial = new Map([...fields].map(([name, controls]) => [name, initialOf(controls)]))
  const entries = () =>
    Object.fromEntries(
      [...fields]
        .map(([name, controls]) => [name, writtenIn(controls)])
        .filter(([name = '', now]) => now !== initial.get(name))
        // as the server keeps them
        .sort(),
    )
  const show = (response: { entries?: Record<string, string> } | null) => {
    for (const [name, controls] of fields) write(controls, response?.entries?.[name] ?? initial.get(name) ?? '')
  }

  const kept = takeUp(ref, Number(form.dataset.rev), { entries: entries() })
  if (kept) show(kept.response)
  onAdopt((item, response) => item === ref && show(response))

  const cameIn = (text?: string | null) => {
    seen.longest = Math.max(seen.longest, text?.length ?? 0)
  }
  form.addEventListener('input', (e) => {
    const control = e.target as Control
    cameIn((e as InputEvent).data)
    if (control.name?.startsWith(`${ref}.`)) enter(ref, { entries: entries() })
    const length = control.parentElement?.querySelector('output')
    if (length) length.textContent = String([...control.value.replace(/\s/g, '')].length)
  })
  form.addEventListener('paste', (e) => {
    cameIn(e.clipboardData?.getData('text'))
    report('paste', ref)
  })
  form.addEventListener('click', async (e) => {
    const file = (e.target as Element).closest<HTMLAnchorElement>('[data-file]')
    if (file) {
      e.preventDefault()
      if (await flush()) location.assign(file.href)
      else say(texts.unsaved, 'alert')
      return
    }
    const name = (e.target as Element).closest<HTMLButtonElement>('.undo')?.value.slice('undo.'.length) ?? ''
    const controls = fields.get(name)
    if (!controls) return
    e.preventDefault()
    write(controls, initial.get(name) ?? '')
    controls[0]?.focus()
    enter(ref, { entries: entries() })
  })
  form.addEventListener('submit', async (e) => {
    const button = e.submitter as HTMLButtonElement | null
    // taking over posts the whole form
    if (button?.hasAttribute('formaction')) return
    e.preventDefault()
    if (!(await flush())) return say(texts.unsaved, 'alert')
    const to = button?.dataset.turn
    if (to !== undefined) location.assign(`/attempts/${run.id}${to}`)
  })
  form.addEventListener('change', (e) => {
    if ((e.target as Control).name === 'ticks') keepTicks()
  })
}
