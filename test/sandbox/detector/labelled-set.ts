import { readdirSync, readFileSync } from 'node:fs'
import { type LabelledPost, readLabelledPosts } from '../../../src/sandbox/detector/labelled-posts.ts'

function read(text: string): LabelledPost[] {
  const posts = readLabelledPosts(text)
  if (!posts.ok) throw new Error(`line ${posts.problem.line}: ${posts.problem.detail}`)
  return posts.value
}

const folder = new URL('../../../src/sandbox/detector/labelled/', import.meta.url)

/** The committed set, files in order of their names. */
export const readLabelledSet = (): LabelledPost[] =>
  read(
    readdirSync(folder)
      .sort()
      .map((file) => readFileSync(new URL(file, folder), 'utf8'))
      .join('\n'),
  )

/** Posts that no training has seen: `fresh-posts` was looked at twice while the features were chosen, `fresh-posts-later` once, for the threshold. */
export const readFreshPosts = (): LabelledPost[] => ['fresh-posts', 'fresh-posts-later'].flatMap((name) => read(readFileSync(new URL(`${name}.jsonl`, import.meta.url), 'utf8')))

/** Seed of the committed model. */
export const SEED = '00000000000000000000000000000001'
