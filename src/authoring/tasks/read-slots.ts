import { type CompiledHtml, escapeHtml } from '../../item/markup/compiled-html.ts'
import { type SlotDefinition, type SlotSource, slotName, slotsIn } from '../../task/slots.ts'
import { error, type Report } from '../diagnostic.ts'
import { say } from '../said.ts'
import { type FamilyRow, type FamilySource, readRows, refuseCell } from './family-source.ts'
import { FAMILY_SECTION_WORDS, SLOT_WORDS } from './words.data.ts'

const number = (text: string): number => Number(text.replaceAll(',', ''))
const INTEGER = new RegExp(
  `^${SLOT_WORDS.integer}[ \\u3000]+([\\d,]+)[〜~]([\\d,]+)(?:[ \\u3000]+${SLOT_WORDS.step}[ \\u3000]*([\\d,]+))?$`,
)
const DATE = new RegExp(
  `^${SLOT_WORDS.date}[ \\u3000]+(\\d{4}-\\d{2}-\\d{2})[〜~](\\d{4}-\\d{2}-\\d{2})(?:[ \\u3000]+(${SLOT_WORDS.weekdays}))?$`,
)

/** Reads from what a slot is drawn; undefined where the range is empty. */
export function readSlotSource(written: string): SlotSource | undefined {
  const integer = INTEGER.exec(written)
  if (integer) {
    const [, from = '', to = '', step = '1'] = integer
    const source = { form: 'integer', from: number(from), to: number(to), step: number(step) } as const
    // years have no comma, amounts do
    const grouped = to.includes(',') || source.to < 1_000
    return source.from <= source.to && source.step >= 1 ? { ...source, grouped } : undefined
  }
  const date = DATE.exec(written)
  if (date) {
    const [, from = '', to = '', weekdays] = date
    return from <= to && !Number.isNaN(Date.parse(from)) && !Number.isNaN(Date.parse(to))
      ? { form: 'date', from, to, weekdays: weekdays !== undefined }
      : undefined
  }
  const after = SLOT_WORDS.after.exec(written)
  if (after) return { form: 'days-after', slot: after[1] as string, days: 1 }
  const candidates = written.split(/ \/ /).map((one) => one.trim())
  return candidates.every((one) => one !== '') ? { form: 'choice', candidates } : undefined
}

/** Reads the slots of a family in their order; each may speak of those before it. */
export function readSlots(source: FamilySource, report: Report): SlotDefinition[] {
  const part = source.parts.get('slots')
  if (!part) return []
  const known = new Set<string>()
  return readRows(part, ['slot', 'candidates'], report).flatMap((row) => readSlot(row, known, report) ?? [])
}

function readSlot(row: FamilyRow, known: Set<string>, report: Report): SlotDefinition | undefined {
  const name = row.cells.slot as string
  const written = row.cells.candidates as string
  if (slotName(name) !== name || known.has(name)) return refuseCell(row, 'slot', report)
  const source = readSlotSource(written)
  if (!source) return refuseCell(row, 'candidates', report)
  const asked =
    source.form === 'days-after' ? [source.slot] : slotsIn(written).flatMap((slot) => slotName(slot) ?? [slot])
  for (const other of asked)
    if (!known.has(other))
      report(
        row.at,
        error(
          'task/slot',
          say('task.slotUnknown', { slot: other, section: FAMILY_SECTION_WORDS.slots }),
          say('advice.writeSlot'),
        ),
      )
  known.add(name)
  return { name, source }
}

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

/** Where the braces end that open at a place, behind the last of them; undefined where they never do. */
export function endOfBraces(text: string, from: number): number | undefined {
  let depth = 0
  for (let at = from; at < text.length - 1; at++) {
    const two = text.slice(at, at + 2)
    if (two !== '{{' && two !== '}}') continue
    depth += two === '{{' ? 1 : -1
    at += 1
    if (depth === 0) return at + 1
  }
  return undefined
}

/** Cuts a text at a sign, but not inside of braces. */
export function cutOutsideBraces(text: string, sign: string): string[] {
  const cut: string[] = []
  let from = 0
  for (let at = 0; at < text.length; at++) {
    if (text.startsWith('{{', at)) at = (endOfBraces(text, at) ?? text.length) - 1
    else if (text[at] === sign) {
      cut.push(text.slice(from, at))
      from = at + 1
    }
  }
  return [...cut, text.slice(from)]
}
