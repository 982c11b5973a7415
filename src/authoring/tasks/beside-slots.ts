import { type CompiledHtml, escapeHtml } from '../../item/markup/compiled-html.ts'

const FIRST_MARK = 0xe200
const MARKS = /[\ue200-\ue2ff]/g

/** Renders Markdown with its slots out of the way: they are neither read as Markdown nor broken between words. */
export function besideSlots(text: string, render: (marked: string) => CompiledHtml): CompiledHtml {
  const slots: string[] = []
  const marked = text.replace(/\{\{[^{}]+\}\}/g, (slot) => String.fromCharCode(FIRST_MARK + (slots.push(slot) - 1)))
  return render(marked).replace(MARKS, (mark) =>
    escapeHtml(slots[mark.charCodeAt(0) - FIRST_MARK] as string),
  ) as CompiledHtml
}
