import { stripVTControlCharacters } from 'node:util'
import { type ArgsDef, defineCommand, renderUsage, runCommand } from 'citty'
import { EXPORT_FORMATS, IMPORT_FORMATS } from '../authoring/formats/detect-format.ts'
import type { Language } from '../authoring/said.ts'
import { TYPE_WORDS } from '../authoring/written-types.ts'
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
import { type ExitCode, type Terminal, UsageError } from './terminal.ts'
import { runTour } from './tour-command.ts'

const lang = {
  type: 'string',
  description: 'language of messages: ja or en',
  default: 'ja',
  valueHint: 'ja|en',
} as const

function readLanguage(text: string): Language {
  if (text !== 'ja' && text !== 'en') throw new UsageError(`--lang must be ja or en, not ${text}`)
  return text
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
      throw new UsageError(`unknown option ${raw}`)
  }
  if (positionals > mostPositionals) throw new UsageError('too many arguments')
}

/** A thumbprint may begin with `-` and must not be read as an option: it is tied to its own. */
function tieKid(args: readonly string[]): string[] {
  const at = args.indexOf('--kid')
  return at < 0 || at + 1 >= args.length
    ? [...args]
    : [...args.slice(0, at), `--kid=${args[at + 1]}`, ...args.slice(at + 2)]
}

/** Runs `kentei` with these arguments. It never throws for what a user can mistype. */
export async function runCli(
  typed: readonly string[],
  terminal: Terminal,
  surroundings: ConformanceSurroundings = {},
): Promise<ExitCode> {
  const rawArgs = tieKid(typed)
  const root = commandsFor(terminal, surroundings)
  const named =
    (rawArgs[0] ?? '') in root.subCommands ? root.subCommands[rawArgs[0] as keyof typeof root.subCommands] : undefined
  if (rawArgs.length === 0 || rawArgs.includes('--help') || rawArgs.includes('-h')) {
    const usage = await (named ? renderUsage(named as never, root as never) : renderUsage(root as never))
    terminal.out(terminal.isInteractive ? usage : stripVTControlCharacters(usage))
    return rawArgs.length === 0 ? 2 : 0
  }
  try {
    const { result } = await runCommand(root as never, { rawArgs: [...rawArgs], showUsage: false } as never)
    return (result as ExitCode | undefined) ?? root.exit() ?? 0
  } catch (problem) {
    if (
      problem instanceof UsageError ||
      problem instanceof OtherMigrationsError ||
      (problem instanceof Error && problem.name === 'CLIError')
    ) {
      terminal.err(`kentei: ${stripVTControlCharacters(problem.message)}`)
      return 2
    }
    throw problem
  }
}

