import { commandWords } from '../platform/words/command-line.ts'
import type { Backups } from './backups.ts'
import type { StartService } from './start-service.ts'
import type { TenantTools } from './tenant-tools.ts'
import { type Texts, type Translate, textsOf } from './texts.ts'

/** Where a command reads its surroundings from and writes to; tests hand in their own. */
export interface Terminal {
  readonly cwd: string
  readonly isInteractive: boolean
  readonly env: Readonly<Record<string, string | undefined>>
  now(): number
  out(line: string): void
  err(line: string): void
  /** Asks before something that cannot be undone; true without a person to ask. */
  confirm(question: string): Promise<boolean>
  /** Resolves when the user stops a command that would run for ever. */
  stopped(): Promise<void>
}

/** Starts a marketplace for one run that trusts the plugin at this origin. */
export type StartMarket = (pluginOrigin: string) => Promise<{ readonly origin: string; close(): Promise<void> }>

/** How long things may take when a marketplace is tried. */
export interface Patience {
  /** How long to wait for a new key to be taken up, in milliseconds. */
  readonly rotationPatience: number
  /** How long to wait for a webhook, in milliseconds. */
  readonly webhookPatience: number
  /** Seconds of the `Retry-After` that a webhook is refused with. */
  readonly retryAfter: number
}

/** What commands run in. */
export interface Surroundings {
  readonly terminal: Terminal
  /** Starts a throw-away marketplace to try. */
  readonly startMarket?: StartMarket | undefined
  readonly patience?: Patience
  /** Loads what makes and restores backups. */
  readonly openBackups?: () => Promise<Backups>
  /** Loads what looks at tenants and brings them up to date. */
  readonly openTenants?: () => Promise<TenantTools>
  /** Runs the service, for who asks for it. */
  readonly startService?: StartService
}

export const { command, UsageError } = commandWords<Texts, Surroundings>(textsOf)

export const jsonOption = (t: Translate) => ({ json: { type: 'boolean', description: t('option.json') } }) as const

/** The data folder, where the service of the same environment keeps it. */
export const dataOption = (t: Translate, { env }: Terminal) =>
  ({
    data: {
      type: 'string',
      description: t('option.data'),
      default: env.DATA_DIR ?? '.data',
      valueHint: 'folder',
    },
  }) as const

/** What import and export have in common. */
export const exchangeOptions = (t: Translate) =>
  ({
    topic: { type: 'string', description: t('option.exchange.topic'), valueHint: 'name' },
    locale: { type: 'string', description: t('option.exchange.locale'), valueHint: 'ja|en' },
    'dry-run': { type: 'boolean', description: t('option.exchange.dry-run') },
    force: { type: 'boolean', description: t('option.exchange.force') },
    json: { type: 'boolean', description: t('option.exchange.json') },
  }) as const
