import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { toRfc3339 } from '../../kernel/instant.ts'
import type { Database } from '../../world/database.ts'
import { openEmbeddedDatabase } from '../../world/open-node.ts'
import { type LabelledPost, languageOf } from '../detector/learn/labelled-posts.ts'
import { findJob } from '../job/store.ts'
import { type Label, readLabels } from '../moderation/label/store.ts'
import { UsageError } from './terminal.ts'

/** Posts of one client are one author's: a model is never tested on the copies of what it was trained on. */
async function toPost(
  db: Database,
  { id, job, title, body, category, pay, accountAgeDays, kinds, at }: Label,
): Promise<LabelledPost> {
  const author = (await findJob(db, job))?.client ?? job
  return {
    id,
    author,
    lang: languageOf({ title, body }),
    style: 'formal',
    kinds,
    title,
    body,
    category,
    pay,
    accountAgeDays,
    decidedAt: toRfc3339(at),
  }
}

/** What operators decided about posts, the earliest first. */
export async function decidedPosts(db: Database): Promise<LabelledPost[]> {
  const labels = await readLabels(db)
  return Promise.all(labels.map((label) => toPost(db, label)))
}

/** The same from the database of a sandbox's folder; none where there is no database yet. */
export async function readDecidedPosts(directory: string, root: string): Promise<LabelledPost[]> {
  const file = join(directory, 'sandbox.db')
  const there = await access(file).then(
    () => true,
    () => false,
  )
  if (!there) return []
  const { db, close } = await openEmbeddedDatabase(file, join(root, 'migrations/sandbox'), 'process').catch(
    (error: unknown) => {
      throw new UsageError(`${file} cannot be opened: ${error instanceof Error ? error.message : String(error)}`)
    },
  )
  try {
    return await decidedPosts(db)
  } finally {
    await close()
  }
}
