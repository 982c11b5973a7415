import type { Subjects } from '../../../dist/texts.d.ts'
import { type Language, type Said, say } from '../said.ts'
import { PHRASES } from './english-phrases.data.ts'

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

const LONGEST_FIRST = Object.keys(PHRASES).sort((a, b) => b.length - a.length)
const JAPANESE = /[\u3040-\u30ff\u4e00-\u9fff]/

function translate(text: string): string | undefined {
  let english = text
  for (const phrase of LONGEST_FIRST) english = english.replaceAll(phrase, PHRASES[phrase] as string)
  return JAPANESE.test(english) ? undefined : english
}

function inEnglish(example: Example): Example | undefined {
  if (typeof example === 'string') return translate(example)
  if (isTold(example)) return example
  const files = Object.entries(example).map(([path, text]) => [translate(path), translate(text)] as const)
  return files.every((file): file is [string, string] => file[0] !== undefined && file[1] !== undefined)
    ? Object.fromEntries(files)
    : undefined
}

/** Rules that find what they look for in Japanese only, or in both languages at once: their examples stay as they are. */
const AS_WRITTEN = /^(?:ja|locale)\/|^refs\/(?:missing|stale)-law$/

/** The examples of a page for who reads in this language: in English where the rule is no matter of Japanese. */
export function examplesOf({ rule, bad, good }: RulePage, language: Language): Pick<RulePage, 'bad' | 'good'> {
  if (language === 'ja' || AS_WRITTEN.test(rule)) return { bad, good }
  const english = { bad: inEnglish(bad), good: inEnglish(good) }
  return english.bad !== undefined && english.good !== undefined
    ? { bad: english.bad, good: english.good }
    : { bad, good }
}
