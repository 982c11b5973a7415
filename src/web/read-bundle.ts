import * as z from 'zod'
import { assembleForm, assembleTasks, NO_EXPOSURE } from '../form/assemble-form.ts'
import type { Bank } from '../item/bank.ts'
import { bankBytes, MAX_BANK_BYTES } from '../item/pack-bank.ts'
import { derivedIssues } from '../item/publishing/check-derived.ts'
import { type LintNote, lintNotes } from '../item/publishing/store.ts'
import type { Issue } from '../kernel/problem.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import { drawFrom } from '../task/draw-task.ts'
import type { BankCompiler, ExamFile } from '../world/world.ts'

/** An exam version that was handed in and found to be what it says. */
export interface Bundle {
  readonly bank: Bank
  /** What the lint of this service says of the files; undefined where it has none. What came along is never taken for it. */
  readonly lint?: readonly LintNote[]
  /** What it was compiled from here. */
  readonly files?: readonly ExamFile[]
}

const path = z
  .string()
  .max(200)
  .regex(/^(?:assets\/)?[^\\:?#%/]+(?:\/[^\\:?#%/]+)*$/)
/** The files of an exam's folder: text as it is, pictures in base64. */
const examFile = z.union([z.strictObject({ path, text: z.string() }), z.strictObject({ path, base64: z.base64() })])
const bundle = z.object({ bank: z.unknown(), files: z.array(examFile).min(1).max(2_000).optional() })

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

const hex = (bytes: ArrayBuffer): string =>
  [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
const sha256 = async (text: string): Promise<string> =>
  hex(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))

const MOST_ISSUES = 50
const refuse = (...issues: Issue[]) => fail({ code: 'malformed' as const, issues: issues.slice(0, MOST_ISSUES) })

/** Whether every locale's papers can be drawn. */
function canDraw(bank: Bank): boolean {
  const seed = '0'.repeat(32)
  try {
    for (const locale of bank.exam.locales) {
      const request = { locale, seed, exposure: NO_EXPOSURE, crowded: new Set<string>() }
      assembleForm(bank, request)
      for (const { tasks } of bank.exam.parts ?? []) assembleTasks(bank, tasks, request)
      for (const family of bank.tasks ?? []) if (family.wordings[locale]) drawFrom(family, { locale, seed })
    }
    return true
  } catch {
    return false
  }
}

const issuesOf = (error: z.ZodError, at = ''): Issue[] =>
  error.issues.map(({ path, message }) => ({ path: [at, ...path].filter((part) => part !== '').join('.'), message }))

const readFile = (file: z.infer<typeof examFile>): ExamFile =>
  'text' in file
    ? { path: file.path, content: file.text }
    : { path: file.path, content: Uint8Array.from(atob(file.base64), (sign) => sign.charCodeAt(0)) }

/** Compiles the files that came along. They, not the bank beside them, are what the author wrote. */
async function compileAgain(
  bank: Bank,
  files: readonly ExamFile[] | undefined,
  compile: BankCompiler,
): Promise<Result<Bundle>> {
  if (!files)
    return refuse({
      path: 'files',
      message: 'the Markdown files are missing; hand in what `kentei publish` of this release makes',
    })
  const compiled = await compile(files)
  const errors = compiled.findings.filter(({ severity }) => severity === 'error')
  if (compiled.hash === undefined)
    return refuse(...errors.map(({ where, rule, message }) => ({ path: where, message: `${rule}: ${message}` })), {
      path: 'files',
      message: 'do not compile',
    })
  if (compiled.hash !== bank.hash)
    return refuse({
      path: 'bank.hash',
      message: `is not what the files compile to here (${compiled.hash}): they were changed after they were compiled, or compiled by another release`,
    })
  return ok({ bank, lint: lintNotes(compiled.findings), files })
}

/**
 * Reads what `kentei publish` sent, trusting nothing in it: its form and markup, everything that it says of itself, and that
 * a paper can be drawn. Where the service has a compiler it compiles the files again and takes nothing else; where it has
 * none, what candidates see and what is scored stand as they came, for the approver to look at.
 */
export async function readBundle(json: string, compile: BankCompiler | undefined): Promise<Result<Bundle>> {
  if (isTooDeep(json)) return refuse({ path: '', message: 'the body is nested too deep' })
  let body: unknown
  try {
    body = JSON.parse(json)
  } catch {
    return refuse({ path: '', message: 'the body is not JSON; make it with: kentei publish --out' })
  }
  const outer = bundle.safeParse(typeof body === 'object' && body !== null && 'items' in body ? { bank: body } : body)
  if (!outer.success) return refuse(...issuesOf(outer.error))
  // large, and nothing that serves candidates needs it
  const { bankSchema } = await import('./bank-schema.ts')
  const read = bankSchema.safeParse(outer.data.bank)
  if (!read.success) return refuse(...issuesOf(read.error, 'bank'))
  const bank = read.data as unknown as Bank
  if (bankBytes(bank) > MAX_BANK_BYTES)
    return refuse({ path: 'bank', message: `is larger than ${MAX_BANK_BYTES} bytes; split the exam` })
  const issues = await derivedIssues(bank, sha256)
  if (issues.length > 0) return refuse(...issues)
  if (!canDraw(bank))
    return refuse({ path: 'bank.exam.sections', message: 'the items cannot fill a paper of this blueprint' })
  return compile ? compileAgain(bank, outer.data.files?.map(readFile), compile) : ok({ bank })
}
