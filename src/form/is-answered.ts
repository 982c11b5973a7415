import type { PresentedItem, PresentedResponse } from './form.ts'

/** Whether nothing of an item is left open. A half-filled cloze or match still counts as unanswered. */
export function isAnswered(item: PresentedItem, response: PresentedResponse | undefined): boolean {
  if (!response) return false
  if ('choice' in response) return true
  if ('choices' in response) return response.choices.length > 0
  if ('text' in response) return response.text.trim() !== ''
  if ('order' in response) return true
  if ('blanks' in response) return (item.blanks ?? []).every((blank) => (response.blanks[blank.ref] ?? '').trim() !== '')
  return (item.left ?? []).every((left) => response.pairs[left.ref] !== undefined)
}
