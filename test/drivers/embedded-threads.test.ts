import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'
import { promisify } from 'node:util'
import type { Worker } from 'node:worker_threads'
import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import Sqlite from 'libsql'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { instant } from '../../src/kernel/instant.ts'
import { spendToken } from '../../src/platform/http/replay/store.ts'
import { usedTokens } from '../../src/platform/http/replay/tables.ts'
import { busyReason } from '../../src/world/busy-reason.ts'
import { isUniqueViolation } from '../../src/world/database.ts'
import { type EmbeddedDatabase, openEmbeddedDatabase } from '../../src/world/open-node.ts'
import { cases } from '../support/cases.ts'
import { quickFolder } from '../support/quick-folder.ts'
import { bundleTestEntry } from '../support/test-bundle.ts'

const threads: Worker[] = []
process.on('worker', (thread: Worker) => threads.push(thread))

describe.each(['threads', 'process'] as const)('an embedded database that waits in %s', (waitsIn) => {
  let folder: string
  let file: string
  let embedded: EmbeddedDatabase
  beforeEach(async () => {
    folder = await mkdtemp(join(quickFolder, 'kentei-threads-'))
    file = join(folder, 'kentei.db')
    embedded = await openEmbeddedDatabase(file, 'migrations', waitsIn)
  })
  afterEach(async () => {
    await embedded.close()
    await rm(folder, { recursive: true })
  })

  const insert = (jti: string) => embedded.db.insert(usedTokens).values({ jti, expiresAt: instant(1) })
  const spend = (jti: string) => spendToken(embedded.db, { jti, expiresAt: instant(1) })
  /** What is on the disk, as another process sees it. */
  function committed(): string[] {
    const fresh = new Sqlite(file)
    const rows = fresh.prepare('select jti from used_tokens order by jti').raw(true).all() as string[][]
    fresh.close()
    return rows.flat()
  }

  /** What somebody may ask for at the same time as others, and whether it is to fail. */
  type Wish = { readonly kind: 'lone' | 'batch' | 'failing-batch' | 'duplicate' | 'ends-all'; readonly jti: string }
  const act = ({ kind, jti }: Wish): Promise<unknown> => {
    if (kind === 'lone') return insert(jti)
    if (kind === 'batch') return embedded.db.batch([insert(jti), insert(`${jti}+`)])
    if (kind === 'failing-batch') return embedded.db.batch([insert(jti), insert('known')])
    return insert(kind === 'duplicate' ? 'known' : `fatal ${jti}`)
  }
  const left = ({ kind, jti }: Wish): string[] => (kind === 'lone' ? [jti] : kind === 'batch' ? [jti, `${jti}+`] : [])

  it('writes that share a transaction each succeed or fail by themselves, also when one of them ends the transaction', async () => {
    // a full disk does so too
    await embedded.db.run(
      sql.raw(
        `create trigger fatal before insert on used_tokens when new.jti like 'fatal%' begin select raise(rollback, 'the end'); end`,
      ),
    )
    await insert('known')
    const kind = fc.constantFrom<Wish['kind']>('lone', 'lone', 'batch', 'failing-batch', 'duplicate', 'ends-all')
    const expected = ['known']
    let round = 0
    await fc.assert(
      fc.asyncProperty(fc.array(kind, { maxLength: 90 }), async (kinds) => {
        round += 1
        const wishes = kinds.map((name, i) => ({ kind: name, jti: `${round}/${i}` }))
        const outcomes = await Promise.allSettled(wishes.map(act))
        expect(outcomes.map(({ status }) => status)).toEqual(
          wishes.map((wish) => (left(wish).length > 0 ? 'fulfilled' : 'rejected')),
        )
        for (const [i, outcome] of outcomes.entries())
          if (outcome.status === 'rejected')
            expect(isUniqueViolation(outcome.reason)).toBe(wishes[i]?.kind !== 'ends-all')
        expected.push(...wishes.flatMap(left))
        expect(committed()).toEqual([...expected].sort())
      }),
      { numRuns: cases(40, 2) },
    )
  })

  it('a read sees what was answered before it, and its error says what was wrong', async () => {
    for (const n of Array.from({ length: 50 }, (_, i) => i)) {
      await insert(`jti ${n}`)
      expect(await embedded.db.select().from(usedTokens)).toHaveLength(n + 1)
    }
    await expect(embedded.db.all(sql`select missing from nowhere`)).rejects.toHaveProperty(
      'cause.message',
      expect.stringContaining('no such table: nowhere'),
    )
  })

  it('more than four thousand waiting statements are refused at once, and never done', async () => {
    await insert('before')
    const holder = new Sqlite(file)
    holder.exec('begin immediate')
    const waiting = Array.from({ length: 4_000 }, (_, i) => spend(`waiting ${i}`))
    await turn()
    const refused = await insert('one too many').then(
      () => undefined,
      (error: unknown) => error,
    )
    expect(busyReason(refused)).toContain('too many wait')
    holder.exec('rollback')
    holder.close()
    const taken = (await Promise.allSettled(waiting)).filter(({ status }) => status === 'fulfilled').length
    expect(committed()).toHaveLength(taken + 1)
    expect(committed()).not.toContain('one too many')
  })

  it('closing answers first what was asked for, lets the file go, and refuses what comes later', async () => {
    const written = Array.from({ length: 200 }, (_, i) => spend(String(i)))
    await turn()
    await embedded.close()
    expect(await Promise.all(written)).toEqual(written.map(() => true))
    expect(committed()).toHaveLength(200)
    await expect(insert('late')).rejects.toMatchObject({ cause: { code: 'CLIENT_CLOSED' } })
  })

  it.runIf(waitsIn === 'threads')(
    'a thread that ends takes no acknowledged write with it: its callers are told to come again, and the next finds a new thread',
    async () => {
      const acknowledged: string[] = []
      const write = (jti: string) => insert(jti).then(() => acknowledged.push(jti))
      const writing = Promise.allSettled(Array.from({ length: 2_000 }, (_, i) => write(String(i))))
      await write('first')
      await Promise.all(threads.splice(0).map((thread) => thread.terminate()))
      for (const outcome of await writing)
        if (outcome.status === 'rejected') expect(busyReason(outcome.reason)).toBeDefined()
      await write('after')
      expect(new Set(committed())).toEqual(new Set([...committed(), ...acknowledged]))
      expect(await embedded.db.select().from(usedTokens)).toHaveLength(committed().length)
    },
  )

  it('an open database keeps no process alive', async () => {
    const bundle = await bundleTestEntry('test/support/embedded-process.ts', 'node')
    const { stdout } = await promisify(execFile)(process.execPath, [bundle, join(folder, 'other.db')])
    await rm(bundle)
    expect(stdout).toBe('true\n')
  })
})
