import { stripVTControlCharacters } from 'node:util'
import { type ArgsDef, defineCommand, renderUsage, runCommand } from 'citty'
import { EXPORT_FORMATS, IMPORT_FORMATS } from '../authoring/formats/detect-format.ts'
import type { Language } from '../authoring/said.ts'
import { TYPE_WORDS } from '../authoring/written-types.ts'
import { USUAL_LANGUAGE, usageIn, writtenLanguage } from '../platform/words/command-line.ts'
import { OtherMigrationsError } from '../world/open-node.ts'
import { AUDIT_ACTS, runAudit } from './audit-command.ts'
import { runCheck } from './check-command.ts'
import { type ConformanceSurroundings, runConformance } from './conformance-command.ts'
import { runEditor } from './editor/editor-command.ts'
import { runExplain } from './explain-command.ts'
import { runExport } from './export-command.ts'
import { runFmt } from './fmt-command.ts'
import { DIAGNOSTIC_FORMATS, type DiagnosticFormat } from './format-diagnostics.ts'
import { runHistory } from './history-command.ts'
import { runImport } from './import-command.ts'
import { KEY_ACTS } from './keys/key-store.ts'
import { KEY_USES, runKeys } from './keys/keys-command.ts'
import { runLeakCheck } from './leak-check-command.ts'
import { runLocales } from './locales-command.ts'
import { runLock } from './lock-command.ts'
import { runNew } from './new-command.ts'
import { runPapers } from './papers-command.ts'
import { runPreview } from './preview-command.ts'
import { runPublish } from './publish-command.ts'
import { runQuality } from './quality-command.ts'
import { runRetire } from './retire-command.ts'
import { runSchema } from './schema-command.ts'
import { runSessions } from './sessions-command.ts'
import { runStatistics } from './statistics/statistics-command.ts'
import { runTasks } from './tasks-command.ts'
import { type ExitCode, type Terminal, UsageError } from './terminal.ts'
import { type Say, textsOf } from './texts.ts'
import { runTour } from './tour-command.ts'

/** The language that `--lang` names, whatever the command: its help and its refusals speak it too. */
function languageOf(rawArgs: readonly string[]): Language {
  const written = writtenLanguage(rawArgs)
  if (written !== 'ja' && written !== 'en')
    throw new UsageError((t) => t('usage.jaOrEn', { option: '--lang', written }))
  return written
}

/** citty takes any flag; a misspelt one must not be passed over. */
function refuseUnknown(rawArgs: readonly string[], args: ArgsDef, positionals = 0, mostPositionals = 1): void {
  for (const raw of rawArgs) {
    if (raw === '--') break
    const name = /^--?([^=]+)/.exec(raw)?.[1]
    if (
      name !== undefined &&
      raw !== '-' &&
      !Object.hasOwn(args, name) &&
      !Object.hasOwn(args, name.replace(/^no-/, ''))
    )
      throw new UsageError((t) => t('usage.unknownOption', { option: raw }))
  }
  if (positionals > mostPositionals) throw new UsageError((t) => t('usage.tooMany'))
}

/** A thumbprint may begin with `-` and must not be read as an option: it is tied to its own. */
function tieKid(args: readonly string[]): string[] {
  const at = args.indexOf('--kid')
  return at < 0 || at + 1 >= args.length
    ? [...args]
    : [...args.slice(0, at), `--kid=${args[at + 1]}`, ...args.slice(at + 2)]
}

/** What is wrong with what was typed; undefined for a bug. */
function refusalOf(problem: unknown, rawArgs: readonly string[]): Say | undefined {
  if (problem instanceof UsageError) return problem.say
  if (problem instanceof OtherMigrationsError) return (t) => t('usage.otherMigrations', { file: problem.file })
  if (!(problem instanceof Error) || problem.name !== 'CLIError') return undefined
  // of the commands here it knows no other complaint
  const name = rawArgs.find((arg) => !arg.startsWith('-'))
  return (t) => (name === undefined ? t('usage.noCommand') : t('usage.unknownCommand', { name }))
}