function commandsFor(terminal: Terminal, surroundings: ConformanceSurroundings) {
  // where the service of the same environment keeps it
  const data = {
    type: 'string',
    description: 'data folder',
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
    fix: { type: 'boolean', description: 'first mend what is certain' },
    watch: { type: 'boolean', description: 'check again whenever a file changes, until Ctrl+C' },
  } as const
  const fmtArgs = {
    lang,
    check: { type: 'boolean', description: 'change nothing; exit 1 when a file would change' },
  } as const
  const explainArgs = { lang } as const
  const lockArgs = { lang } as const
  const historyArgs = { lang, json: { type: 'boolean', description: 'one JSON document' } } as const
  const retireArgs = {
    lang,
    why: { type: 'string', description: 'the reason, for the notes of the item' },
    wake: { type: 'string', description: 'dormant items that become live instead', valueHint: 'item,item' },
    force: { type: 'boolean', description: 'also where the pool falls below its reserve' },
  } as const
  const localesArgs = {
    lang,
    start: {
      type: 'string',
      description: 'write what this language lacks into its files, as drafts',
      valueHint: 'ja|en',
    },
    json: { type: 'boolean', description: 'one JSON document' },
  } as const
  const leakCheckArgs = { lang, json: { type: 'boolean', description: 'one JSON document' } } as const
  const papersArgs = {
    lang,
    count: { type: 'string', description: 'papers to draw, up to 10000', default: '1000' },
    locale: { type: 'string', description: 'language of the papers; the exam’s first without it', valueHint: 'ja|en' },
    json: { type: 'boolean', description: 'one JSON document' },
  } as const
  const qualityArgs = { lang, json: { type: 'boolean', description: 'one JSON document' } } as const
  const newArgs = {
    lang,
    in: { type: 'string', description: 'exam folder; not needed where there is one only', valueHint: 'folder' },
    type: {
      type: 'string',
      description: `type of the item: ${Object.values(TYPE_WORDS.single).join(', ')} …`,
      default: 'single',
    },
  } as const
  const publishArgs = {
    lang,
    data,
    to: {
      type: 'string',
      description: 'origin of a running service, https://…: hands the exam in there, for another person to approve',
      valueHint: 'origin',
    },
    key: {
      type: 'string',
      description: 'with --to: file of the author key that signs; author-key.json in --data without it',
      valueHint: 'file',
    },
    as: {
      type: 'string',
      description: 'with --to: whose work it is, where the key is nobody’s own',
      valueHint: 'id in the marketplace',
    },
    note: { type: 'string', description: 'with --to: what changed and why', default: '' },
    out: {
      type: 'string',
      description: 'write the checked bundles here, to hand in on the staff pages',
      valueHint: 'folder',
    },
  } as const
  const statisticsArgs = {
    lang,
    data,
    from: {
      type: 'string',
      description: 'origin of a running service, https://…, instead of the data folder',
      valueHint: 'origin',
    },
    key: {
      type: 'string',
      description: 'with --from: file of the statistics key that signs; statistics-key.json in --data without it',
      valueHint: 'file',
    },
  } as const
  const previewArgs = {
    lang,
    port: { type: 'string', description: 'port on the loopback interface; 0 picks one', default: '4321' },
  } as const
  const keysArgs = {
    data,
    env: {
      type: 'boolean',
      description: 'the keys of the variable KENTEI_KEYS instead of the data folder’s; changed ones go to --to',
    },
    use: { type: 'string', description: KEY_USES },
    alg: {
      type: 'string',
      description: 'generate: algorithm of the key that signs next',
      valueHint: 'ES256|RS256|Ed25519',
    },
    kid: { type: 'string', description: 'block: thumbprint of a key' },
    all: { type: 'boolean', description: 'block: every key that has a private half' },
    now: { type: 'boolean', description: 'rotate: also to a key that verifiers may not have heard of' },
    'valid-for': {
      type: 'string',
      description: 'list, prune: longest validity of the badges, where the database is elsewhere',
      valueHint: '2y',
    },
    format: { type: 'string', description: 'export-public: jwks or did', default: 'jwks' },
    origin: { type: 'string', description: 'export-public: origin of the service', valueHint: 'origin' },
    as: {
      type: 'string',
      description: 'generate --use author: whose key it is; it hands in for them alone',
      valueHint: 'id in the marketplace',
    },
    to: {
      type: 'string',
      description: 'generate --use author or statistics, export-public, --env: file to write',
      valueHint: 'file',
    },
    json: { type: 'boolean', description: 'list: one JSON document' },
  } as const
  const auditArgs = {
    data,
    from: { type: 'string', description: 'verify: an export instead of the database', valueHint: 'file' },
    seal: {
      type: 'string',
      description: 'verify: a signed seal that somebody kept: the token, or an audit.sealed event',
      valueHint: 'file',
    },
    jwks: {
      type: 'string',
      description: 'verify: keys for signatures, where the key file is elsewhere',
      valueHint: 'file',
    },
  } as const
  const sessionsArgs = {
    data,
    worker: { type: 'string', description: 'whose sessions end', valueHint: 'id in the marketplace' },
    role: {
      type: 'string',
      description: 'the sessions of everybody in this role end',
      valueHint: 'worker|author|operator',
    },
    why: { type: 'string', description: 'the reason, for the log of acts' },
    to: {
      type: 'string',
      description:
        'origin of a running service, https://…: instead of the database in the data folder; signs with the service key of --data',
      valueHint: 'origin',
    },
  } as const
  const tourArgs = {
    exam: { type: 'string', description: 'exam to take', default: 'business-admin' },
    marketplace: {
      type: 'string',
      description: 'origin of the running sandbox marketplace',
      default: 'http://localhost:8788',
      valueHint: 'origin',
    },
    worker: { type: 'string', description: 'person to play; a newcomer without it', valueHint: 'id' },
  } as const
  const conformanceArgs = {
    marketplace: {
      type: 'string',
      description: 'origin of the marketplace; without it a throw-away sandbox is started',
      valueHint: 'origin',
    },
    data: {
      type: 'string',
      description: 'data folder (or .dev.vars) of the plugin that the marketplace trusts: the run is that plugin',
      valueHint: 'folder',
    },
    keys: { type: 'string', description: 'key file to serve; fresh keys without it', valueHint: 'file' },
    listen: {
      type: 'string',
      description: 'where the run serves its keys and takes webhooks; port 0 picks one',
      default: '127.0.0.1:0',
      valueHint: 'host:port',
    },
    'plugin-origin': {
      type: 'string',
      description: 'origin under which the marketplace knows the plugin',
      valueHint: 'origin',
    },
    worker: {
      type: 'string',
      description: 'worker of good standing who gets a badge for an hour',
      default: 'wrk_003',
      valueHint: 'id',
    },
    exam: { type: 'string', description: 'exam of badges and signals, and category of contracts', valueHint: 'id' },
    contract: {
      type: 'string',
      description: 'contract to freeze a certificate in, where the run can form none',
      valueHint: 'id',
    },
    credential: { type: 'string', description: 'certificate that stood when that contract was made', valueHint: 'id' },
    'launch-token': {
      type: 'string',
      description: 'launch token that the marketplace has just made',
      valueHint: 'jwt',
    },
    'webhook-key': { type: 'string', description: 'key that signs the webhooks', valueHint: 'whsec_…|whpk_…' },
    profile: {
      type: 'string',
      description: 'path of the public JSON of a worker',
      default: '/api/workers/{worker}?category={exam}',
      valueHint: 'path',
    },
    'leave-traces': { type: 'boolean', description: 'contracts and cases of the run may stay behind' },
    wait: { type: 'string', description: 'wait for a webhook that you bring about by hand', valueHint: 'seconds' },
    strict: { type: 'boolean', description: 'exit 1 when a required check could not be tried' },
    json: { type: 'boolean', description: 'one JSON document' },
  } as const
  const exchange = {
    lang,
    topic: { type: 'string', description: 'topic of the items', valueHint: 'name' },
    locale: { type: 'string', description: 'language of the items', valueHint: 'ja|en' },
    'dry-run': { type: 'boolean', description: 'write nothing; report only' },
    force: { type: 'boolean', description: 'write over what is there' },
    json: { type: 'boolean', description: 'the report as one JSON document' },
  } as const
  const importArgs = {
    ...exchange,
    to: { type: 'string', description: 'exam folder', valueHint: 'folder' },
    format: {
      type: 'string',
      description: 'where the file does not tell it itself',
      valueHint: IMPORT_FORMATS.join('|'),
    },
  } as const
  const exportArgs = {
    ...exchange,
    to: { type: 'string', description: 'file to write', valueHint: 'file' },
    format: { type: 'string', description: 'format of the file', valueHint: EXPORT_FORMATS.join('|') },
  } as const
  return {
    exit: () => code,
    ...defineCommand({ meta: { name: 'kentei', description: 'Question banks and keys of a skill certification' } }),
    subCommands: {
      check: defineCommand({
        meta: { name: 'check', description: 'report every problem of exam folders' },
        args: checkArgs,
        run: ({ args, rawArgs }) => {
          refuseUnknown(rawArgs, checkArgs)
          const format = DIAGNOSTIC_FORMATS.find((one) => one === args.format)
          if (!format) throw new UsageError(`--format must be one of ${DIAGNOSTIC_FORMATS.join(', ')}`)
          return finish(
            runCheck(
              {
                folders: args._,
                format: format satisfies DiagnosticFormat,
                fix: args.fix === true,
                watch: args.watch === true,
                language: readLanguage(args.lang),
              },
              terminal,
            ),
          )
        },
      }),
      explain: defineCommand({
        meta: {
          name: 'explain',
          description: 'what a rule means, with a bad and a good example; all rules without a name',
        },
        args: explainArgs,
        run: ({ args, rawArgs }) => {
          refuseUnknown(rawArgs, explainArgs, args._.length)
          return finish(runExplain({ rule: args._[0], language: readLanguage(args.lang) }, terminal))
        },
      }),
      fmt: defineCommand({
        meta: { name: 'fmt', description: 'rewrite bank files in their canonical form' },
        args: fmtArgs,
        run: ({ args, rawArgs }) => {
          refuseUnknown(rawArgs, fmtArgs)
          return finish(
            runFmt({ folders: args._, check: args.check === true, language: readLanguage(args.lang) }, terminal),
          )
        },
      }),
      lock: defineCommand({
        meta: { name: 'lock', description: 'record the scored content of live items in items.lock.json' },
        args: lockArgs,
        run: ({ args, rawArgs }) => {
          refuseUnknown(rawArgs, lockArgs)
          return finish(runLock({ folders: args._, language: readLanguage(args.lang) }, terminal))
        },
      }),
      history: defineCommand({
        meta: { name: 'history', description: 'the life of an item: history <exam folder> <item>' },
        args: historyArgs,
        run: ({ args, rawArgs }) => {
          refuseUnknown(rawArgs, historyArgs, args._.length, 2)
          return finish(
            runHistory(
              { folder: args._[0], item: args._[1], json: args.json === true, language: readLanguage(args.lang) },
              terminal,
            ),
          )
        },
      }),
      retire: defineCommand({
        meta: {
          name: 'retire',
          description: 'take items out of use for good, with a reason: retire <exam folder> <item …> --why "…"',
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
                language: readLanguage(args.lang),
              },
              terminal,
            ),
          )
        },
      }),
      locales: defineCommand({
        meta: { name: 'locales', description: 'what the languages of an exam lack of each other, or have otherwise' },
        args: localesArgs,
        run: ({ args, rawArgs }) => {
          refuseUnknown(rawArgs, localesArgs)
          return finish(
            runLocales(
              { folders: args._, start: args.start, json: args.json === true, language: readLanguage(args.lang) },
              terminal,
            ),
          )
        },
      }),
      'leak-check': defineCommand({
        meta: { name: 'leak-check', description: 'find our items in a text that was found somewhere, also reworded' },
        args: leakCheckArgs,
        run: ({ args, rawArgs }) => {
          refuseUnknown(rawArgs, leakCheckArgs)
          const [file, ...folders] = args._
          if (file === undefined) throw new UsageError('kentei leak-check <file> [exam folder …]')
          return finish(
            runLeakCheck({ file, folders, json: args.json === true, language: readLanguage(args.lang) }, terminal),
          )
        },
      }),
      new: defineCommand({
        meta: {
          name: 'new',
          description:
            'start an item, a topic or an exam as a draft: new item <topic>, new topic <slug>, new exam <slug>',
        },
        args: newArgs,
        run: ({ args, rawArgs }) => {
          refuseUnknown(rawArgs, newArgs, args._.length, 2)
          return finish(
            runNew(
              { what: args._[0], name: args._[1], folder: args.in, type: args.type, language: readLanguage(args.lang) },
              terminal,
            ),
          )
        },
      }),
      editor: defineCommand({
        meta: {
          name: 'editor',
          description:
            'write .vscode/ of a folder: findings beside their lines, snippets of items, schemas of frontmatter',
        },
        args: explainArgs,
        run: ({ args, rawArgs }) => {
          refuseUnknown(rawArgs, explainArgs, args._.length)
          return finish(runEditor({ folder: args._[0] ?? '.', language: readLanguage(args.lang) }, terminal))
        },
      }),
      schema: defineCommand({
        meta: {
          name: 'schema',
          description: 'JSON Schema of the frontmatter of exam.md or of a bank file, for editors',
        },
        args: {},
        run: ({ args, rawArgs }) => {
          refuseUnknown(rawArgs, {}, args._.length)
          return finish(runSchema(args._[0], terminal))
        },
      }),
      papers: defineCommand({
        meta: { name: 'papers', description: 'draw papers on trial: coverage, difficulty, overlap, exposure' },
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
                language: readLanguage(args.lang),
              },
              terminal,
            ),
          )
        },
      }),
      quality: defineCommand({
        meta: { name: 'quality', description: 'the banks in numbers, and how far guessing gets' },
        args: qualityArgs,
        run: ({ args, rawArgs }) => {
          refuseUnknown(rawArgs, qualityArgs)
          return finish(
            runQuality({ folders: args._, json: args.json === true, language: readLanguage(args.lang) }, terminal),
          )
        },
      }),
      publish: defineCommand({
        meta: { name: 'publish', description: 'check exams and store them as immutable versions' },
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
                language: readLanguage(args.lang),
              },
              terminal,
            ),
          )
        },
      }),
      preview: defineCommand({
        meta: { name: 'preview', description: 'show items as candidates see them, beside their keys' },
        args: previewArgs,
        run: ({ args, rawArgs }) => {
          refuseUnknown(rawArgs, previewArgs, args._.length)
          return finish(runPreview({ folders: args._, port: args.port, language: readLanguage(args.lang) }, terminal))
        },
      }),
      import: defineCommand({
        meta: {
          name: 'import',
          description: 'take items of another system into an exam: GIFT, QTI 3.0, CSV, Markdown task lists',
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
                language: readLanguage(args.lang),
              },
              terminal,
            ),
          )
        },
      }),
      export: defineCommand({
        meta: {
          name: 'export',
          description: 'write the items of an exam for another system: GIFT, QTI 3.0, CSV, Moodle XML',
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
                language: readLanguage(args.lang),
              },
              terminal,
            ),
          )
        },
      }),
      statistics: defineCommand({
        meta: {
          name: 'statistics',
          description: 'how the items did in real exams: writes statistics.csv into exam folders',
        },
        args: statisticsArgs,
        run: ({ args, rawArgs }) => {
          refuseUnknown(rawArgs, statisticsArgs)
          return finish(
            runStatistics(
              { folders: args._, data: args.data, from: args.from, key: args.key, language: readLanguage(args.lang) },
              terminal,
            ),
          )
        },
      }),
      tour: defineCommand({
        meta: { name: 'tour', description: 'play a newcomer through the running demo: exam, badge, listing' },
        args: tourArgs,
        run: ({ args, rawArgs }) => {
          refuseUnknown(rawArgs, tourArgs, args._.length, 0)
          return finish(runTour({ exam: args.exam, marketplace: args.marketplace, worker: args.worker }, terminal))
        },
      }),
      conformance: defineCommand({
        meta: { name: 'conformance', description: 'try what the contract promises of a marketplace' },
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
            runConformance({ ...plain, ...flags, pluginOrigin, launchToken, webhookKey }, terminal, surroundings),
          )
        },
      }),
      audit: defineCommand({
        meta: { name: 'audit', description: `log of acts: ${AUDIT_ACTS.join(', ')}` },
        args: auditArgs,
        run: ({ args, rawArgs }) => {
          refuseUnknown(rawArgs, auditArgs, args._.length)
          const act = AUDIT_ACTS.find((one) => one === args._[0])
          if (!act) throw new UsageError(`kentei audit ${AUDIT_ACTS.join('|')}`)
          const { data, from, seal, jwks } = args
          return finish(runAudit({ act, data, from, seal, jwks }, terminal))
        },
      }),
      sessions: defineCommand({
        meta: { name: 'sessions', description: 'end: signs a person, or everybody in a role, out at once' },
        args: sessionsArgs,
        run: ({ args, rawArgs }) => {
          refuseUnknown(rawArgs, sessionsArgs, args._.length)
          if (args._[0] !== 'end') throw new UsageError('kentei sessions end --worker <id> | --role <role> --why "…"')
          const { worker, role, why, data, to } = args
          return finish(runSessions({ worker, role, why, data, to }, terminal))
        },
      }),
      keys: defineCommand({
        meta: { name: 'keys', description: `signing keys: ${KEY_ACTS.join(', ')}` },
        args: keysArgs,
        run: ({ args, rawArgs }) => {
          refuseUnknown(rawArgs, keysArgs, args._.length)
          const act = KEY_ACTS.find((one) => one === args._[0])
          if (!act) throw new UsageError(`kentei keys ${KEY_ACTS.join('|')}`)
          const { data, use, alg, as, kid, to, format, origin, 'valid-for': validFor } = args
          const flags = {
            fromEnv: args.env === true,
            all: args.all === true,
            now: args.now === true,
            json: args.json === true,
          }
          return finish(runKeys({ act, data, use, alg, as, kid, to, format, origin, validFor, ...flags }, terminal))
        },
      }),
    },
  }
}
