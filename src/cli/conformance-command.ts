import { allChecks } from './conformance/all-checks.ts'
import type { Bench } from './conformance/bench.ts'
import { areaOf, type Check, type Finding, fails, notTried } from './conformance/check.ts'
import { type ConformanceOptions, openRun, type Patience, type StartMarket, usualPatience } from './conformance/open-run.ts'
import type { ExitCode, Terminal } from './terminal.ts'

/** A check and what it found. */
type Judged = Check & Finding

/** What a run starts a throw-away marketplace with, and how patient it is. */
export interface ConformanceSurroundings {
  readonly startMarket?: StartMarket | undefined
  readonly patience?: Patience
}

const marks = { holds: '✓', fails: '✗', 'not-tried': '–' } as const

const line = ({ id, outcome, required, expects, came, section }: Judged): string => `${marks[outcome]} ${id.padEnd(22)} ${expects}${required ? '' : ' (optional)'} · ${came} · [${section}]`

async function tryCheck(check: Check, bench: Bench): Promise<Finding> {
  try {
    return await check.run(bench)
  } catch (problem) {
    // whatever a marketplace sends must end as a finding
    return fails(problem instanceof Error ? problem.message : String(problem))
  }
}

/** Tries every check in turn; when the marketplace does not take the plugin's tokens at all, the others say nothing. */
async function tryAll(bench: Bench, tell: (judged: Judged) => void): Promise<Judged[]> {
  const judged: Judged[] = []
  for (const check of allChecks) {
    const trusted = !judged.some(({ id, outcome }) => id === 'token.accepted' && outcome === 'fails')
    const found = { ...check, ...(trusted ? await tryCheck(check, bench) : notTried('the marketplace does not take the tokens of this plugin')) }
    judged.push(found)
    tell(found)
  }
  return judged
}

function summary(judged: readonly Judged[]) {
  const count = (outcome: Finding['outcome'], required: boolean) => judged.filter((one) => one.outcome === outcome && one.required === required).length
  return {
    holds: count('holds', true) + count('holds', false),
    fails: { required: count('fails', true), optional: count('fails', false) },
    notTried: { required: count('not-tried', true), optional: count('not-tried', false) },
  }
}

function sumUp(counts: ReturnType<typeof summary>, bench: Bench): string[] {
  const trust = `The marketplace must take service tokens of ${bench.plugin.origin} by the keys at ${bench.plugin.origin}/.well-known/jwks.json`
  return [
    `${counts.holds} hold · ${counts.fails.required} required and ${counts.fails.optional} optional fail · ${counts.notTried.required} required and ${counts.notTried.optional} optional were not tried`,
    ...(counts.holds <= 2 ? [`${trust}, and send its webhooks to ${bench.plugin.origin}/webhooks/marketplace.`] : []),
  ]
}

/**
 * `kentei conformance`: runs the plugin's side of the contract against a marketplace. Ends with 0 when no required check
 * fails; with `strict`, only when every required one was tried.
 */
export async function runConformance(
  options: ConformanceOptions & { readonly json: boolean; readonly strict: boolean },
  terminal: Terminal,
  surroundings: ConformanceSurroundings = {},
): Promise<ExitCode> {
  const run = await openRun(options, terminal, { startMarket: surroundings.startMarket, patience: surroundings.patience ?? usualPatience })
  const { bench } = run
  try {
    if (!options.json) terminal.out(`${bench.market} as seen by the plugin ${bench.plugin.origin}`)
    const judged = await tryAll(bench, (found) => {
      if (!options.json) terminal.out(line(found))
    })
    const counts = summary(judged)
    const passed = counts.fails.required === 0 && !(options.strict && counts.notTried.required > 0)
    if (options.json) {
      const checks = judged.map(({ id, required, section, expects, outcome, came }) => ({ id, area: areaOf({ id }), required, section, expects, outcome, came }))
      terminal.out(JSON.stringify({ marketplace: bench.market, plugin: bench.plugin.origin, passed, counts, checks }, null, 2))
    } else for (const text of sumUp(counts, bench)) terminal.out(text)
    return passed ? 0 : 1
  } finally {
    await bench.cleanUp()
    await run.close()
  }
}
