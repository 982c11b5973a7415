import { readdir, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { type LabelledPost, readLabelledPosts } from '../detector/learn/labelled-posts.ts'
import { sayFault } from './say-fault.ts'
import { UsageError } from './terminal.ts'

/** Where the labelled set lies below the folder of the source. */
export const LABELLED = 'src/sandbox/detector/learn/labelled'

async function readPostsFile(file: string, shown: string): Promise<LabelledPost[]> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new UsageError((t) => t('usage.unreadableBecause', { path: shown, code: error.code ?? error.message }))
  })
  const posts = readLabelledPosts(text)
  if (posts.ok) return posts.value
  const { line, fault } = posts.problem
  throw new UsageError((t) => t('sandbox.usage.noPost', { file: shown, line, why: sayFault(fault, t) }))
}

/** Reads JSON Lines files of labelled posts. @throws a `UsageError` that names file and line. */
export async function readPostsFiles(files: readonly string[], cwd: string): Promise<LabelledPost[]> {
  const read = await Promise.all(files.map((file) => readPostsFile(resolve(cwd, file), file)))
  return read.flat()
}

/** Reads the committed labelled set, in the order of its files. */
export async function readLabelledSet(root: string): Promise<LabelledPost[]> {
  const folder = join(root, LABELLED)
  const names = await readdir(folder).catch(() => {
    throw new UsageError((t) => t('sandbox.usage.noSet', { folder }))
  })
  const files = names.filter((name) => name.endsWith('.jsonl')).sort()
  return readPostsFiles(
    files.map((name) => join(LABELLED, name)),
    root,
  )
}
