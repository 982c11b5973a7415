import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Model, openCommittedModel, parseModel } from './detector/judge/model.ts'

/** Where a sandbox keeps the model that was trained on its own decisions. */
export const ownModelFile = (directory: string): string => join(directory, 'detector-model.json')

/**
 * The model that a sandbox comes with: its own where a command has trained one, else the one that is committed.
 * @throws when its own model cannot be read; it is trained anew, or deleted.
 */
export async function openBaseModel(directory: string): Promise<Model> {
  const file = ownModelFile(directory)
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
  })
  if (text === undefined) return openCommittedModel()
  const model = parseModel(text)
  if (!model.ok)
    throw new Error(
      `${file} is no model of this version: train it anew with \`npm run sandbox -- detector train\`, or delete it. ${model.problem.detail}`,
    )
  return model.value
}
