import { days, minus, plus } from '../../kernel/instant.ts'
import { beliefsOf, type MonthlyBelief } from '../evidence/belief/store.ts'
import { firstPassesIn } from '../evidence/store.ts'
import type { Category } from '../people/worker.ts'
import type { SandboxWorld } from '../sandbox-world.ts'
import { dayOf } from '../search/market.ts'
import { type AlarmKind, alarmsOf, type PassRate, passRateOf } from '../search/noticed/alarms.ts'
import { type ExamSetting, settingOf } from './change-setting.ts'
import { measureNoticed, type NoticedFigures } from './measure-noticed.ts'

const MONTHS_SHOWN = 12
/** Days whose passes are compared. */
const DAYS_COMPARED = 92
const MOST_PASSES = 20_000

/** What an operator sees of an exam: the figures as they are, and what has to be looked into. */
export interface WatchedExam {
  readonly exam: Category
  readonly figures: NoticedFigures
  /** The newest first. */
  readonly history: readonly MonthlyBelief[]
  readonly passes: PassRate
  readonly alarms: readonly AlarmKind[]
  readonly setting: ExamSetting
}

async function passRate(world: SandboxWorld, exam: Category): Promise<PassRate> {
  const now = world.now()
  const passes = await firstPassesIn(world.db, {
    exam,
    from: minus(now, days(DAYS_COMPARED)),
    until: plus(now, days(1)),
    limit: MOST_PASSES,
  })
  const counts = Map.groupBy(passes, ({ passedAt }) => dayOf(passedAt))
  return passRateOf(
    Array.from({ length: DAYS_COMPARED }, (_, ago) => counts.get(dayOf(minus(now, days(ago))))?.length ?? 0),
  )
}

/** Everything that operators watch of what a pass of an exam changes. */
export async function watchNoticed(world: SandboxWorld, exam: Category): Promise<WatchedExam> {
  const [figures, history, passes, setting] = await Promise.all([
    measureNoticed(world, exam, { ofToday: true }),
    beliefsOf(world.db, exam, MONTHS_SHOWN),
    passRate(world, exam),
    settingOf(world, exam),
  ])
  const alarms = alarmsOf({ passes, history, pool: figures.pool, endsWell: figures.market.endsWell })
  return { exam, figures, history, passes, alarms, setting }
}
