import { readdirSync, readFileSync } from 'node:fs'
import { type LabelledPost, readLabelledPosts } from '../../src/sandbox/detector/learn/labelled-posts.ts'

function read(text: string): LabelledPost[] {
  const posts = readLabelledPosts(text)
  if (!posts.ok) throw new Error(`line ${posts.problem.line}: ${JSON.stringify(posts.problem.fault)}`)
  return posts.value
}

const folder = new URL('../../src/sandbox/detector/learn/labelled/', import.meta.url)

/** The committed set, files in order of their names. */
export const readLabelledSet = (): LabelledPost[] =>
  read(
    readdirSync(folder)
      .sort()
      .map((file) => readFileSync(new URL(file, folder), 'utf8'))
      .join('\n'),
  )

const apart = (name: string): LabelledPost[] =>
  read(readFileSync(new URL(`../sandbox/detector/learn/unseen/${name}.jsonl`, import.meta.url), 'utf8'))

/** Posts that no training has seen: `fresh-posts` was looked at twice while the features were chosen, `fresh-posts-later` once, for the threshold. */
export const readFreshPosts = (): LabelledPost[] => ['fresh-posts', 'fresh-posts-later'].flatMap(apart)

/**
 * More posts that no training has seen, by others: `strangers` are meant to mislead; `everyday-posts` are such as a
 * marketplace gets, and showed which posts the set lacked; `everyday-posts-later` were written before and judged after
 * everything was settled.
 */
export const readStrangers = (): Readonly<Record<string, LabelledPost[]>> =>
  Object.fromEntries(['strangers', 'everyday-posts', 'everyday-posts-later'].map((name) => [name, apart(name)]))

/** Thirty wordings of one trick that no kind of the set knows: lending the line of one's home to strangers. */
export const readNewTrick = (): LabelledPost[] => apart('line-lending')

/** Seed of the committed model: that of `sandbox detector train`. */
export const SEED = '6b656e7465692d6465746563746f7231'

/** Every sixth post of three authors: enough to train something. */
export const readSmallSet = (): LabelledPost[] =>
  readLabelledSet()
    .filter(({ author }) => ['ja1', 'ja2', 'en1'].includes(author))
    .filter((_, at) => at % 6 === 0)

export function expectValue<T>(
  result: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: unknown },
): T {
  if (!result.ok) throw new Error(JSON.stringify(result.problem))
  return result.value
}
