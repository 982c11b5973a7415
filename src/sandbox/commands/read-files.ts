import { readdir, readFile } from 'node:fs/promises'
import { join, relative, resolve } from 'node:path'
import type { FileFault } from '../detector/judge/file-fault.ts'
import { type Model, parseModel } from '../detector/judge/model.ts'
import { type LabelledPost, readLabelledPosts } from '../detector/learn/labelled-posts.ts'
import { UsageError } from './terminal.ts'
import type { Translate } from './texts.ts'

const readText = (file: string, shown: string): Promise<string> =>
  readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new UsageError((t) => t('usage.unreadableBecause', { path: shown, code: error.code ?? error.message }))
  })

/** Reads a model. @throws a `UsageError` that names the file. */
export async function readModelFile(file: string, shown: string): Promise<Model> {
  const text = await readText(file, shown)
  const model = parseModel(text)
  if (model.ok) return model.value
  const { fault } = model.problem
  throw new UsageError((t) => t('sandbox.usage.noModel', { file: shown, why: sayFault(fault, t) }))
}

/** What is wrong with a file, where in it, and what to write there. */
function sayFault(fault: FileFault, t: Translate): string {
  switch (fault.is) {
    case 'no-json':
    case 'weights-misfit':
      return t(`sandbox.fault.${fault.is}`)
    case 'missing':
    case 'unusable':
      return t(`sandbox.fault.${fault.is}`, { path: fault.path })
    case 'another-type':
      return t('sandbox.fault.another-type', { path: fault.path, expected: fault.expected })
    case 'not-a-choice':
      return t('sandbox.fault.not-a-choice', { path: fault.path, choices: fault.choices })
    case 'too-small':
    case 'too-large':
      return t(`sandbox.fault.${fault.is}`, { path: fault.path, limit: fault.limit })
  }
}

/** Where the labelled set lies below the folder of the source. */
const LABELLED = 'src/sandbox/detector/learn/labelled'

async function readPostsFile(file: string, shown: string): Promise<LabelledPost[]> {
  const text = await readText(file, shown)
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

/** A file as the user would name it: from where they are if it lies below, else in full. */
export function showPath(cwd: string, file: string): string {
  const shown = relative(cwd, file)
  return shown.startsWith('..') ? file : shown || '.'
}
