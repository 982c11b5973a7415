import type { PresentedItem, PresentedResponse } from '../../../form/form.ts'
import { answerOf, responseWith } from '../../../form/read-response.ts'
import { controlTypeOf } from '../control-types.ts'
import { type EntryProblem, type FormFields, firstOf } from '../types/control-type.ts'

export interface Save {
  readonly item: string
  readonly revision: number
  readonly response: PresentedResponse
}

export interface SectionEntries {
  readonly saves: readonly Save[]
  readonly problems: Readonly<Record<string, EntryProblem>>
}

export const revisionField = (ref: string): string => `rev.${ref}`
export const flagField = (ref: string): string => `flag.${ref}`

/** What one item's controls say, before it is checked; `undefined` where it is only half given. */
export function entryOf(item: PresentedItem, fields: FormFields): PresentedResponse | undefined {
  const entry = controlTypeOf(item.type).readForm(item, fields)
  return entry === null || entry === undefined ? entry : responseWith(item.type, entry)
}

function problemOf(item: PresentedItem, entry: PresentedResponse): EntryProblem | undefined {
  const answer = answerOf(item.type, entry)
  return answer === undefined ? undefined : controlTypeOf(item.type).problemOf(item, answer)
}

const same = (a: PresentedResponse, b: PresentedResponse): boolean => JSON.stringify(a) === JSON.stringify(b)

/**
 * Reads the section that was shown: only items whose revision field came along, and only those that changed. The form's own
 * revision is the one the page was made with, so an entry made on an old page does not overwrite a newer one.
 */
export function readSection(
  items: readonly PresentedItem[],
  fields: FormFields,
  stored: Readonly<Record<string, { readonly response: PresentedResponse }>>,
): SectionEntries {
  const saves: Save[] = []
  const problems: Record<string, EntryProblem> = {}
  for (const item of items) {
    const shown = Number(firstOf(fields, revisionField(item.ref)))
    if (fields[revisionField(item.ref)] === undefined || !Number.isSafeInteger(shown) || shown < 0) continue
    const entry = entryOf(item, fields)
    if (entry === undefined) {
      problems[item.ref] = 'order-incomplete'
      continue
    }
    if (same(entry, stored[item.ref]?.response ?? null)) continue
    const problem = problemOf(item, entry)
    if (problem) problems[item.ref] = problem
    else saves.push({ item: item.ref, revision: shown + 1, response: entry })
  }
  return { saves, problems }
}

/** Flags of a plain form: those ticked in the shown section and those it carried along for the others. */
export function readFlags(items: readonly PresentedItem[], fields: FormFields): string[] {
  const shown = new Set(items.map(({ ref }) => ref))
  const carried = firstOf(fields, 'flags')
    .split('.')
    .filter((ref) => /^q\d{1,3}$/.test(ref) && !shown.has(ref))
  return [...carried, ...items.filter(({ ref }) => fields[flagField(ref)] !== undefined).map(({ ref }) => ref)]
}
