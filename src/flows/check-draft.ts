import type { Problem } from '../kernel/problem.ts'
import { ok, type Result } from '../kernel/result.ts'
import type { CompiledFiles, World } from '../world/world.ts'
import { type Desk, type DeskCall, deskFiles, openDesk } from './open-desk.ts'

export interface DraftCheck extends DeskCall {
  /** In which the findings are said. */
  readonly language: 'ja' | 'en'
  /** Id of the item to be shown as candidates would see it. */
  readonly item?: string
  /** A file of a practical task or of study sheets to be shown as it is read. */
  readonly view?: string
}

/** What a draft is found to be. A Worker has no compiler. */
export type Checked =
  | { readonly state: 'no-compiler' }
  | ({ readonly state: 'checked' } & Pick<CompiledFiles, 'hash' | 'findings' | 'shown' | 'view'>)

/** Compiles a draft in the service's own thread, and says what is wrong with it. Nothing of it is published. */
export async function checkDraft(
  world: World,
  { language, item, view, ...call }: DraftCheck,
): Promise<Result<Checked, Problem>> {
  const opened = await openDesk(world, call)
  return opened.ok ? ok(await checkDesk(world, opened.value, { language, item, view })) : opened
}

export async function checkDesk(
  world: World,
  desk: Desk,
  {
    language,
    item,
    view,
  }: {
    readonly language: 'ja' | 'en'
    readonly item?: string | undefined
    readonly view?: string | undefined
  },
): Promise<Checked> {
  if (!world.compileBank) return { state: 'no-compiler' }
  const compiled = await world.compileBank(await deskFiles(world, desk), {
    language,
    ...(item === undefined ? {} : { item }),
    ...(view === undefined ? {} : { view }),
  })
  return { state: 'checked', ...compiled }
}
