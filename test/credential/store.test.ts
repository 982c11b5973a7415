import { createClient } from '@libsql/client'
import { generateSQLiteDrizzleJson, generateSQLiteMigration } from 'drizzle-kit/api'
import { drizzle } from 'drizzle-orm/libsql'
import { beforeEach, describe, expect, it } from 'vitest'
import { mayBecome } from '../../src/credential/credential-status.ts'
import { revokedIndices } from '../../src/credential/lists/store.ts'
import {
  changeStatusStatement,
  credentialOfAttempt,
  credentialsOfWorker,
  eraseHolderStatement,
  expiredCandidates,
  findCredential,
  insertCredentialStatement,
  isActive,
  type NewCredential,
  newCredentialRow,
} from '../../src/credential/store.ts'
import * as tables from '../../src/credential/tables.ts'
import { instant } from '../../src/kernel/instant.ts'
import { type Database, isUniqueViolation } from '../../src/world/database.ts'
import { dayAfter, issuedAt, validUntil } from '../support/sample-credential.ts'

let db: Database
beforeEach(async () => {
  const client = createClient({ url: ':memory:' })
  const empty = await generateSQLiteDrizzleJson({})
  for (const statement of await generateSQLiteMigration(empty, await generateSQLiteDrizzleJson(tables)))
    await client.execute(statement)
  db = drizzle(client) as unknown as Database
})

const row = (change: Partial<NewCredential> = {}): NewCredential => ({
  id: 'crd_1',
  attemptId: 'att_1',
  worker: 'w1',
  exam: 'business-admin',
  level: 3,
  examVersion: 2,
  title: { ja: 'ビジネス事務検定' },
  holderName: 'みなと',
  subject: 'urn:uuid:1',
  issuedAt,
  validUntil,
  statusList: 1,
  statusIndex: 7,
  jwt: 'a.b.c',
  bankHash: 'hash',
  ...change,
})
const insert = (change: Partial<NewCredential> = {}) => db.batch([insertCredentialStatement(db, row(change))])
const change = async (...args: Parameters<typeof changeStatusStatement> extends [unknown, infer C] ? [C] : never) =>
  (await changeStatusStatement(db, args[0])) as { version: number }[]

describe('credential store', () => {
  it('gives back what was issued, active, in version 1', async () => {
    await insert()
    expect(await findCredential(db, 'crd_1')).toEqual(newCredentialRow(row()))
    expect((await credentialOfAttempt(db, 'att_1'))?.id).toBe('crd_1')
    expect(await findCredential(db, `' OR '1'='1`)).toBeUndefined()
  })

  it('refuses a second credential of an edition of an attempt, a second successor and a taken index', async () => {
    await insert()
    for (const second of [
      { id: 'crd_2', statusIndex: 8 },
      { id: 'crd_2', attemptId: 'att_2' },
      { id: 'crd_2', edition: 2 },
    ] as const)
      await expect(insert(second).catch((error) => isUniqueViolation(error))).resolves.toBe(true)
    await insert({ id: 'crd_2', attemptId: 'att_2', statusIndex: 8 })
    await insert({ id: 'crd_3', attemptId: 'att_3', statusList: 2 })
    const follows = { predecessor: 'crd_1', relation: 'replaces' } as const
    await insert({ id: 'crd_4', edition: 2, statusIndex: 9, ...follows })
    await expect(
      insert({ id: 'crd_5', attemptId: 'att_5', statusIndex: 10, ...follows }).catch((error) =>
        isUniqueViolation(error),
      ),
    ).resolves.toBe(true)
    await insert({ id: 'crd_5', attemptId: 'att_5', statusIndex: 10, predecessor: 'crd_1', relation: 'renews' })
    expect((await credentialOfAttempt(db, 'att_1'))?.id).toBe('crd_4')
  })

  it('suspends and reinstates, a version up each time', async () => {
    await insert()
    expect(await change({ id: 'crd_1', to: 'suspended', cause: 'operator', at: dayAfter })).toMatchObject([
      { status: 'suspended', version: 2 },
    ])
    expect(await change({ id: 'crd_1', to: 'active', cause: 'operator', at: dayAfter })).toMatchObject([
      { status: 'active', version: 3 },
    ])
    expect((await findCredential(db, 'crd_1'))?.statusChangedAt).toBe(dayAfter)
  })

  it('never takes a revocation back', async () => {
    await insert()
    await change({ id: 'crd_1', to: 'revoked', cause: 'operator', at: dayAfter })
    for (const to of ['active', 'suspended', 'expired', 'revoked'] as const)
      expect(await change({ id: 'crd_1', to, cause: 'operator', at: dayAfter, from: ['revoked', 'active'] })).toEqual(
        [],
      )
    expect(await revokedIndices(db, 1)).toEqual([7])
  })

  it('changes nothing on an outdated version or from another state', async () => {
    await insert()
    expect(await change({ id: 'crd_1', to: 'revoked', cause: 'operator', at: dayAfter, expectedVersion: 2 })).toEqual(
      [],
    )
    expect(await change({ id: 'crd_1', to: 'revoked', cause: 'operator', at: dayAfter, from: ['suspended'] })).toEqual(
      [],
    )
    expect(await change({ id: 'crd_1', to: 'active', cause: 'operator', at: dayAfter })).toEqual([])
    expect((await findCredential(db, 'crd_1'))?.version).toBe(1)
  })

  it('lets an expired credential only be revoked', () => {
    expect((['active', 'suspended', 'revoked', 'expired'] as const).filter((to) => mayBecome('expired', to))).toEqual([
      'revoked',
    ])
  })

  it('finds what has expired without saying so, and who holds what', async () => {
    await insert()
    await insert({
      id: 'crd_2',
      attemptId: 'att_2',
      statusIndex: 8,
      validUntil: dayAfter,
      issuedAt: instant(issuedAt - 1),
    })
    expect((await expiredCandidates(db, dayAfter, 10)).map((credential) => credential.id)).toEqual(['crd_2'])
    expect(await expiredCandidates(db, instant(dayAfter - 1), 10)).toEqual([])
    expect((await credentialsOfWorker(db, 'w1')).map((credential) => credential.id)).toEqual(['crd_1', 'crd_2'])
    expect([
      await isActive(db, 'w1', 'business-admin', dayAfter),
      await isActive(db, 'w1', 'business-admin', validUntil),
      await isActive(db, 'w2', 'business-admin', dayAfter),
    ]).toEqual([true, false, false])
  })

  it('forgets the holder on erasure', async () => {
    await insert()
    await db.batch([eraseHolderStatement(db, 'w1')])
    expect(await findCredential(db, 'crd_1')).toMatchObject({
      worker: '',
      holderName: '',
      subject: '',
      jwt: '',
      statusIndex: 7,
    })
  })
})