/** Runs `kentei` with these arguments. It never throws for what a user can mistype. */
export async function runCli(
  typed: readonly string[],
  terminal: Terminal,
  surroundings: ConformanceSurroundings = {},
): Promise<ExitCode> {
  const rawArgs = tieKid(typed)
  let language: Language = USUAL_LANGUAGE
  try {
    language = languageOf(rawArgs)
    const root = commandsFor(terminal, surroundings, language)
    if (rawArgs.length === 0 || rawArgs.includes('--help') || rawArgs.includes('-h')) {
      const named =
        (rawArgs[0] ?? '') in root.subCommands
          ? root.subCommands[rawArgs[0] as keyof typeof root.subCommands]
          : undefined
      const usage = await (named ? renderUsage(named as never, root as never) : renderUsage(root as never))
      const shown = usageIn(language, usage)
      terminal.out(terminal.isInteractive ? shown : stripVTControlCharacters(shown))
      return rawArgs.length === 0 ? 2 : 0
    }
    const { result } = await runCommand(root as never, { rawArgs: [...rawArgs], showUsage: false } as never)
    return (result as ExitCode | undefined) ?? root.exit() ?? 0
  } catch (problem) {
    const say = refusalOf(problem, rawArgs)
    if (!say) throw problem
    terminal.err(`kentei: ${stripVTControlCharacters(say(textsOf(language)))}`)
    return 2
  }
}

