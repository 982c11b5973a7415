import { relative } from 'node:path'
import { afterAll, expect } from 'vitest'
import { migrationStatements } from '../support/migration-statements.ts'
import { complaintsAbout, openPlanner, type Planner } from './judge-plan.ts'
import { keepMakers } from './makers-seen.ts'
import { type Made, type Recorded, recordStatements } from './record-statements.ts'
import { accepted } from './what-grows.ts'

interface Watch {
  readonly recorded: Recorded
  readonly planners: readonly Planner[]
  readonly judged: Set<string>
}

// files of a worker share their modules, but not this one: what it has wrapped stays wrapped
const shared = globalThis as { statementWatch?: Watch }
shared.statementWatch ??= {
  recorded: recordStatements(),
  planners: [
    openPlanner(await migrationStatements('migrations')),
    openPlanner(await migrationStatements('migrations/sandbox')),
  ],
  judged: new Set(),
}
const { recorded, planners, judged } = shared.statementWatch

/** Migrations may walk through everything: each does it once. */
const isAsked = ({ text, maker }: Made): boolean =>
  /^\s*(with|select|insert|update|delete)\b/i.test(text) && !maker.startsWith('src/world/open-node.ts')

/** Both services have tables of the same name: a handle belongs to the schema that can prepare what was asked through it. */
const plannerOf = (asked: readonly Made[]): Planner => {
  const strange = (planner: Planner) => asked.filter(({ text }) => planner.plan(text) === undefined).length
  return planners.reduce((best, planner) => (strange(planner) < strange(best) ? planner : best))
}

// whoever skips all of its tests was there as well
const suite = relative(process.cwd(), expect.getState().testPath ?? '')
keepMakers(suite, new Set())

/** Whatever a test does, every statement that it makes the service ask runs on an index: see `complaintsAbout`. */
afterAll(() => {
  const complaints: string[] = []
  for (const own of recorded.statements.values()) {
    const asked = [...own.values()].filter(isAsked)
    const planner = plannerOf(asked)
    for (const { text, maker } of asked) {
      if (judged.has(text) || maker in accepted) continue
      judged.add(text)
      const found = complaintsAbout(text, planner)
      if (found.length > 0)
        complaints.push(`${maker}\n    ${text.replace(/\s+/g, ' ').slice(0, 600)}\n    ${found.join('\n    ')}`)
    }
  }
  recorded.statements.clear()
  keepMakers(suite, recorded.makers)
  if (complaints.length > 0)
    throw new Error(`statements whose cost grows with history (see test/plans):\n${complaints.join('\n\n')}`)
})
