import { type OpenModel, openModel } from '../detector/candidate/detector-in-use.ts'
import { latestChanges, readModelText, triedId } from '../detector/candidate/store.ts'
import { parseModel } from '../detector/judge/model.ts'
import type { SandboxWorld } from '../sandbox-world.ts'

/** Opens a kept model; undefined where its file is gone, or of a release that read other features. */
async function openKept(
  { db }: Pick<SandboxWorld, 'db'>,
  id: string,
  prevalence: number | null,
): Promise<OpenModel | undefined> {
  const text = await readModelText(db, id)
  const model = text === undefined ? undefined : parseModel(text)
  return model?.ok ? openModel(id, model.value, prevalence) : undefined
}

/**
 * Opens the models that operators have chosen to decide and to be tried, where they are others than those in use: after
 * an act here, and again and again, since another process may have acted. Reading a model takes about 80 ms.
 */
export async function followDetector({ db, detector }: Pick<SandboxWorld, 'db' | 'detector'>): Promise<void> {
  if (!detector) return
  const [[change], tried] = await Promise.all([latestChanges(db, 1), triedId(db)])
  const isNew = (change?.version ?? 0) !== detector.version
  if (isNew && change) {
    const chosen = change.model === null ? undefined : await openKept({ db }, change.model, change.prevalence)
    detector.isReplaced = change.model !== null && chosen === undefined
    detector.serving = chosen ?? openModel(null, detector.base, change.prevalence)
    detector.version = change.version
  }
  if (!isNew && detector.triedId === tried) return
  detector.tried = tried === undefined ? undefined : await openKept({ db }, tried, change?.prevalence ?? null)
  detector.triedId = tried
}
