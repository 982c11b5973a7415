import type { Issue } from '../../kernel/problem.ts'
import type { Bank, ExamDefinition } from '../bank.ts'
import { canonicalJson } from '../canonical-json.ts'
import { choicesOf, definitionOf } from '../definition-of.ts'
import { variablesIn } from '../expression.ts'
import { familyContent } from '../family.ts'
import { type Item, itemContent, type Slot, scoredContent, type Wording } from '../item.ts'
import { blanksIn, textOfHtml } from '../markup/html-text.ts'
import { SLOT_MARKS, slotOf } from '../slot-mark.ts'
import type { StudySheet } from '../study-sheet.ts'
import { areDistinct } from '../types/choice-list.ts'
import type { Choice } from '../types/item-type.ts'

/** SHA-256 of a text, in hex. */
export type Digest = (text: string) => Promise<string>

const sameList = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((value, i) => value === b[i])

/** What is wrong with the slots of one side: marks without one, slots without a mark, expressions over variables that are not there. */
function slotsFit(texts: readonly string[], slots: readonly Slot[], { variables = [] }: Wording): boolean {
  const used = new Set(texts.flatMap((text) => text.match(SLOT_MARKS) ?? []).map(slotOf))
  const names = new Set(variables.map(({ name }) => name))
  return (
    used.size === slots.length &&
    slots.every(({ expression }, i) => used.has(i) && [...variablesIn(expression)].every((name) => names.has(name)))
  )
}

function wordingIssues(item: Item, wording: Wording, path: string): Issue[] {
  const { stem, secret, variables = [] } = wording
  const wrong = (isRight: boolean, where: string, message: string): Issue[] =>
    isRight ? [] : [{ path: `${path}.${where}`, message }]
  const says = ({ html, text }: Choice) => text === textOfHtml(html)
  const odd = choicesOf(stem).find((choice) => !says(choice))
  const [ofStem, ofKey] = [definitionOf(stem.type), definitionOf(secret.key.type)]
  const blanks = ofStem.blanksOf?.(stem)
  const formula = ofKey.formulaOf?.(secret.key)
  return [
    ...wrong(
      stem.type === item.type && secret.key.type === item.type,
      'stem.type',
      'is another type than that of the item and its key',
    ),
    ...wrong(
      odd === undefined,
      'stem',
      `an option's text is not what candidates read in its html: ${odd?.text.slice(0, 40)}`,
    ),
    ...wrong(
      blanks === undefined || sameList(blanksIn(stem.html), blanks),
      'stem.blanks',
      'are not the blanks of its html',
    ),
    ...wrong(blanks !== undefined || blanksIn(stem.html).length === 0, 'stem.html', 'has blanks, and is no cloze'),
    ...wrong(
      choicesOf(stem).every(({ html }) => blanksIn(html).length === 0),
      'stem',
      'an option has blanks',
    ),
    ...wrong(
      stem.type !== secret.key.type || ofStem.keyFits(secret.key, stem),
      'secret.key',
      'does not fit what its stem has',
    ),
    ...wrong(areDistinct(variables.map(({ name }) => name)), 'variables', 'have a name twice'),
    ...wrong(
      [...(formula === undefined ? [] : variablesIn(formula))].every((name) =>
        variables.some((variable) => variable.name === name),
      ),
      'secret.key.value',
      'asks for a variable that is not there',
    ),
    ...wrong(
      slotsFit([stem.html, ...choicesOf(stem).flatMap(({ html, text }) => [html, text])], stem.slots ?? [], wording),
      'stem.slots',
      'do not fit the marks of its html, or the variables',
    ),
    ...wrong(
      slotsFit(ofKey.acceptedIn?.(secret.key) ?? [], secret.slots ?? [], wording),
      'secret.slots',
      'do not fit the marks of the accepted answers, or the variables',
    ),
  ]
}

async function itemIssues(item: Item, path: string, digest: Digest): Promise<Issue[]> {
  const wordings = Object.entries(item.wordings).filter((entry): entry is [string, Wording] => entry[1] !== undefined)
  const hashes = await Promise.all(
    wordings.map(
      async ([locale, wording]) => [locale, await digest(scoredContent(item.type, item.points, wording))] as const,
    ),
  )
  const isSealed = (await digest(itemContent(Object.fromEntries(hashes)))) === item.hash
  return [
    ...(wordings.length > 0 ? [] : [{ path: `${path}.wordings`, message: 'there is no wording' }]),
    ...wordings.flatMap(([locale, wording]) => wordingIssues(item, wording, `${path}.wordings.${locale}`)),
    ...(isSealed ? [] : [{ path: `${path}.hash`, message: 'is not the hash of what is scored of this item' }]),
  ]
}

/** A sheet is of a skill and an area of its exam, and nothing in it is to be filled in. */
function sheetIssues({ skill, topic, wordings }: StudySheet, exam: ExamDefinition, path: string): Issue[] {
  const html = Object.values(wordings).flatMap((wording) => Object.values(wording?.html ?? {}))
  return [
    ...(exam.skills.some(({ id }) => id === skill)
      ? []
      : [{ path: `${path}.skill`, message: 'is no skill of the exam' }]),
    ...(exam.sections.some((section) => section.topic === topic)
      ? []
      : [{ path: `${path}.topic`, message: 'is no section of the exam' }]),
    ...(html.length > 0 ? [] : [{ path: `${path}.wordings`, message: 'there is no wording' }]),
    ...(html.every((part) => blanksIn(part).length === 0) ? [] : [{ path, message: 'has blanks, and is no item' }]),
  ]
}

/**
 * Makes everything anew that a bank says of itself, and tells where it says something else: hashes, the texts of options,
 * which blanks and numbers stand where, whether keys fit. Of what a bank holds nothing is left that only claims something.
 */
export async function derivedIssues({ exam, items, studySheets, tasks, hash }: Bank, digest: Digest): Promise<Issue[]> {
  const twice = (path: string, names: readonly string[]): Issue[] =>
    areDistinct(names) ? [] : [{ path, message: 'a name stands twice' }]
  const ofItems = await Promise.all(items.map((item, i) => itemIssues(item, `bank.items.${i}`, digest)))
  const ofTasks = await Promise.all(
    (tasks ?? []).map(async (family, i) =>
      (await digest(familyContent(family))) === family.hash
        ? []
        : [{ path: `bank.tasks.${i}.hash`, message: 'is not the hash of what papers are drawn by' }],
    ),
  )
  return [
    ...((await digest(
      canonicalJson({ exam, items, ...(studySheets ? { studySheets } : {}), ...(tasks ? { tasks } : {}) }),
    )) === hash
      ? []
      : [{ path: 'bank.hash', message: 'is not the hash of this exam and these items' }]),
    ...twice(
      'bank.items',
      items.map(({ id }) => id),
    ),
    ...twice(
      'bank.exam.sections',
      exam.sections.map(({ topic }) => topic),
    ),
    ...twice(
      'bank.exam.skills',
      exam.skills.map(({ id }) => id),
    ),
    ...twice(
      'bank.studySheets',
      (studySheets ?? []).map(({ skill }) => skill),
    ),
    ...(studySheets ?? []).flatMap((sheet, i) => sheetIssues(sheet, exam, `bank.studySheets.${i}`)),
    ...twice(
      'bank.tasks',
      (tasks ?? []).map(({ id }) => id),
    ),
    ...ofItems.flat(),
    ...ofTasks.flat(),
  ]
}
