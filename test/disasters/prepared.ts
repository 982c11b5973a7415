import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { exportJWK, generateKeyPair, type JWK } from 'jose'
import type { Bank } from '../../src/item/bank.ts'
import { hashFile } from '../../src/item/source/pack-file.ts'
import { insertDraft } from '../../src/item/source/store.ts'
import { instant } from '../../src/kernel/instant.ts'
import type { Database } from '../../src/world/database.ts'
import { inProcess } from '../../src/world/embedded/holders.ts'
import { openEmbeddedDatabase } from '../../src/world/open-node.ts'
import { outside } from '../../src/world/outside.ts'
import { readSettings, type Settings } from '../../src/world/settings.ts'
import { quickFolder } from '../support/quick-folder.ts'
import { testEnvironment } from '../support/test-settings.ts'
import { tinyBank } from '../support/tiny-bank.ts'
import { versionsOf } from './authors.ts'
import { DRAFTED, firstDraft } from './drafts.ts'
import type { moveBetween, openInstance } from './open-instance.ts'

/** When every seed begins. */
export const BEGIN = instant(Date.parse('2026-11-25T03:00:00Z'))
export const TIME_LIMIT_SECONDS = 60
/** Versions of the exam that may be published in a seed. */
const VERSIONS = 4

/** An instance's own copy of the service's modules. */
export interface ServiceModules {
  readonly openInstance: typeof openInstance
  readonly moveBetween: typeof moveBetween
}

/** What every seed begins with, made once. */
export interface Prepared {
  readonly folder: string
  /** A database with the exam in it, which each seed gets a copy of. */
  readonly image: string
  /** The exam as it is at first, and as others will have it. */
  readonly versions: readonly Bank[]
  readonly settings: Settings
  readonly market: { readonly key: CryptoKey; readonly jwk: JWK }
  /** One for each instance. */
  readonly modules: readonly ServiceModules[]
  close(): Promise<void>
}

/** A paper of four questions within a minute, of which three right ones are enough. */
const bank = tinyBank({ pool: 8 })
const exam = {
  ...bank.exam,
  timeLimitSeconds: TIME_LIMIT_SECONDS,
  // at once, so that it happens while everything else does
  archiveAfter: { years: 0, months: 0, days: 0 },
  sections: bank.exam.sections.map((section) => ({ ...section, draw: 2 })),
}

/** Saves the draft that authors write in. */
async function beginDraft(db: Database): Promise<void> {
  await insertDraft(db, {
    ...DRAFTED,
    was: '',
    published: '',
    publishedHashes: [],
    content: firstDraft,
    hash: await hashFile(firstDraft),
    by: 'author-Abe',
    byName: 'Abe',
    at: BEGIN,
  })
}

/** @param sql what else is done to the database that every seed gets, as a mistake in it */
export async function prepare(bundle: string, sql = ''): Promise<Prepared> {
  const folder = await mkdtemp(join(quickFolder, 'kentei-disasters-'))
  const image = join(folder, 'image.db')
  const modules: ServiceModules[] = []
  for (const name of ['a', 'b', 'replica']) modules.push(await import(`file://${bundle}?instance=${name}`))
  const settings = readSettings(await testEnvironment())
  const database = await openEmbeddedDatabase(image, 'migrations', 'process')
  const here = inProcess()
  const tiny = tinyBank({ pool: 8, exam })
  const first = (modules[0] as ServiceModules).openInstance({
    ...outside,
    file: image,
    settings,
    now: () => BEGIN,
    findHolder: () => here,
    log: () => {},
  })
  await first.publish(tiny)
  await beginDraft(database.db)
  if (sql !== '') await database.db.run(sql)
  await database.forgetDeleted()
  await database.close()
  const { privateKey, publicKey } = await generateKeyPair('ES256')
  const jwk = { ...(await exportJWK(publicKey)), kid: 'market-1', alg: 'ES256', use: 'sig' }
  return {
    folder,
    image,
    versions: versionsOf(tiny, VERSIONS),
    settings,
    market: { key: privateKey, jwk },
    modules,
    close: () => rm(folder, { recursive: true, force: true }),
  }
}
