import * as z from 'zod'
import { assembleForm, NO_EXPOSURE } from '../form/assemble-form.ts'
import type { Bank } from '../item/bank.ts'
import { canonicalJson } from '../item/canonical-json.ts'
import type { Expression } from '../item/expression.ts'
import type { LintNote } from '../item/publishing/lint-note.ts'
import type { Issue } from '../kernel/problem.ts'
import { fail, ok, type Result } from '../kernel/result.ts'

/** Some eleven hundred items in two languages; packed, a bank of this size still fits into a row of D1. */
export const MAX_BUNDLE_BYTES = 5_500_000

/** What `kentei publish` makes of an exam folder: the compiled bank, and what the lint said of it. */
export interface Bundle {
  readonly bank: Bank
  readonly lint: readonly LintNote[]
}

/**
 * Every tag that the compiler writes, exactly as it writes it. A bank may come from anybody who may propose one, and what
 * is in it stands on candidates' pages as it is: whatever else begins with `<` is refused.
 */
const TAG =
  /<(?:(\/?)(p|ul|ol|li|strong|em|code|pre|blockquote|table|thead|tbody|tr|th|td|span|a|h[2-6])|(?:br|hr|wbr)|(ol) start="\d{1,9}"|(blockquote) lang="(?:ja|en)"|(th|td)(?: scope="col")?(?: data-align="(?:left|right|center)")?|(span) class="blank" data-blank="\d{1,3}"|(a) href="(?:https:\/\/|mailto:)[^"<>]*" rel="noopener noreferrer"|img src="data:image\/(?:png|jpeg|gif|webp|avif);base64,[A-Za-z0-9+/]*={0,2}" alt="[^"<>]*")>/g

/** Whether it holds nothing but the compiler's own tags, each closed where it should be. */
function isCompiledHtml(html: string): boolean {
  const open: string[] = []
  for (const [, closing, plain, ...others] of html.matchAll(TAG)) {
    const name = plain ?? others.slice(0, 5).find((other) => other !== undefined)
    if (closing) {
      if (open.pop() !== name) return false
    } else if (name !== undefined) open.push(name)
  }
  return open.length === 0 && !html.replace(TAG, '').includes('<')
}

const text = z.string().max(200_000)
const html = z.string().max(2_000_000).refine(isCompiledHtml, 'holds markup that the compiler does not write')
const name = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/)
const inLocales = <T extends z.ZodType>(of: T) => z.strictObject({ ja: of.optional(), en: of.optional() })
const index = z.int().min(0).max(999)
const period = z.strictObject({ years: z.int().min(0), months: z.int().min(0), days: z.int().min(0) })

const expression: z.ZodType<Expression> = z.lazy(() =>
  z.union([z.string().max(64), z.tuple([z.enum(['+', '-', '*', '/', 'floor', 'ceil', 'round', 'min', 'max'])], expression) as unknown as z.ZodType<Expression>]),
)

const exam = z.strictObject({
  id: name,
  title: inLocales(text),
  claim: inLocales(text).optional(),
  limits: inLocales(text).optional(),
  level: z.union([z.literal(1), z.literal(2), z.literal(3)]),
  version: z.int().min(1),
  locales: z.array(z.enum(['ja', 'en'])).min(1),
  timeLimitSeconds: z.int().min(1),
  passScore: z.number().min(0).max(100),
  closesAt: text.optional(),
  validFor: period,
  retake: z.strictObject({ wait: period, perYear: z.int().min(1) }),
  sections: z
    .array(
      z.strictObject({
        topic: name,
        title: inLocales(text),
        draw: z.int().min(1).max(500),
        quotas: z.array(z.strictObject({ from: z.int().min(1).max(5), to: z.int().min(1).max(5), draw: z.int().min(0) })),
        minPool: z.number(),
        passScore: z.number().optional(),
      }),
    )
    .min(1),
  critical: z.strictObject({ min: z.int().min(0), skills: z.array(text) }).optional(),
  mostOverlap: z.number().min(0).max(1).optional(),
  mostOwnOverlap: z.number().min(0).max(1).optional(),
  skills: z.array(z.strictObject({ id: text, name: inLocales(text), url: z.url({ protocol: /^https?$/ }).optional() })),
  rulesHtml: inLocales(html),
})

const choice = z.strictObject({ html, text })
const choices = z.array(choice).max(1_000)
const slots = z
  .array(z.strictObject({ expression, plain: z.literal(true).optional() }))
  .max(256)
  .optional()
const variable = z.union([z.strictObject({ name: text, values: z.array(z.number()).min(1) }), z.strictObject({ name: text, from: z.number(), to: z.number(), step: z.number().positive() })])