function commandsFor(terminal: Terminal, surroundings: ConformanceSurroundings, language: Language) {
  const t = textsOf(language)
  const lang = {
    type: 'string',
    description: t('option.lang'),
    default: USUAL_LANGUAGE,
    valueHint: 'ja|en',
  } as const
  // where the service of the same environment keeps it
  const data = {
    type: 'string',
    description: t('option.data'),
    default: terminal.env.DATA_DIR ?? '.data',
    valueHint: 'folder',
  } as const
  let code: ExitCode | undefined
  const finish = async (run: Promise<ExitCode>): Promise<void> => {
    code = await run
  }
  const checkArgs = {
    lang,
    format: { type: 'string', description: DIAGNOSTIC_FORMATS.join(', '), default: 'text' },
    fix: { type: 'boolean', description: t('option.check.fix') },
    watch: { type: 'boolean', description: t('option.check.watch') },
  } as const
  const fmtArgs = {
    lang,
    check: { type: 'boolean', description: t('option.fmt.check') },
  } as const
  const explainArgs = { lang } as const
  const lockArgs = { lang } as const
  const historyArgs = { lang, json: { type: 'boolean', description: t('option.json') } } as const
  const retireArgs = {
    lang,
    why: { type: 'string', description: t('option.retire.why') },
    wake: { type: 'string', description: t('option.retire.wake'), valueHint: 'item,item' },
    force: { type: 'boolean', description: t('option.retire.force') },
  } as const
  const localesArgs = {
    lang,
    start: {
      type: 'string',
      description: t('option.locales.start'),
      valueHint: 'ja|en',
    },
    json: { type: 'boolean', description: t('option.json') },
  } as const
  const leakCheckArgs = { lang, json: { type: 'boolean', description: t('option.json') } } as const
  const papersArgs = {
    lang,
    count: { type: 'string', description: t('option.papers.count'), default: '1000' },
    locale: { type: 'string', description: t('option.papers.locale'), valueHint: 'ja|en' },
    json: { type: 'boolean', description: t('option.json') },
  } as const
  const tasksArgs = {
    lang,
    seeds: { type: 'string', description: t('option.tasks.seeds'), default: '1000' },
    json: { type: 'boolean', description: t('option.json') },
  } as const
  const qualityArgs = {
    lang,
    adversary: { type: 'boolean', description: t('option.quality.adversary') },
    opponent: { type: 'string', description: t('option.quality.opponent'), valueHint: 'command' },
    json: { type: 'boolean', description: t('option.json') },
  } as const
  const newArgs = {
    lang,
    in: { type: 'string', description: t('option.new.in'), valueHint: 'folder' },
    type: {
      type: 'string',
      description: t('option.new.type', { types: Object.values(TYPE_WORDS.single).join(', ') }),
      default: 'single',
    },
  } as const
  const publishArgs = {
    lang,
    data,
    to: {
      type: 'string',
      description: t('option.publish.to'),
      valueHint: 'origin',
    },
    key: {
      type: 'string',
      description: t('option.publish.key'),
      valueHint: 'file',
    },
    as: {
      type: 'string',
      description: t('option.publish.as'),
      valueHint: t('hint.marketId'),
    },
    note: { type: 'string', description: t('option.publish.note') },
    out: {
      type: 'string',
      description: t('option.publish.out'),
      valueHint: 'folder',
    },
  } as const
  const statisticsArgs = {
    lang,
    data,
    from: {
      type: 'string',
      description: t('option.statistics.from'),
      valueHint: 'origin',
    },
    key: {
      type: 'string',
      description: t('option.statistics.key'),
      valueHint: 'file',
    },
  } as const
  const previewArgs = {
    lang,
    port: { type: 'string', description: t('option.preview.port'), default: '4321' },
  } as const
  const keysArgs = {
    lang,
    data,
    env: {
      type: 'boolean',
      description: t('option.keys.env'),
    },
    use: { type: 'string', description: KEY_USES },
    alg: {
      type: 'string',
      description: t('option.keys.alg'),
      valueHint: 'ES256|RS256|Ed25519',
    },
    kid: { type: 'string', description: t('option.keys.kid') },
    all: { type: 'boolean', description: t('option.keys.all') },
    now: { type: 'boolean', description: t('option.keys.now') },
    'valid-for': {
      type: 'string',
      description: t('option.keys.valid-for'),
      valueHint: '2y',
    },
    format: { type: 'string', description: t('option.keys.format'), default: 'jwks' },
    origin: { type: 'string', description: t('option.keys.origin'), valueHint: 'origin' },
    as: {
      type: 'string',
      description: t('option.keys.as'),
      valueHint: t('hint.marketId'),
    },
    to: {
      type: 'string',
      description: t('option.keys.to'),
      valueHint: 'file',
    },
    json: { type: 'boolean', description: t('option.keys.json') },
  } as const
  const auditArgs = {
    lang,
    data,
    from: { type: 'string', description: t('option.audit.from'), valueHint: 'file' },
    seal: {
      type: 'string',
      description: t('option.audit.seal'),
      valueHint: 'file',
    },
    jwks: {
      type: 'string',
      description: t('option.audit.jwks'),
      valueHint: 'file',
    },
  } as const
  const sessionsArgs = {
    lang,
    data,
    worker: { type: 'string', description: t('option.sessions.worker'), valueHint: t('hint.marketId') },
    role: {
      type: 'string',
      description: t('option.sessions.role'),
      valueHint: 'worker|author|operator',
    },
    why: { type: 'string', description: t('option.sessions.why') },
    to: {
      type: 'string',
      description: t('option.sessions.to'),
      valueHint: 'origin',
    },
  } as const
  const tourArgs = {
    lang,
    exam: { type: 'string', description: t('option.tour.exam'), default: 'business-admin' },
    marketplace: {
      type: 'string',
      description: t('option.tour.marketplace'),
      default: 'http://localhost:8788',
      valueHint: 'origin',
    },
    worker: { type: 'string', description: t('option.tour.worker'), valueHint: 'id' },
    data,
  } as const
  const conformanceArgs = {
    lang,
    marketplace: {
      type: 'string',
      description: t('option.conformance.marketplace'),
      valueHint: 'origin',
    },
    data: {
      type: 'string',
      description: t('option.conformance.data'),
      valueHint: 'folder',
    },
    keys: { type: 'string', description: t('option.conformance.keys'), valueHint: 'file' },
    listen: {
      type: 'string',
      description: t('option.conformance.listen'),
      default: '127.0.0.1:0',
      valueHint: 'host:port',
    },
    'plugin-origin': {
      type: 'string',
      description: t('option.conformance.plugin-origin'),
      valueHint: 'origin',
    },
    worker: {
      type: 'string',
      description: t('option.conformance.worker'),
      default: 'wrk_003',
      valueHint: 'id',
    },
    exam: { type: 'string', description: t('option.conformance.exam'), valueHint: 'id' },
    contract: {
      type: 'string',
      description: t('option.conformance.contract'),
      valueHint: 'id',
    },
    credential: { type: 'string', description: t('option.conformance.credential'), valueHint: 'id' },
    'launch-token': {
      type: 'string',
      description: t('option.conformance.launch-token'),
      valueHint: 'jwt',
    },
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
    json: { type: 'boolean', description: t('option.json') },
  } as const
  const exchange = {
    lang,
    topic: { type: 'string', description: t('option.exchange.topic'), valueHint: 'name' },
    locale: { type: 'string', description: t('option.exchange.locale'), valueHint: 'ja|en' },
    'dry-run': { type: 'boolean', description: t('option.exchange.dry-run') },
    force: { type: 'boolean', description: t('option.exchange.force') },
    json: { type: 'boolean', description: t('option.exchange.json') },
  } as const
  const importArgs = {
    ...exchange,
    to: { type: 'string', description: t('option.import.to'), valueHint: 'folder' },
    format: {
      type: 'string',
      description: t('option.import.format'),
      valueHint: IMPORT_FORMATS.join('|'),
    },
  } as const
  const exportArgs = {
    ...exchange,
    to: { type: 'string', description: t('option.export.to'), valueHint: 'file' },
    format: { type: 'string', description: t('option.export.format'), valueHint: EXPORT_FORMATS.join('|') },
  } as const
  return {
    exit: () => code,
    ...defineCommand({ meta: { name: 'kentei', description: t('command.kentei') } }),
    subCommands: {
      check: defineCommand({
        meta: { name: 'check', description: t('command.check') },
        args: checkArgs,
        run: ({ args, rawArgs }) => {
          refuseUnknown(rawArgs, checkArgs)
          const format = DIAGNOSTIC_FORMATS.find((one) => one === args.format)
          if (!format)
            throw new UsageError((t) => t('usage.oneOf', { option: '--format', known: DIAGNOSTIC_FORMATS.join(', ') }))
          return finish(
            runCheck(
              {
                folders: args._,
                format: format satisfies DiagnosticFormat,
                fix: args.fix === true,
                watch: args.watch === true,
                language,
              },
              terminal,
            ),
          )
        },
      }),
      explain: defineCommand({
        meta: {
          name: 'explain',
          description: t('command.explain'),
        },
        args: explainArgs,
        run: ({ args, rawArgs }) => {
          refuseUnknown(rawArgs, explainArgs, args._.length)
          return finish(runExplain({ rule: args._[0], language }, terminal))
        },
      }),
      fmt: defineCommand({
        meta: { name: 'fmt', description: t('command.fmt') },
        args: fmtArgs,
        run: ({ args, rawArgs }) => {
          refuseUnknown(rawArgs, fmtArgs)
          return finish(runFmt({ folders: args._, check: args.check === true, language }, terminal))
        },
      }),
      lock: defineCommand({
        meta: { name: 'lock', description: t('command.lock') },
        args: lockArgs,
        run: ({ args, rawArgs }) => {
          refuseUnknown(rawArgs, lockArgs)
          return finish(runLock({ folders: args._, language }, terminal))
        },
      }),
      history: defineCommand({
        meta: { name: 'history', description: t('command.history') },
        args: historyArgs,
        run: ({ args, rawArgs }) => {
          refuseUnknown(rawArgs, historyArgs, args._.length, 2)
          return finish(
            runHistory({ folder: args._[0], item: args._[1], json: args.json === true, language }, terminal),
          )
        },
      }),
      retire: defineCommand({
        meta: {
          name: 'retire',
          description: t('command.retire'),
        },
        args: retireArgs,
        run: ({ args, rawArgs }) => {
          refuseUnknown(rawArgs, retireArgs)
          const [folder, ...items] = args._
          return finish(
            runRetire(
              {
                folder,
                items,
                why: args.why,
                wake: args.wake,
                force: args.force === true,
                language,
              },
              terminal,
            ),
          )
        },
      }),
      locales: defineCommand({
        meta: { name: 'locales', description: t('command.locales') },
        args: localesArgs,
        run: ({ args, rawArgs }) => {
          refuseUnknown(rawArgs, localesArgs)
          return finish(
            runLocales({ folders: args._, start: args.start, json: args.json === true, language }, terminal),
          )
        },
      }),
      'leak-check': defineCommand({
        meta: { name: 'leak-check', description: t('command.leak-check') },
        args: leakCheckArgs,
        run: ({ args, rawArgs }) => {
          refuseUnknown(rawArgs, leakCheckArgs)
          const [file, ...folders] = args._
          if (file === undefined) throw new UsageError((t) => t('usage.leakCheck'))
          return finish(runLeakCheck({ file, folders, json: args.json === true, language }, terminal))
        },
      }),
      new: defineCommand({
        meta: {
          name: 'new',
          description: t('command.new'),
        },
        args: newArgs,
        run: ({ args, rawArgs }) => {
          refuseUnknown(rawArgs, newArgs, args._.length, 2)
          return finish(
            runNew({ what: args._[0], name: args._[1], folder: args.in, type: args.type, language }, terminal),
          )
        },
      }),
      editor: defineCommand({
        meta: {
          name: 'editor',
          description: t('command.editor'),
        },
        args: explainArgs,
        run: ({ args, rawArgs }) => {
          refuseUnknown(rawArgs, explainArgs, args._.length)
          return finish(runEditor({ folder: args._[0] ?? '.', language }, terminal))
        },
      }),
      schema: defineCommand({
        meta: {
          name: 'schema',
          description: t('command.schema'),
        },
        args: explainArgs,
        run: ({ args, rawArgs }) => {
          refuseUnknown(rawArgs, explainArgs, args._.length)
          return finish(runSchema(args._[0], terminal))
        },
      }),
      papers: defineCommand({
        meta: { name: 'papers', description: t('command.papers') },
        args: papersArgs,
        run: ({ args, rawArgs }) => {
          refuseUnknown(rawArgs, papersArgs)
          return finish(
            runPapers(
              {
                folders: args._,
                count: args.count,
                locale: args.locale,
                json: args.json === true,
                language,
              },
              terminal,
            ),
          )
        },
      }),
      tasks: defineCommand({
        meta: { name: 'tasks', description: t('command.tasks') },
        args: tasksArgs,
        run: ({ args, rawArgs }) => {
          refuseUnknown(rawArgs, tasksArgs)
          return finish(runTasks({ folders: args._, seeds: args.seeds, json: args.json === true, language }, terminal))
        },
      }),
      quality: defineCommand({
        meta: { name: 'quality', description: t('command.quality') },
        args: qualityArgs,
        run: ({ args, rawArgs }) => {
          refuseUnknown(rawArgs, qualityArgs)
          return finish(
            runQuality(
              {
                folders: args._,
                json: args.json === true,
                adversary: args.adversary === true,
                opponent: args.opponent,
                language,
              },
              terminal,
            ),
          )
        },
      }),
      publish: defineCommand({
        meta: { name: 'publish', description: t('command.publish') },
        args: publishArgs,
        run: ({ args, rawArgs }) => {
          refuseUnknown(rawArgs, publishArgs)
          return finish(
            runPublish(
              {
                folders: args._,
                data: args.data,
                to: args.to,
                key: args.key,
                as: args.as,
                note: args.note,
                out: args.out,
                language,
              },
              terminal,
            ),
          )
        },
      }),
      preview: defineCommand({
        meta: { name: 'preview', description: t('command.preview') },
        args: previewArgs,
        run: ({ args, rawArgs }) => {
          refuseUnknown(rawArgs, previewArgs, args._.length)
          return finish(runPreview({ folders: args._, port: args.port, language }, terminal))
        },
      }),
      import: defineCommand({
        meta: {
          name: 'import',
          description: t('command.import'),
        },
        args: importArgs,
        run: ({ args, rawArgs }) => {
          refuseUnknown(rawArgs, importArgs, args._.length)
          const { 'dry-run': dryRun, force, json, to, topic, locale, format } = args
          return finish(
            runImport(
              {
                file: args._[0],
                to,
                topic,
                locale,
                format,
                dryRun: dryRun === true,
                force: force === true,
                json: json === true,
                language,
              },
              terminal,
            ),
          )
        },
      }),
      export: defineCommand({
        meta: {
          name: 'export',
          description: t('command.export'),
        },
        args: exportArgs,
        run: ({ args, rawArgs }) => {
          refuseUnknown(rawArgs, exportArgs, args._.length)
          const { 'dry-run': dryRun, force, json, to, topic, locale, format } = args
          return finish(
            runExport(
              {
                folder: args._[0],
                to,
                topic,
                locale,
                format,
                dryRun: dryRun === true,
                force: force === true,
                json: json === true,
                language,
              },
              terminal,
            ),
          )
        },
      }),
      statistics: defineCommand({
        meta: {
          name: 'statistics',
          description: t('command.statistics'),
        },
        args: statisticsArgs,
        run: ({ args, rawArgs }) => {
          refuseUnknown(rawArgs, statisticsArgs)
          return finish(
            runStatistics({ folders: args._, data: args.data, from: args.from, key: args.key, language }, terminal),
          )
        },
      }),
      tour: defineCommand({
        meta: { name: 'tour', description: t('command.tour') },
        args: tourArgs,
        run: ({ args, rawArgs }) => {
          refuseUnknown(rawArgs, tourArgs, args._.length, 0)
          return finish(
            runTour(
              { exam: args.exam, marketplace: args.marketplace, worker: args.worker, data: args.data, language },
              terminal,
            ),
          )
        },
      }),
      conformance: defineCommand({
        meta: { name: 'conformance', description: t('command.conformance') },
        args: conformanceArgs,
        run: ({ args, rawArgs }) => {
          refuseUnknown(rawArgs, conformanceArgs, args._.length, 0)
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
          return finish(
            runConformance(
              { ...plain, ...flags, pluginOrigin, launchToken, webhookKey, language },
              terminal,
              surroundings,
            ),
          )
        },
      }),
      audit: defineCommand({
        meta: { name: 'audit', description: t('command.audit', { acts: AUDIT_ACTS.join(', ') }) },
        args: auditArgs,
        run: ({ args, rawArgs }) => {
          refuseUnknown(rawArgs, auditArgs, args._.length)
          const act = AUDIT_ACTS.find((one) => one === args._[0])
          if (!act) throw new UsageError(() => `kentei audit ${AUDIT_ACTS.join('|')}`)
          const { data, from, seal, jwks } = args
          return finish(runAudit({ act, data, from, seal, jwks, language }, terminal))
        },
      }),
      sessions: defineCommand({
        meta: { name: 'sessions', description: t('command.sessions') },
        args: sessionsArgs,
        run: ({ args, rawArgs }) => {
          refuseUnknown(rawArgs, sessionsArgs, args._.length)
          if (args._[0] !== 'end') throw new UsageError((t) => t('usage.sessions'))
          const { worker, role, why, data, to } = args
          return finish(runSessions({ worker, role, why, data, to, language }, terminal))
        },
      }),
      keys: defineCommand({
        meta: { name: 'keys', description: t('command.keys', { acts: KEY_ACTS.join(', ') }) },
        args: keysArgs,
        run: ({ args, rawArgs }) => {
          refuseUnknown(rawArgs, keysArgs, args._.length)
          const act = KEY_ACTS.find((one) => one === args._[0])
          if (!act) throw new UsageError(() => `kentei keys ${KEY_ACTS.join('|')}`)
          const { data, use, alg, as, kid, to, format, origin, 'valid-for': validFor } = args
          const flags = {
            fromEnv: args.env === true,
            all: args.all === true,
            now: args.now === true,
            json: args.json === true,
          }
          return finish(
            runKeys({ act, data, use, alg, as, kid, to, format, origin, validFor, language, ...flags }, terminal),
          )
        },
      }),
    },
  }
}
