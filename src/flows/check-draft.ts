import type { Problem } from '../kernel/problem.ts'
import { ok, type Result } from '../kernel/result.ts'
import type { CompiledFiles, World } from '../world/world.ts'
import { type Desk, type DeskCall, deskFiles, openDesk } from './open-desk.ts'

export interface DraftCheck extends DeskCall {
  /** In which the findings are said. */
  readonly language: 'ja' | 'en'
  /** Id of the item to be shown as candidates would see it. */
  readonly item?: string
}

/** What a draft is found to be. A Worker has no compiler. */
export type Checked =
  | { readonly state: 'no-compiler' }
  | ({ readonly state: 'checked' } & Pick<CompiledFiles, 'hash' | 'findings' | 'shown'>)

/** Compiles a draft in the service's own thread, and says what is wrong with it. Nothing of it is published. */
export async function checkDraft(
  world: World,
  { language, item, ...call }: DraftCheck,
): Promise<Result<Checked, Problem>> {
  const opened = await openDesk(world, call)
  return opened.ok ? ok(await checkDesk(world, opened.value, { language, item })) : opened
}

export async function checkDesk(
  world: World,
  desk: Desk,
  { language, item }: { readonly language: 'ja' | 'en'; readonly item?: string | undefined },
): Promise<Checked> {
  if (!world.compileBank) return { state: 'no-compiler' }
  const compiled = await world.compileBank(await deskFiles(world, desk), {
    language,
    ...(item === undefined ? {} : { item }),
  })
  return { state: 'checked', ...compiled }
}
