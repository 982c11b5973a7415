import * as z from 'zod'
import { type Instant, parseRfc3339 } from '../../kernel/instant.ts'
import { fail, ok } from '../../kernel/result.ts'
import { fingerprintOf } from '../../platform/http/replay/request-key.ts'
import { postedTexts } from '../../platform/page/form.tsx'
import { isShownName } from '../../platform/words/shown-name.ts'
import { bareDigits } from '../people/payout/account.ts'
import { malformed, type Outcome, type SandboxProblem } from '../problem.ts'
import { type PageContext, personOf } from './page-door.tsx'
import { type Locale, textsOf } from './texts.ts'

/** What was typed, by field. */
export type Fields = Readonly<Record<string, string>>

/** A form that was not taken: it is shown again with what was typed and what is wrong. Which one of a page it was is in its field `form`. */
export interface Rejected {
  readonly fields: Fields
  readonly problem: SandboxProblem
}

/** Reads a form that was sent. Line ends become single ones; files are left out. */
export async function readFields(c: PageContext): Promise<Fields> {
  return Object.fromEntries((await postedTexts(c)).map(([name, text]) => [name, text.replaceAll('\r\n', '\n')]))
}

/** Which sending of a form it is: sent twice, such as by a double click, it acts once. Undefined where the form has no `once`. */
export async function requestOf(
  c: PageContext,
  fields: Fields,
): Promise<{ readonly key: string; readonly fingerprint: string } | undefined> {
  const { once } = fields
  if (!once || once.length > 128) return undefined
  return {
    key: `${personOf(c).id}/page:${once}`,
    fingerprint: await fingerprintOf([c.req.path, JSON.stringify(fields)]),
  }
}

/** Whether the writer was warned of what a text looks like, and sends it all the same. */
export const sendsAnyway = ({ sendAnyway }: Fields): boolean => sendAnyway === '1'

/** A text that has to be there. */
export const prose = (most: number) => z.string('required').trim().min(1, 'required').max(most, `long ${most}`)

/** A text in one line that has to be there, and shows no other than it is. */
export const line = (most: number) =>
  z
    .string('required')
    .transform((typed) => typed.replaceAll(/\s+/g, ' '))
    .pipe(prose(most).refine((typed) => typed === '' || isShownName(typed), 'unshown'))

/** A text that may be missing. */
export const maybeProse = (most: number) => z.string().trim().max(most, `long ${most}`).default('')

/** A text in one line that may be missing, and shows no other than it is. */
export const maybeLine = (most: number) =>
  maybeProse(most)
    .transform((typed) => typed.replaceAll(/\s+/g, ' '))
    .refine((typed) => typed === '' || isShownName(typed), 'unshown')

/** Text with so many letters that a reader sees: spaces and invisible signs do not count. */
export const visible = (text: z.ZodType<string>, least: number) =>
  text.refine((typed) => [...typed.replaceAll(/[\s\p{C}]/gu, '')].length >= least, `short ${least}`)

/** One of some choices. */
export const choice = <const T extends readonly string[]>(values: T) => z.enum(values, 'chosen')

/** What people type for an amount: full-width digits, separators and the unit are understood. */
const bare = (text: string): string => text.normalize('NFKC').replaceAll(/[\s,¥\u5186]/g, '')

const LONGEST_DIGITS = 60

/** An amount of yen. */
export const yen = (least: number, most: number) =>
  z
    .string('required')
    .transform(bare)
    .pipe(
      z
        .string()
        .min(1, 'required')
        .regex(/^\d+$/, 'number')
        .transform(Number)
        .pipe(z.number().min(least, `range ${least} ${most}`).max(most, `range ${least} ${most}`)),
    )

/** Digits that stand for something, such as the number of an account, however they were typed. */
export const digits = (least: number, most: number) =>
  z
    .string('required')
    .max(LONGEST_DIGITS, `long ${LONGEST_DIGITS}`)
    .transform(bareDigits)
    .pipe(
      z
        .string()
        .min(1, 'required')
        .regex(new RegExp(`^\\d{${least},${most}}$`), `digits ${least} ${most}`),
    )

