import type { ExitCode } from '../platform/words/command-line.ts'
import { allChecks } from './conformance/all-checks.ts'
import type { Bench } from './conformance/bench.ts'
import { areaOf, type Check, expectationOf, type Finding, failsOf, mendingOf, notTried } from './conformance/check.ts'
import { type ConformanceOptions, openRun, usualPatience } from './conformance/open-run.ts'
import { command, jsonOption, type Surroundings, type Terminal } from './terminal.ts'
import { type Translate, textsOf } from './texts.ts'

/** A check and what it found. */
type Judged = Check & Finding

const marks = { holds: '✓', fails: '✗', 'not-tried': '–' } as const

/** What was tried and what came; of a failure also what to do. */
function describe(judged: Judged, t: Translate): string[] {
  const { id, outcome, required, came, section } = judged
  const expected = `${expectationOf(judged)(t)}${required ? '' : t('conformance.optional')}`
  const said = `${marks[outcome]} ${id.padEnd(22)} ${expected} · ${came(t)} · [${t(`conformance.section.${section}`)}]`
  return outcome === 'fails' ? [said, `  → ${mendingOf(judged)(t)}`] : [said]
}

async function tryCheck(check: Check, bench: Bench): Promise<Finding> {
  try {
    return await check.run(bench)
  } catch (problem) {
    return failsOf(problem)
  }
}

/** Tries every check in turn; when the marketplace does not take the plugin's tokens at all, the others say nothing. */
async function tryAll(bench: Bench, tell: (judged: Judged) => void): Promise<Judged[]> {
  const judged: Judged[] = []
  for (const check of allChecks) {
    const trusted = !judged.some(({ id, outcome }) => id === 'token.accepted' && outcome === 'fails')
    const found = {
      ...check,
      ...(trusted ? await tryCheck(check, bench) : notTried((t) => t('conformance.came.untrusted'))),
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

function sumUp(judged: readonly Judged[], counts: ReturnType<typeof summary>, bench: Bench, t: Translate): string[] {
  const { origin } = bench.plugin
  const isTrusted = !judged.some(({ id, outcome }) => id === 'token.accepted' && outcome === 'fails')
  return [
    t('conformance.total', {
      holds: counts.holds,
      failRequired: counts.fails.required,
      failOptional: counts.fails.optional,
      openRequired: counts.notTried.required,
      openOptional: counts.notTried.optional,
    }),
    ...(isTrusted ? [] : [t('conformance.trustHow', { origin }), t('conformance.trustOptions')]),
  ]
}

/**
 * `kentei conformance`: runs the plugin's side of the contract against a marketplace. Ends with 0 when no required check
 * fails; with `strict`, only when every required one was tried.
 */
export async function runConformance(
  options: ConformanceOptions & { readonly json: boolean; readonly strict: boolean },
  terminal: Terminal,
  surroundings: Omit<Surroundings, 'terminal'> = {},
): Promise<ExitCode> {
  const run = await openRun(options, terminal, {
    startMarket: surroundings.startMarket,
    patience: surroundings.patience ?? usualPatience,
  })
  const { bench } = run
  const t = textsOf(options.language)
  try {
    if (!options.json) terminal.out(t('conformance.asSeenBy', { market: bench.market, plugin: bench.plugin.origin }))
    const judged = await tryAll(bench, (found) => {
      if (!options.json) for (const text of describe(found, t)) terminal.out(text)
    })
    const counts = summary(judged)
    const passed = counts.fails.required === 0 && !(options.strict && counts.notTried.required > 0)
    if (options.json) {
      // programs read this, whatever the language of the messages
      const english = textsOf('en')
      const checks = judged.map((one) => ({
        id: one.id,
        area: areaOf(one),
        required: one.required,
        section: english(`conformance.section.${one.section}`),
        expects: expectationOf(one)(english),
        outcome: one.outcome,
        came: one.came(english),
        ...(one.outcome === 'fails' ? { mend: mendingOf(one)(english) } : {}),
      }))
      terminal.out(
        JSON.stringify({ marketplace: bench.market, plugin: bench.plugin.origin, passed, counts, checks }, null, 2),
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
      default: '127.0.0.1:0',
      valueHint: 'host:port',
    },
    'plugin-origin': { type: 'string', description: t('option.conformance.plugin-origin'), valueHint: 'origin' },
    worker: { type: 'string', description: t('option.conformance.worker'), default: 'wrk_003', valueHint: 'id' },
    exam: { type: 'string', description: t('option.conformance.exam'), valueHint: 'id' },
    contract: { type: 'string', description: t('option.conformance.contract'), valueHint: 'id' },
    credential: { type: 'string', description: t('option.conformance.credential'), valueHint: 'id' },
    'launch-token': { type: 'string', description: t('option.conformance.launch-token'), valueHint: 'jwt' },
    'webhook-key': { type: 'string', description: t('option.conformance.webhook-key'), valueHint: 'whsec_…|whpk_…' },
    profile: {
      type: 'string',
      description: t('option.conformance.profile'),
      default: '/api/workers/{worker}?category={exam}',
      valueHint: 'path',
    },
    'leave-traces': { type: 'boolean', description: t('option.conformance.leave-traces') },
    wait: { type: 'string', description: t('option.conformance.wait'), valueHint: 'seconds' },
    strict: { type: 'boolean', description: t('option.conformance.strict') },
    ...jsonOption(t),
  }),
  run: ({ args, language, terminal, ...surroundings }) => {
    const {
      'plugin-origin': pluginOrigin,
      'launch-token': launchToken,
      'webhook-key': webhookKey,
      'leave-traces': leaveTraces,
      strict,
      json,
      _,
      ...plain
    } = args
    const flags = { leaveTraces: leaveTraces === true, strict: strict === true, json: json === true }
    return runConformance(
      { ...plain, ...flags, pluginOrigin, launchToken, webhookKey, language },
      terminal,
      surroundings,
    )
  },
})
