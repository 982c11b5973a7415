import { createHash } from 'node:crypto'
import * as z from 'zod'
import { fail, ok, type Result } from '../../../kernel/result.ts'
import { type FileFault, firstFault } from '../judge/file-fault.ts'
import { kinds } from '../judge/kinds.ts'
import type { Post } from '../read/features.ts'

export const styles = ['formal', 'chatty', 'bullet', 'terse', 'evasive'] as const

/** A post with what a careful moderator says of it. */
const postFields = z.object({
  title: z.string().max(1_000),
  body: z.string().max(50_000),
  category: z.string().max(100).nullish(),
  pay: z.object({ type: z.enum(['fixed', 'hourly', 'per-item']), amount: z.number().nonnegative() }).nullish(),
  accountAgeDays: z.number().nonnegative().nullish(),
  id: z.string().min(1),
  author: z.string().min(1),
  lang: z.enum(['ja', 'en']),
  /** Register of the text. */
  style: z.enum(styles),
  /** Empty for a legitimate post. */
  kinds: z.array(z.enum(kinds)).readonly(),
  /** For a legitimate post, the kind it looks like at first sight. */
  near: z.enum(kinds).nullish(),
  /** Of a long post, the stretch of its body that breaks the rule: without it the post would be lawful. */
  breach: z.string().min(1).nullish(),
  /** When a moderator decided, as RFC 3339; absent in an authored set. */
  decidedAt: z.iso.datetime({ offset: true }).nullish(),
})
const labelledPost = postFields.refine(
  ({ body, breach, kinds: broken }) => !breach || (broken.length > 0 && body.includes(breach)),
  { path: ['breach'], message: 'no stretch of the body of a post that breaks a rule' },
)
export type LabelledPost = z.infer<typeof labelledPost>

/** A line that cannot be read. Lines count from 1. */
export interface LineProblem {
  readonly code: 'line-malformed'
  readonly line: number
  readonly fault: FileFault
}

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Hiragana, katakana or kanji. */
const JAPANESE = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u

export const languageOf = ({ title, body }: Pick<Post, 'title' | 'body'>): 'ja' | 'en' =>
  JAPANESE.test(title + body) ? 'ja' : 'en'

/** Posts from elsewhere say what they say and what is wrong with it: everything else may be missing. */
function fillIn(line: unknown, at: number): unknown {
  if (typeof line !== 'object' || line === null || !('title' in line) || !('body' in line)) return line
  return {
    id: `line ${at + 1}`,
    author: 'unknown',
    style: 'formal',
    lang: languageOf({ title: String(line.title), body: String(line.body) }),
    ...line,
  }
}

/** Reads JSON Lines; empty lines are skipped. The first line that is not a labelled post refuses the text. */
export function readLabelledPosts(text: string): Result<LabelledPost[], LineProblem> {
  const posts: LabelledPost[] = []
  for (const [at, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue
    const json = parseJson(line)
    if (json === undefined) return fail({ code: 'line-malformed', line: at + 1, fault: { is: 'no-json' } })
    const filled = fillIn(json, at)
    const parsed = labelledPost.safeParse(filled)
    if (!parsed.success) return fail({ code: 'line-malformed', line: at + 1, fault: firstFault(parsed.error, filled) })
    posts.push(parsed.data)
  }
  return ok(posts)
}

/** One line of the canonical form: a fixed order of keys, kinds in order, absent as null. */
const canonicalLine = (labelled: LabelledPost): string => {
  const { id, author, lang, style, near, title, body, breach, category, pay, accountAgeDays, decidedAt } = labelled
  const inOrder = kinds.filter((kind) => labelled.kinds.includes(kind))
  return JSON.stringify([
    id,
    author,
    lang,
    style,
    inOrder,
    near ?? null,
    title,
    body,
    category ?? null,
    pay ? [pay.type, pay.amount] : null,
    accountAgeDays ?? null,
    decidedAt ?? null,
    ...(breach ? [breach] : []),
  ])
}

/** SHA-256 (hex) of a labelled set: the same for the same posts in any order. */
export function hashLabelledPosts(posts: readonly LabelledPost[]): string {
  const digest = createHash('sha256')
  for (const line of posts.map(canonicalLine).sort()) digest.update(line).update('\n')
  return digest.digest('hex')
}