/** A number of people or things. */
export const count = (least: number, most: number) =>
  z
    .string('required')
    .transform((text) => text.normalize('NFKC').trim())
    .pipe(
      z
        .string()
        .min(1, 'required')
        .regex(/^\d+$/, 'number')
        .transform(Number)
        .pipe(z.number().min(least, `between ${least} ${most}`).max(most, `between ${least} ${most}`)),
    )

/** A share that is typed in per cent, full-width or with the sign; 0..1. */
export const share = (least: number, most: number) =>
  z
    .string('required')
    .transform((text) => text.normalize('NFKC').replaceAll(/[\s%]/g, ''))
    .pipe(
      z
        .string()
        .min(1, 'required')
        .regex(/^\d{1,2}([.]\d{1,2})?$/, 'number')
        .transform((text) => Math.round(Number(text) * 100) / 10_000)
        .pipe(
          z
            .number()
            .min(least, `between ${100 * least} ${100 * most}`)
            .max(most, `between ${100 * least} ${100 * most}`),
        ),
    )

/** An amount of yen that may be missing. */
export const maybeYen = (least: number, most: number) =>
  z
    .union([
      z
        .string()
        .transform(bare)
        .pipe(z.literal(''))
        .transform(() => undefined),
      yen(least, most),
    ])
    .optional()

/** An amount of yen that a reader narrows a search by; what cannot be read counts as not given. */
export const anyYen = maybeYen(0, 10_000_000).catch(undefined)

const LONGEST_QUERY = 100

/** What is searched for; of more than anybody types the beginning is. */
export const searchWords = z
  .string()
  .transform((typed) => [...typed].slice(0, LONGEST_QUERY).join(''))
  .catch('')

/** The end of a day in Japan; undefined where none was given. */
export const maybeDay = z
  .string()
  .default('')
  .transform((text, context): Instant | undefined => {
    if (text.trim() === '') return undefined
    const at = parseRfc3339(`${text.trim()}T23:59:59+09:00`)
    if (at === undefined) context.addIssue('date')
    return at
  })

/** The day in Japan, as a field for dates has it. */
export const dayTyped = (at: Instant | null): string =>
  at === null ? '' : new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Tokyo' }).format(at)

/** Two parts of a form; what is wrong with either is said at once. */
export function together<A, B>(one: Outcome<A>, other: Outcome<B>): Outcome<readonly [A, B]> {
  if (one.ok && other.ok) return ok([one.value, other.value])
  const problems = [one, other].flatMap((part) => (part.ok ? [] : [part.problem]))
  const refusal = problems.find(({ code }) => code !== 'malformed')
  return refusal
    ? fail(refusal)
    : malformed(problems.flatMap((problem) => (problem.code === 'malformed' ? problem.issues : [])))
}

/**
 * The words for an issue. Forms name what is wrong by a key and its numbers, such as `long 120` or `range 100 5000`;
 * anything else is the message of a program.
 */
export function issueText(locale: Locale, message: string): string {
  const t = textsOf(locale)
  const [key = '', first, second] = message.split(' ')
  const [one, other] = [Number(first), Number(second)]
  switch (key) {
    case 'address':
    case 'required':
    case 'chosen':
    case 'unshown':
    case 'number':
    case 'past':
    case 'far':
    case 'date':
    case 'noKinds':
    case 'needsRule':
    case 'apart':
      return t(`form.${key}`)
    case 'long':
      return t('form.long', { most: one })
    case 'short':
      return t('form.short', { least: one })
    case 'held':
      return t('form.held', { held: one })
    case 'range':
    case 'between':
      return t(`form.${key}`, { least: one, most: other })
    case 'digits':
      return t('form.digits', { exact: String(one === other), most: other })
    case 'sum':
      return t('form.sum', { parts: one, whole: other })
    default:
      return t('form.other', { detail: message.replace(/\.$/, '') })
  }
}

/** What a field is called; empty where it has no name of its own. */
export function fieldName(locale: Locale, form: string, field: string): string {
  const t = textsOf(locale)
  const part = /^part-(\d+)(-amount)?$/.exec(field)
  if (part) return t('form.partName', { n: part[1] ?? '', isAmount: String(part[2] !== undefined) })
  return t.find(`form.names.${form}-${field}`) ?? t.find(`form.names.${field}`) ?? ''
}
