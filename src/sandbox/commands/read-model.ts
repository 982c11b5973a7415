import { readFile } from 'node:fs/promises'
import type { Model } from '../detector/judge/model.ts'
import { parseModel } from '../detector/judge/model.ts'
import { UsageError } from './terminal.ts'

/** Reads a model. @throws a `UsageError` that names the file. */
export async function readModelFile(file: string, shown: string): Promise<Model> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`${shown} cannot be read (${error.code ?? error.message})`)
  })
  const model = parseModel(text)
  if (!model.ok) throw new UsageError(`${shown} is no model of this version: ${model.problem.detail}`)
  return model.value
}
