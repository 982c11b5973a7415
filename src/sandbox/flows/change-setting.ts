import { fail, ok } from '../../kernel/result.ts'
import { FIRST_SETTING, type Setting, type SettingChange } from '../evidence/belief/setting.ts'
import { insertSettingChange, settingChangesOf } from '../evidence/belief/store.ts'
import type { Person } from '../people/person.ts'
import { type Category, isCategory } from '../people/worker.ts'
import type { Outcome } from '../problem.ts'
import type { SandboxWorld } from '../sandbox-world.ts'

/** Changes that are shown, the newest. */
const CHANGES_SHOWN = 12

/** The setting of an exam, and who changed it when and why. */
export interface ExamSetting {
  readonly setting: Setting
  /** How often it was changed: whoever changes it names this, so that nobody changes what they have not read. */
  readonly version: number
  /** The newest first. */
  readonly changes: readonly SettingChange[]
}

/** The setting of an exam as operators see it. */
export async function settingOf({ db }: SandboxWorld, exam: Category): Promise<ExamSetting> {
  const changes = await settingChangesOf(db, exam, CHANGES_SHOWN)
  return { setting: changes[0]?.setting ?? FIRST_SETTING, version: changes[0]?.version ?? 0, changes }
}

/** The same, where there is such an exam. */
export const readSetting = async (world: SandboxWorld, exam: string): Promise<Outcome<ExamSetting>> =>
  isCategory(exam) ? ok(await settingOf(world, exam)) : fail({ code: 'not-found' })

/** An operator changes the setting of an exam and says why: every search from then on goes by it. */
export async function changeSetting(
  world: SandboxWorld,
  operator: Person,
  wanted: { readonly exam: string; readonly setting: Setting; readonly note: string; readonly version: number },
): Promise<Outcome<ExamSetting>> {
  const { exam, setting, note, version } = wanted
  const read = await readSetting(world, exam)
  if (!read.ok) return read
  const stale = { code: 'conflict', detail: 'The setting was changed; read it again' } as const
  if (read.value.version !== version) return fail(stale)
  if (read.value.setting === setting) return fail({ code: 'already-done', detail: `It is ${setting} already` })
  const change = { exam, version: version + 1, setting, operator: operator.id, note, at: world.now() }
  return (await insertSettingChange(world.db, change)) ? readSetting(world, exam) : fail(stale)
}
