import { allChecks } from './conformance/all-checks.ts'
import type { Bench } from './conformance/bench.ts'
import { areaOf, type Check, type Finding, fails, notTried } from './conformance/check.ts'
import { mendingOf } from './conformance/how-to-mend.ts'
import {
  type ConformanceOptions,
  openRun,
  type Patience,
  type StartMarket,
  usualPatience,
} from './conformance/open-run.ts'
import type { ExitCode, Terminal } from './terminal.ts'

/** A check and what it found. */
type Judged = Check & Finding

/** What a run starts a throw-away marketplace with, and how patient it is. */
export interface ConformanceSurroundings {
  readonly startMarket?: StartMarket | undefined
  readonly patience?: Patience
}

const marks = { holds: '✓', fails: '✗', 'not-tried': '–' } as const

/** What was tried and what came; of a failure also what to do. */
function describe({ id, outcome, required, expects, came, section }: Judged): string[] {
  const said = `${marks[outcome]} ${id.padEnd(22)} ${expects}${required ? '' : ' (optional)'} · ${came} · [${section}]`
  return outcome === 'fails' ? [said, `  → ${mendingOf({ id, came })}`] : [said]
}

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
    const found = {
      ...check,
      ...(trusted ? await tryCheck(check, bench) : notTried('the marketplace does not take the tokens of this plugin')),
    }
    judged.push(found)
    tell(found)
  }
  return judged
}

function summary(judged: readonly Judged[]) {
  const count = (outcome: Finding['outcome'], required: boolean) =>
    judged.filter((one) => one.outcome === outcome && one.required === required).length
  return {
    holds: count('holds', true) + count('holds', false),
    fails: { required: count('fails', true), optional: count('fails', false) },
    notTried: { required: count('not-tried', true), optional: count('not-tried', false) },
  }
}

function sumUp(judged: readonly Judged[], counts: ReturnType<typeof summary>, bench: Bench): string[] {
  const { origin } = bench.plugin
  const isTrusted = !judged.some(({ id, outcome }) => id === 'token.accepted' && outcome === 'fails')
  return [
    `${counts.holds} hold · ${counts.fails.required} required and ${counts.fails.optional} optional fail · ${counts.notTried.required} required and ${counts.notTried.optional} optional were not tried`,
    ...(isTrusted
      ? []
      : [
          `The marketplace must take service tokens of ${origin} by the keys at ${origin}/.well-known/jwks.json, and send its webhooks to ${origin}/webhooks/marketplace.`,
          'Choose a lasting origin and port with --listen and --plugin-origin, and lasting keys with --keys; or be the Kentei that it trusts already: --data <its data folder> --plugin-origin <its origin>.',
        ]),
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
  const run = await openRun(options, terminal, {
    startMarket: surroundings.startMarket,
    patience: surroundings.patience ?? usualPatience,
  })
  const { bench } = run
  try {
    if (!options.json) terminal.out(`${bench.market} as seen by the plugin ${bench.plugin.origin}`)
    const judged = await tryAll(bench, (found) => {
      if (!options.json) for (const text of describe(found)) terminal.out(text)
    })
    const counts = summary(judged)
    const passed = counts.fails.required === 0 && !(options.strict && counts.notTried.required > 0)
    if (options.json) {
      const checks = judged.map(({ id, required, section, expects, outcome, came }) => ({
        id,
        area: areaOf({ id }),
        required,
        section,
        expects,
        outcome,
        came,
        ...(outcome === 'fails' ? { mend: mendingOf({ id, came }) } : {}),
      }))
      terminal.out(
        JSON.stringify({ marketplace: bench.market, plugin: bench.plugin.origin, passed, counts, checks }, null, 2),
      )
    } else for (const text of sumUp(judged, counts, bench)) terminal.out(text)
    return passed ? 0 : 1
  } finally {
    await bench.cleanUp()
    await run.close()
  }
}
