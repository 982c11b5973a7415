import { globSync } from 'node:fs'
import { expect, it } from 'vitest'
import { endurance } from '../suite-lengths.ts'
import { readSeen, statementMakers } from './makers-seen.ts'

/** Functions that no test has ask anything, and why. */
const unseen: Readonly<Record<string, string>> = {}

const seen = readSeen()
const apart = new Set(globSync(endurance))
const missing = globSync('test/**/*.test.{ts,tsx}').filter(
  (suite) => !suite.endsWith('plans/coverage.test.ts') && !apart.has(suite) && !seen.has(suite),
)

/** What is never asked in a test has no plan that could be looked at: see `setup.ts`. It takes a run of all suites but those of endurance, which CI is. */
it.skipIf(missing.length > 0 && !process.env.CI)(
  'every function of a store that makes a statement made one in some test, so that its plan was looked at',
  () => {
    expect(missing).toEqual([])
    expect(statementMakers().length).toBeGreaterThan(250)
    expect(statementMakers().filter((maker) => !seen.has(maker) && !(maker in unseen))).toEqual([])
  },
)
