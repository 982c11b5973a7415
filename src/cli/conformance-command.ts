import type { ExitCode } from '../platform/words/command-line.ts'
import { allChecks } from './conformance/all-checks.ts'
import type { Bench } from './conformance/bench.ts'
import {
  areaOf,
  type Check,
  expectationOf,
  type Finding,
  failsOf,
  guideOf,
  type Level,
  levels,
  mendingOf,
  notOffered,
  notTried,
} from './conformance/check.ts'
import { type ConformanceOptions, openRun, usualPatience } from './conformance/open-run.ts'
import { type Exchange, exchangeOf } from './conformance/show-exchange.ts'
import { command, jsonOption, type Surroundings, type Terminal, UsageError } from './terminal.ts'
import { type Translate, textsOf } from './texts.ts'

/** A check and what it found; `exchanges` are the last calls of it, which show a failure. */
type Judged = Check & Finding & { readonly exchanges: readonly Exchange[] }

const marks = { holds: '✓', fails: '✗', 'not-tried': '–', 'not-offered': '○' } as const

/** What was tried and what came; of a failure also the calls that show it, what to do, and where the guide speaks of it. */
function describe(judged: Judged, t: Translate): string[] {
  const { id, outcome, level, came, section, exchanges } = judged
  const expected = `${expectationOf(judged)(t)}${level === 'optional' ? t('conformance.optional') : ''}`
  const said = `${marks[outcome]} ${id.padEnd(22)} ${expected} · ${came(t)} · [${t(`conformance.section.${section}`)}]`
  if (outcome !== 'fails') return [said]
  return [
    said,
    `  → ${mendingOf(judged)(t)}`,
    `  ${t('conformance.guide', { place: guideOf(judged) })}`,
    ...exchanges.flatMap(({ sent, answered }) => [
      `  ${t('conformance.sent', { what: sent })}`,
      `  ${t('conformance.answered', { what: answered })}`,
    ]),
  ]
}

async function tryCheck(check: Check, bench: Bench): Promise<Finding> {
  try {
    return await check.run(bench)
  } catch (problem) {
    return failsOf(problem)
  }
}

/** Why a check is not tried at all. Where a run was meant to be trusted, that it is not is a failure itself. */
function reasonAgainst({ id, offer, needsTokens }: Check, bench: Bench): Finding | undefined {
  if (offer !== undefined && !bench.offers.has(offer)) return notOffered
  if (!needsTokens || bench.trusted || (id === 'token.accepted' && bench.claimsTrust)) return undefined
  return notTried((t) => t(bench.claimsTrust ? 'conformance.came.untrusted' : 'conformance.came.noTokens'))
}

/** Tries every check in turn. */
async function tryAll(checks: readonly Check[], bench: Bench, tell: (judged: Judged) => void): Promise<Judged[]> {
  const judged: Judged[] = []
  for (const check of checks) {
    bench.takeLast()
    const finding = reasonAgainst(check, bench) ?? (await tryCheck(check, bench))
    const exchanges = finding.outcome === 'fails' ? bench.takeLast().map(exchangeOf) : []
    const found = { ...check, ...finding, exchanges }
    judged.push(found)
    tell(found)
  }
  return judged
}

function summary(judged: readonly Judged[]) {
  const count = (outcome: Finding['outcome']) =>
    Object.fromEntries(
      levels.map((level) => [level, judged.filter((one) => one.outcome === outcome && one.level === level).length]),
    ) as Record<Level, number>
  const all = (outcome: Finding['outcome']) => judged.filter((one) => one.outcome === outcome).length
  return {
    holds: all('holds'),
    fails: count('fails'),
    notTried: count('not-tried'),
    notOffered: all('not-offered'),
  }
}
type Counts = ReturnType<typeof summary>

/** Nothing fails that must hold, and, where `strict`, all that is required was tried. */
const passes = ({ fails, notTried: open }: Counts, strict: boolean): boolean =>
  fails.required === 0 && fails.extra === 0 && !(strict && open.required > 0)

/** What was not tried, by the reason. */
function listUntried(judged: readonly Judged[], t: Translate): string[] {
  const reasons = new Map<string, string[]>()
  for (const one of judged)
    if (one.outcome === 'not-tried' || one.outcome === 'not-offered') {
      const why = `${marks[one.outcome]} ${one.came(t)}`
      reasons.set(why, [...(reasons.get(why) ?? []), one.level === 'required' ? `${one.id}!` : one.id])
    }
  if (reasons.size === 0) return []
  return [t('conformance.untriedTitle'), ...[...reasons].map(([why, ids]) => `${why}: ${ids.join(', ')}`)]
}

function sumUp(judged: readonly Judged[], counts: Counts, bench: Bench, t: Translate): string[] {
  const { origin } = bench.plugin
  const trust = bench.claimsTrust
    ? [t('conformance.trustHow', { origin }), t('conformance.trustOptions')]
    : [t('conformance.trustOther'), t('conformance.trustOptions')]
  const verdict = !passes(counts, false)
    ? t('conformance.notReady')
    : passes(counts, true)
      ? t('conformance.ready')
      : t('conformance.unsure')
  return [
    ...listUntried(judged, t),
    t('conformance.total', {
      holds: counts.holds,
      failRequired: counts.fails.required,
      failExtra: counts.fails.extra,
      failOptional: counts.fails.optional,
      openRequired: counts.notTried.required,
      openExtra: counts.notTried.extra,
      openOptional: counts.notTried.optional,
      absent: counts.notOffered,
    }),
    verdict,
    ...(bench.trusted ? [] : trust),
  ]
}

