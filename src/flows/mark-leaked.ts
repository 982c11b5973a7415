import { type ItemUse, itemUse } from '../attempt/exposure/store.ts'
import { taskItemId } from '../form/form.ts'
import type { ExamDefinition } from '../item/bank.ts'
import type { TaskKind } from '../item/family.ts'
import type { Item, LocaleText } from '../item/item.ts'
import { insertLeak, type Leak, latestBank, latestBanks, listLeaks } from '../item/store.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { Session } from '../marketplace/session-token.ts'
import type { World } from '../world/world.ts'
import { noteActIfDone, staffOf } from './note-act.ts'

/** An item or a practical task of the published version, how often it was drawn and, where it leaked, what is known of that. */
export interface ExposedItem {
  /** Of a practical task `task:` and its family. */
  readonly id: string
  /** Of an item what it asks for, of a practical task what kind of work and its title. */
  readonly asks:
    | { readonly skill: string; readonly difficulty: number; readonly of: Item }
    | { readonly kind: TaskKind; readonly title: LocaleText }
  readonly status: 'live' | 'dormant' | 'honeypot'
  readonly use: ItemUse
  readonly leak?: Leak
}

export interface ExamExposure {
  readonly exam: string
  readonly title: LocaleText
  /** What its items ask for, by name. */
  readonly skills: readonly Pick<ExamDefinition['skills'][number], 'id' | 'name'>[]
  readonly papers: number
  readonly items: readonly ExposedItem[]
}

const noUse: ItemUse = { papers: 0, graded: 0, passed: 0 }

/** A leaked honeypot means that the whole bank leaked; an untouched one is there to be marked. */
const urgency = ({ status, leak }: ExposedItem): number => (leak ? 2 : 0) + (status === 'honeypot' ? 1 : 0)

/** Every exam's items by how often papers held them; leaked ones and honeypots first. For operators. */
export async function readExposures(world: World, session: Session): Promise<Result<readonly ExamExposure[]>> {
  if (session.role !== 'operator') return fail({ code: 'forbidden' })
  const exams = await Promise.all(
    (await latestBanks(world.db)).map(async ({ exam, items, tasks = [] }): Promise<ExamExposure> => {
      const [uses, leaks] = [await itemUse(world.db, exam.id), await listLeaks(world.db, exam.id)]
      const exposed = items.flatMap((of: Item): ExposedItem[] => {
        const { id, skill = '', difficulty, status } = of
        const leak = leaks.find((one) => one.item === id)
        return status === 'live' || status === 'dormant' || status === 'honeypot'
          ? [
              {
                id,
                asks: { skill, difficulty, of },
                status,
                use: uses.items.get(id) ?? noUse,
                ...(leak ? { leak } : {}),
              },
            ]
          : []
      })
      const families = tasks.flatMap(({ id: family, kind, status, wordings }): ExposedItem[] => {
        if (status !== 'live') return []
        const id = taskItemId(family)
        const leak = leaks.find((one) => one.item === id)
        const title = { ja: wordings.ja?.title ?? id, ...(wordings.en ? { en: wordings.en.title } : {}) }
        return [{ id, asks: { kind, title }, status, use: uses.items.get(id) ?? noUse, ...(leak ? { leak } : {}) }]
      })
      return {
        exam: exam.id,
        title: exam.title,
        skills: exam.skills,
        papers: uses.papers,
        items: [...exposed, ...families].sort((a, b) => urgency(b) - urgency(a) || b.use.papers - a.use.papers),
      }
    }),
  )
  return ok(exams)
}

export interface LeakReport {
  readonly session: Session
  readonly exam: string
  readonly item: string
  /** Where it was found. */
  readonly why: string
}

/** Notes that an item, or a practical task, is known outside: from the next paper on it is avoided, and a dormant one may take its place. Told once. */
export async function markLeaked(
  world: World,
  { session, exam, item, why }: LeakReport,
): Promise<Result<{ readonly created: boolean }>> {
  if (session.role !== 'operator') return fail({ code: 'forbidden' })
  const bank = await latestBank(world.db, exam)
  const isKnown = bank?.items.some(({ id }) => id === item) || bank?.tasks?.some(({ id }) => taskItemId(id) === item)
  if (!isKnown) return fail({ code: 'not-found' })
  const noted = await noteActIfDone(world, {
    act: 'item.leaked',
    actor: staffOf(session),
    object: item,
    why,
    facts: { exam },
  })
  return ok({
    created: await insertLeak(world.db, { exam, item, why, by: session.worker, leakedAt: world.now() }, noted),
  })
}
