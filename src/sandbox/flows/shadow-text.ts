import type { Statement } from '../../world/database.ts'
import { differenceOf } from '../detector/candidate/comparison.ts'
import { shadowing } from '../detector/candidate/store.ts'
import type { Post } from '../detector/judge/detector.ts'
import type { Surface } from '../moderation/surfaces.ts'
import type { SandboxWorld } from '../sandbox-world.ts'

/**
 * Statements that keep what the model that is tried says otherwise of a new text; none where none is tried. Nothing is done
 * about the text for it: the model that decides decides alone.
 */
export function shadowText(
  { db, detector, now }: SandboxWorld,
  post: Post,
  of: { readonly surface: Surface; readonly ref: string },
): Statement[] {
  const tried = detector?.tried
  if (!detector || tried?.id == null) return []
  const [serving] = detector.serving.detector.scoreMany([post])
  const [candidate] = tried.detector.scoreMany([post])
  const difference = serving && candidate && differenceOf(of.ref, { serving, candidate })
  return shadowing(db, tried.id, difference && { ...difference, surface: of.surface, at: now() })
}
