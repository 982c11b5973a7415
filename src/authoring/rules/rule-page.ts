import type { Subjects } from '../../../dist/texts.d.ts'
import { type Said, say } from '../said.ts'

type Key = keyof Subjects['rules']
type Rule = { [One in Key]: One extends `rule.${infer Name}.title` ? Name : never }[Key]

/**
 * What to show: the items of a bank file as they are written, several files by name, or words where the fault is not one
 * of text that can be shown (a link in the folder, a file of a hundred megabytes).
 */
export type Example = string | Readonly<Record<string, string>> | { readonly told: Said }

/** The page that explains one rule to an author. */
export interface RulePage {
  readonly rule: string
  readonly title: Said
  readonly why: Said
  readonly bad: Example
  readonly good: Example
}

export const isTold = (example: Example): example is { readonly told: Said } =>
  typeof example !== 'string' && typeof example.told === 'object'

export const told = (key: Key): Example => ({ told: say(key) })

/** A page, whose title and reason stand in the texts: what to avoid, and what to write. */
export const page = (rule: Rule, bad: Example, good: Example): RulePage => ({
  rule,
  title: say(`rule.${rule}.title`),
  why: say(`rule.${rule}.why`),
  bad,
  good,
})
