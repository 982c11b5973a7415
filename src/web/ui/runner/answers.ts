/** Reads and writes the controls of one question. */
export type Answer = { choice: string } | { choices: string[] } | { text: string } | { blanks: Record<string, string> } | { pairs: Record<string, string> } | { order: string[] } | null

/** Selects are read like inputs: by name and value. */
type Control = HTMLInputElement

const controls = (q: HTMLElement) => [...q.querySelectorAll<Control>('input,select,textarea')].filter((c) => c.name === q.id || c.name.startsWith(`${q.id}.`))
const partOf = (control: Control) => control.name.split('.')[1] as string
export const list = (q: HTMLElement) => q.querySelector('.order') as HTMLElement

/** What the controls say now, and whether nothing is left open. */
export function readAnswer(q: HTMLElement): [Answer, boolean] {
  const all = controls(q)
  const type = q.dataset.type
  if (type === 'order') {
    const ol = list(q)
    return 'a' in ol.dataset ? [{ order: [...ol.children].map((li) => (li as HTMLElement).dataset.ref as string) }, true] : [null, false]
  }
  if (type === 'cloze' || type === 'match') {
    const given = all.filter((c) => c.value.trim())
    const values = Object.fromEntries(given.map((c) => [partOf(c), c.value]))
    return [given.length ? (type === 'cloze' ? { blanks: values } : { pairs: values }) : null, given.length === all.length]
  }
  if (type === 'numeric' || type === 'short' || type === 'essay') {
    const text = all[0]?.value ?? ''
    return text.trim() ? [{ text }, true] : [null, false]
  }
  const picked = all.filter((c) => c.checked).map((c) => c.value)
  if (!picked.length) return [null, false]
  return [type === 'multiple' ? { choices: picked } : { choice: picked[0] as string }, true]
}

export function writeAnswer(q: HTMLElement, answer: Answer) {
  const all = controls(q)
  if (q.dataset.type === 'order') {
    const ol = list(q)
    if (!answer) delete ol.dataset.a
    else if ('order' in answer) {
      ol.dataset.a = ''
      for (const ref of answer.order) ol.appendChild(ol.querySelector(`[data-ref="${ref}"]`) as Node)
    }
    return
  }
  for (const control of all) {
    const values = answer && ('blanks' in answer ? answer.blanks : 'pairs' in answer ? answer.pairs : undefined)
    if (values) control.value = values[partOf(control)] ?? ''
    else if (control.type === 'radio' || control.type === 'checkbox') {
      control.checked = !!answer && ('choice' in answer ? answer.choice === control.value : 'choices' in answer && answer.choices.includes(control.value))
    } else control.value = answer && 'text' in answer ? answer.text : ''
  }
}
