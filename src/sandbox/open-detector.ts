import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createDetector, type Detector } from './detector/judge/detector.ts'
import { openCommittedModel, parseModel } from './detector/judge/model.ts'

/** Where a sandbox keeps the model that was trained on its own decisions. */
export const ownModelFile = (directory: string): string => join(directory, 'detector-model.json')

/**
 * The detector of a sandbox: its own model where it has one, else the one that is committed.
 * @throws when its own model cannot be read; it is trained anew, or deleted.
 */
export async function openDetector(directory: string): Promise<Detector> {
  const file = ownModelFile(directory)
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
  })
  if (text === undefined) return createDetector(openCommittedModel())
  const model = parseModel(text)
  if (!model.ok)
    throw new Error(
      `${file} is no model of this version: train it anew with \`npm run sandbox -- detector train\`, or delete it. ${model.problem.detail}`,
    )
  return createDetector(model.value)
}