/** The checks that somebody asked for by areas or ids, with commas; all of them without. @throws a `UsageError`. */
function chosenOf(only: string | undefined): readonly Check[] {
  if (only === undefined) return allChecks
  const names = only.split(',').map((name) => name.trim())
  const isNamed = (check: Check, name: string) => check.id === name || areaOf(check) === name
  const unknown = names.find((name) => !allChecks.some((check) => isNamed(check, name)))
  if (unknown !== undefined) throw new UsageError((t) => t('usage.conformance.only', { name: unknown }))
  return allChecks.filter((check) => names.some((name) => isNamed(check, name)))
}

/**
 * `kentei conformance`: runs the plugin's side of the contract against a marketplace. Ends with 0 when nothing fails that
 * must hold; with `strict`, only when every required check was tried.
 */
export async function runConformance(
  options: ConformanceOptions & {
    readonly json: boolean
    readonly strict: boolean
    readonly only?: string | undefined
  },
  terminal: Terminal,
  surroundings: Omit<Surroundings, 'terminal'> = {},
): Promise<ExitCode> {
  const chosen = chosenOf(options.only)
  const run = await openRun(options, terminal, {
    startMarket: surroundings.startMarket,
    patience: surroundings.patience ?? usualPatience,
    provokes: chosen.some((check) => areaOf(check) === 'webhook'),
  })
  const { bench } = run
  const t = textsOf(options.language)
  try {
    if (!options.json) terminal.out(t('conformance.asSeenBy', { market: bench.market, plugin: bench.plugin.origin }))
    const judged = await tryAll(chosen, bench, (found) => {
      // what was not tried is listed by its reasons in the end
      if (!options.json && (found.outcome === 'holds' || found.outcome === 'fails'))
        for (const text of describe(found, t)) terminal.out(text)
    })
    const counts = summary(judged)
    const passed = passes(counts, options.strict)
    if (options.json) {
      // programs read this, whatever the language of the messages
      const english = textsOf('en')
      const checks = judged.map((one) => ({
        id: one.id,
        area: areaOf(one),
        level: one.level,
        required: one.level === 'required',
        section: english(`conformance.section.${one.section}`),
        guide: guideOf(one),
        expects: expectationOf(one)(english),
        outcome: one.outcome,
        came: one.came(english),
        ...(one.outcome === 'fails' ? { mend: mendingOf(one)(english), exchanges: one.exchanges } : {}),
      }))
      terminal.out(
        JSON.stringify(
          { marketplace: bench.market, plugin: bench.plugin.origin, trusted: bench.trusted, passed, counts, checks },
          null,
          2,
        ),
      )
    } else for (const text of sumUp(judged, counts, bench, t)) terminal.out(text)
    return passed ? 0 : 1
  } finally {
    await bench.cleanUp()
    await run.close()
  }
}

export const conformanceCommand = command({
  describe: (t) => t('command.conformance'),
  mostArguments: 0,
  options: (t) => ({
    marketplace: { type: 'string', description: t('option.conformance.marketplace'), valueHint: 'origin' },
    data: { type: 'string', description: t('option.conformance.data'), valueHint: 'folder' },
    keys: { type: 'string', description: t('option.conformance.keys'), valueHint: 'file' },
    listen: {
      type: 'string',
      description: t('option.conformance.listen'),
      valueHint: 'host:port',
    },
    'plugin-origin': { type: 'string', description: t('option.conformance.plugin-origin'), valueHint: 'origin' },
    worker: { type: 'string', description: t('option.conformance.worker'), default: 'wrk_003', valueHint: 'id' },
    exam: { type: 'string', description: t('option.conformance.exam'), valueHint: 'id' },
    contract: { type: 'string', description: t('option.conformance.contract'), valueHint: 'id' },
    credential: { type: 'string', description: t('option.conformance.credential'), valueHint: 'id' },
    'launch-token': { type: 'string', description: t('option.conformance.launch-token'), valueHint: 'jwt[,jwt]' },
    'operator-token': { type: 'string', description: t('option.conformance.operator-token'), valueHint: 'jwt' },
    'webhook-key': { type: 'string', description: t('option.conformance.webhook-key'), valueHint: 'whsec_…|whpk_…' },
    profile: {
      type: 'string',
      description: t('option.conformance.profile'),
      valueHint: 'path',
    },
    subscriber: { type: 'string', description: t('option.conformance.subscriber'), valueHint: 'path' },
    'leave-traces': { type: 'boolean', description: t('option.conformance.leave-traces') },
    wait: { type: 'string', description: t('option.conformance.wait'), valueHint: 'seconds' },
    strict: { type: 'boolean', description: t('option.conformance.strict') },
    only: { type: 'string', description: t('option.conformance.only'), valueHint: 'area,check' },
    ...jsonOption(t),
  }),
  run: ({ args, language, terminal, ...surroundings }) => {
    const {
      'plugin-origin': pluginOrigin,
      'launch-token': launchToken,
      'operator-token': operatorToken,
      'webhook-key': webhookKey,
      'leave-traces': leaveTraces,
      strict,
      json,
      _,
      ...plain
    } = args
    const flags = { leaveTraces: leaveTraces === true, strict: strict === true, json: json === true }
    return runConformance(
      { ...plain, ...flags, pluginOrigin, launchToken, operatorToken, webhookKey, language },
      terminal,
      surroundings,
    )
  },
})