const stem = z.discriminatedUnion('type', [
  z.strictObject({ type: z.enum(['single', 'multiple', 'true-false']), html, choices, fixedOrder: z.boolean(), slots }),
  z.strictObject({ type: z.enum(['numeric', 'short']), html, slots }),
  z.strictObject({ type: z.literal('cloze'), html, blanks: z.array(z.strictObject({ ref: z.string().regex(/^\d{1,3}$/), choices: choices.optional() })), slots }),
  z.strictObject({ type: z.literal('order'), html, choices, slots }),
  z.strictObject({ type: z.literal('essay'), html, minChars: z.int(), maxChars: z.int(), slots }),
  z.strictObject({ type: z.literal('match'), html, left: choices, right: choices, slots }),
])

const accepted = z.array(text).min(1)
const key = z.discriminatedUnion('type', [
  z.strictObject({ type: z.enum(['single', 'true-false']), choice: index }),
  z.strictObject({ type: z.literal('multiple'), choices: z.array(index), partial: z.boolean() }),
  z.strictObject({ type: z.literal('numeric'), value: z.union([z.number(), expression]), tolerance: z.number().min(0), unit: text }),
  z.strictObject({ type: z.literal('short'), accepted }),
  z.strictObject({ type: z.literal('cloze'), blanks: z.record(z.string(), z.union([z.strictObject({ choice: index }), z.strictObject({ accepted })])) }),
  z.strictObject({ type: z.literal('order'), order: z.array(index) }),
  z.strictObject({
    type: z.literal('essay'),
    criteria: z.array(z.strictObject({ name: text, points: z.number(), levels: z.array(z.strictObject({ level: z.int(), descriptor: text })) })),
    model: text,
  }),
  z.strictObject({ type: z.literal('match'), pairs: z.array(index) }),
])

const wording = z
  .strictObject({ variables: z.array(variable).max(64).optional(), stem, secret: z.strictObject({ key, slots, rationale: text, references: z.array(text), notes: text }) })
  .refine((one) => one.stem.type === one.secret.key.type, 'the key is of another type than the stem')

const item = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z][a-z0-9-]*-\d+$/)
    .max(100),
  topic: name,
  version: z.int().min(1),
  type: z.enum(['single', 'multiple', 'true-false', 'numeric', 'short', 'cloze', 'order', 'match', 'essay']),
  status: z.enum(['live', 'dormant', 'draft', 'pilot', 'retired', 'honeypot']),
  points: z.number().positive(),
  difficulty: z.int().min(1).max(5),
  seconds: z.number().positive().optional(),
  skill: text.optional(),
  level: z.enum(['knowledge', 'application', 'judgement']).optional(),
  reviewBy: z.iso.date().optional(),
  enemies: z.array(text),
  wordings: inLocales(wording),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
})

const lintNote = z.strictObject({ rule: text, severity: z.enum(['error', 'warning']), where: text, message: text, item: text.optional() })

const bundle = z.strictObject({
  bank: z.strictObject({ exam, items: z.array(item).min(1).max(20_000), hash: z.string().regex(/^[0-9a-f]{64}$/) }),
  lint: z.array(lintNote).max(5_000).default([]),
})

const MOST_NESTING = 64

/** A parser of nested lists would follow them as deep as they go. */
function isTooDeep(json: string): boolean {
  let depth = 0
  for (const [mark] of json.replace(/"(?:[^"\\]|\\.)*"/g, '').matchAll(/[[\]{}]/g)) {
    depth += mark === '[' || mark === '{' ? 1 : -1
    if (depth > MOST_NESTING) return true
  }
  return false
}

const hex = (bytes: ArrayBuffer): string => [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('')

const hashOf = async ({ exam, items }: Pick<Bank, 'exam' | 'items'>): Promise<string> => hex(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(canonicalJson({ exam, items }))))

const refuse = (...issues: Issue[]) => fail({ code: 'malformed' as const, issues })

/** Whether every locale's paper can be drawn. */
function canDraw(bank: Bank): boolean {
  try {
    for (const locale of bank.exam.locales) assembleForm(bank, { locale, seed: '0'.repeat(32), exposure: NO_EXPOSURE })
    return true
  } catch {
    return false
  }
}

/**
 * Reads what `kentei publish` sent, trusting nothing in it: its form, its markup, its hash, and that a paper can be drawn.
 * A bare bank, without what the lint said, is read too.
 */
export async function readBundle(json: string): Promise<Result<Bundle>> {
  if (isTooDeep(json)) return refuse({ path: '', message: 'the body is nested too deep' })
  let body: unknown
  try {
    body = JSON.parse(json)
  } catch {
    return refuse({ path: '', message: 'the body is not JSON; make it with: kentei publish --out' })
  }
  const read = bundle.safeParse(typeof body === 'object' && body !== null && 'items' in body ? { bank: body } : body)
  if (!read.success) return refuse(...read.error.issues.slice(0, 50).map(({ path, message }) => ({ path: path.join('.'), message })))
  const { bank, lint } = read.data as unknown as Bundle
  if ((await hashOf(bank)) !== bank.hash) return refuse({ path: 'bank.hash', message: 'is not the hash of this exam and these items' })
  if (!canDraw(bank)) return refuse({ path: 'bank.exam.sections', message: 'the items cannot fill a paper of this blueprint' })
  return ok({ bank, lint })
}
