import { type Expression, variablesIn } from '../item/expression.ts'
import type { Slot, Variable } from '../item/item.ts'
import { MOST_SLOTS, SLOT_MARKS, slotMark, slotOf } from '../item/slot-mark.ts'
import { error, type Finding } from './diagnostic.ts'
import { PLAIN_WORDS } from './keywords.data.ts'
import { parseExpression } from './parse-expression.ts'
import { listed, say } from './said.ts'

const SLOT = /\{\{([^{}]*)\}\}/g
/** `{{year:plain}}` keeps its digits together. */
const PLAIN = new RegExp(String.raw`\s*[:：]\s*(?:${PLAIN_WORDS})\s*$`, 'i')

/** Whether a text asks for the value of an expression; in code of an item without variables it is just code. */
export const holdsSlot = (text: string): boolean => /\{\{[^{}]*\}\}/.test(text)

/** Collects the slots of one side of an item, public or secret; the same expression is one slot. */
export interface SlotTable {
  readonly slots: readonly Slot[]
  /** Puts marks where slots are written; problems go to `refuse` with the text to point at. */
  take(text: string): string
  /** A text with marks, each spelt as its expression: the same wherever the expression was met first. */
  spell(marked: string): string
}

/** Reads an expression over these variables. */
export function readFormula(
  source: string,
  variables: readonly Variable[],
  refuse: (finding: Finding) => void,
): Expression | undefined {
  const parsed = parseExpression(source)
  if (!parsed.ok) {
    refuse(
      error(
        'variables/expression',
        say('finding.expressionUnreadable', { source: source.trim(), problem: parsed.problem }),
        say('advice.arithmeticOnly'),
      ),
    )
    return undefined
  }
  const unknown = [...variablesIn(parsed.value)].filter((name) => !variables.some((variable) => variable.name === name))
  if (unknown.length === 0) return parsed.value
  refuse(
    error('variables/unknown', say('finding.variableUnknown', { unknown: listed(unknown) }), say('advice.addVariable')),
  )
  return undefined
}

export function openSlotTable(
  variables: readonly Variable[],
  refuse: (finding: Finding, raw: string) => void,
): SlotTable {
  const slots: Slot[] = []
  const known = new Map<string, number>()
  return {
    slots,
    spell: (marked) => marked.replace(SLOT_MARKS, (mark) => JSON.stringify(slots[slotOf(mark)])),
    take: (text) =>
      text.replace(SLOT, (raw, inner: string) => {
        const isPlain = PLAIN.test(inner)
        const expression = readFormula(inner.replace(PLAIN, ''), variables, (finding) => refuse(finding, raw))
        if (expression === undefined) return raw
        const slot: Slot = { expression, ...(isPlain ? { plain: true } : {}) }
        const name = JSON.stringify(slot)
        const index = known.get(name) ?? slots.push(slot) - 1
        known.set(name, index)
        if (index < MOST_SLOTS) return slotMark(index)
        refuse(error('variables/expression', say('finding.tooManyExpressions'), say('advice.splitItem')), raw)
        return raw
      }),
  }
}
