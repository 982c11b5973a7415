import { readFile } from 'node:fs/promises'
import type { Model } from '../detector/judge/model.ts'
import { parseModel } from '../detector/judge/model.ts'
import { sayFault } from './say-fault.ts'
import { UsageError } from './terminal.ts'

/** Reads a model. @throws a `UsageError` that names the file. */
export async function readModelFile(file: string, shown: string): Promise<Model> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new UsageError((t) => t('usage.unreadableBecause', { path: shown, code: error.code ?? error.message }))
  })
  const model = parseModel(text)
  if (model.ok) return model.value
  const { fault } = model.problem
  throw new UsageError((t) => t('sandbox.usage.noModel', { file: shown, why: sayFault(fault, t) }))
}
