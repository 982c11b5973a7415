import { type ExitCode, runProgram } from '../platform/words/command-line.ts'
import { OtherMigrationsError } from '../world/open-node.ts'
import { auditCommand } from './audit-command.ts'
import { backupCommand, restoreCommand } from './backup-command.ts'
import { checkCommand } from './check-command.ts'
import { conformanceCommand } from './conformance-command.ts'
import { costCommand } from './cost-command.ts'
import { editorCommand } from './editor/editor-command.ts'
import { explainCommand } from './explain-command.ts'
import { exportCommand } from './export-command.ts'
import { fmtCommand } from './fmt-command.ts'
import { historyCommand } from './history-command.ts'
import { importCommand } from './import-command.ts'
import { keysCommand } from './keys/keys-command.ts'
import { leakCheckCommand } from './leak-check-command.ts'
import { localesCommand } from './locales-command.ts'
import { lockCommand } from './lock-command.ts'
import { newCommand } from './new-command.ts'
import { papersCommand } from './papers-command.ts'
import { previewCommand } from './preview-command.ts'
import { publishCommand } from './publish-command.ts'
import { qualityCommand } from './quality-command.ts'
import { replayCommand } from './replay-command.ts'
import { retireCommand } from './retire-command.ts'
import { schemaCommand } from './schema-command.ts'
import { serveCommand } from './serve-command.ts'
import { sessionsCommand } from './sessions-command.ts'
import { statisticsCommand } from './statistics/statistics-command.ts'
import { tasksCommand } from './tasks-command.ts'
import { tenantsCommand } from './tenants-command.ts'
import type { Surroundings } from './terminal.ts'
import { type Texts, textsOf } from './texts.ts'
import { tourCommand } from './tour-command.ts'

const commands = {
  check: checkCommand,
  explain: explainCommand,
  fmt: fmtCommand,
  lock: lockCommand,
  history: historyCommand,
  retire: retireCommand,
  locales: localesCommand,
  'leak-check': leakCheckCommand,
  new: newCommand,
  editor: editorCommand,
  schema: schemaCommand,
  papers: papersCommand,
  tasks: tasksCommand,
  quality: qualityCommand,
  publish: publishCommand,
  preview: previewCommand,
  import: importCommand,
  export: exportCommand,
  statistics: statisticsCommand,
  serve: serveCommand,
  tenants: tenantsCommand,
  tour: tourCommand,
  conformance: conformanceCommand,
  audit: auditCommand,
  sessions: sessionsCommand,
  backup: backupCommand,
  restore: restoreCommand,
  replay: replayCommand,
  cost: costCommand,
  keys: keysCommand,
}

/** Runs `kentei` with these arguments. It never throws for what a user can mistype. */
export const runCli = (typed: readonly string[], surroundings: Surroundings): Promise<ExitCode> =>
  runProgram<Texts, Surroundings>(
    {
      name: 'kentei',
      textsOf,
      // a thumbprint may begin with it
      dashed: ['kid'],
      refusalOf: (problem) =>
        problem instanceof OtherMigrationsError ? (t) => t('usage.otherMigrations', { file: problem.file }) : undefined,
      commands: { describe: (t) => t('command.kentei'), commands },
    },
    typed,
    surroundings,
  )
