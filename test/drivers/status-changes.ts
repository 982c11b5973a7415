import { decodeJwt } from 'jose'
import { openKeyRing } from '../../src/credential/keys.ts'
import { signCredential } from '../../src/credential/sign-credential.ts'
import { insertCredentialStatement } from '../../src/credential/store.ts'
import { credentialEvents, credentials } from '../../src/credential/tables.ts'
import { type Instant, instant, plusPeriod } from '../../src/kernel/instant.ts'
import { decodeStatusList } from '../../src/verify/status-list.ts'
import type { Statement } from '../../src/world/database.ts'
import { readSettings } from '../../src/world/settings.ts'
import { cases } from '../support/cases.ts'
import { giveSession } from '../support/give-session.ts'
import { publishBank } from '../support/publish-bank.ts'
import { tinyBank } from '../support/tiny-bank.ts'
import type { Driver } from './driver.ts'
import { burst, enrol, type Reply, type Tally } from './race-rounds.ts'

const CREDENTIALS = cases(100, 10)
/** Each credential is changed by two operators at the same time. */
const pairs = [
  ['revoked', 'suspended'],
  ['suspended', 'revoked'],
  ['revoked', 'revoked'],
  ['suspended', 'suspended'],
  ['suspended', 'active'],
] as const

interface Subject {
  readonly id: string
  readonly index: number
  readonly jwt: string
  readonly pair: (typeof pairs)[number]
}

async function issueSubjects(driver: Driver, now: Instant): Promise<Subject[]> {
  const settings = readSettings(driver.environment)
  const ring = await openKeyRing(settings.origin, settings.keys)
  const bank = tinyBank({ exam: { id: 'status' } })
  await publishBank(driver.db, bank, now)
  const workers = await enrol(
    driver,
    Array.from({ length: CREDENTIALS }, (_, i) => `status-${i}`),
    now,
  )
  const validUntil = plusPeriod(now, bank.exam.validFor)
  const report = { passed: true, score: 80, passScore: 70 }
  const subjects: Subject[] = []
  const statements: Statement[] = []
  for (const [i, { worker }] of workers.entries()) {
    const id = `crd_status${i}` as const
    const subject = `urn:uuid:${crypto.randomUUID()}`
    // past the entries that the other rounds may have drawn, in a list of its own
    const status = { list: 9, index: 1_000 + i * 7 }
    const jwt = await signCredential(
      {
        id,
        subject,
        exam: bank.exam,
        report,
        issuedAt: now,
        validUntil,
        status,
        issuer: { origin: settings.origin, name: 'x' },
        locale: 'ja',
      },
      ring,
    )
    const facts = {
      id,
      attemptId: `att_status${i}`,
      worker,
      exam: 'status',
      level: 3 as const,
      examVersion: 1,
      title: bank.exam.title,
      holderName: 'みなと',
      subject,
    }
    statements.push(
      insertCredentialStatement(driver.db, {
        ...facts,
        issuedAt: now,
        validUntil,
        statusList: 9,
        statusIndex: status.index,
        jwt,
        bankHash: bank.hash,
      }),
    )
    subjects.push({ id, index: status.index, jwt, pair: pairs[i % pairs.length] as (typeof pairs)[number] })
  }
  await driver.db.batch(statements as [Statement, ...Statement[]])
  return subjects
}

async function onesOf(token: string): Promise<Set<number>> {
  const bits = await decodeStatusList((decodeJwt(token).credentialSubject as { encodedList: string }).encodedList)
  const ones = new Set<number>()
  for (const [at, byte] of (bits as Uint8Array).entries())
    for (let bit = 0; byte && bit < 8; bit++) if (byte & (0x80 >> bit)) ones.add(at * 8 + bit)
  return ones
}

/**
 * Changes at once, two to each credential, each followed by a look at the list and at the verifier. Whoever was told
 * that a credential is revoked finds its bit in the very next list; no bit of another credential is ever set; in the end
 * exactly the revoked ones are, and each version of each credential has one entry in its history.
 */
export async function raceStatusChanges(
  driver: Driver,
  tally: Tally,
  now: Instant,
): Promise<{ readonly revoked: number; readonly changed: number }> {
  const subjects = await issueSubjects(driver, now)
  const { token } = await giveSession(
    { db: driver.db, secret: driver.environment.KENTEI_SESSION_SECRET, now },
    { worker: 'op-1', role: 'operator', name: 'Sato' },
  )
  const later = instant(now + 1_000)
  const clients = subjects.flatMap(({ id, jwt, pair }) =>
    pair.map((status) => [
      { method: 'POST', path: `/api/staff/credentials/${id}/status`, now: later, token, body: { status, why: 'race' } },
      { method: 'GET', path: '/status/9', now: later },
      { method: 'POST', path: '/api/credentials/verify', now: later, body: { credential: jwt } },
    ]),
  )
  driver.jitter?.(true)
  const replies = await burst(driver, tally, clients)
  driver.jitter?.(false)
  const mayBeRevoked = new Set(
    subjects.filter(({ pair }) => pair.some((status) => status === 'revoked')).map(({ index }) => index),
  )
  for (const [i, { id, index, pair }] of subjects.entries()) {
    for (const [n, wanted] of pair.entries()) {
      const [done, list, verdict] = replies.slice((i * 2 + n) * 3, (i * 2 + n) * 3 + 3) as [Reply, Reply, Reply]
      tally.expect(
        done.status === 200 || (done.status === 409 && wanted !== 'revoked'),
        `${id} ${wanted}: ${done.status} ${done.text}`,
      )
      tally.expect(
        list.status === 200 && verdict.status === 200,
        `${id}: list ${list.status} ${list.text.slice(0, 200)}, verdict ${verdict.status}`,
      )
      if (list.status !== 200) continue
      const ones = await onesOf(list.text)
      tally.expect(
        [...ones].every((one) => mayBeRevoked.has(one)),
        `${id}: the list has a bit that nobody set`,
      )
      if (done.json?.status !== 'revoked') continue
      tally.expect(ones.has(index), `${id} was revoked, and the next list did not show it`)
      tally.expect(
        verdict.json?.verdict === 'revoked',
        `${id} was revoked, and the next verdict was ${verdict.text.slice(0, 80)}`,
      )
    }
  }
  const [last] = await burst(driver, tally, [{ method: 'GET', path: '/status/9', now: later }])
  tally.expect(
    [...(await onesOf(last?.text ?? ''))].sort().join() === [...mayBeRevoked].sort().join(),
    'the last list is not that of the revoked credentials',
  )
  const rows = await driver.db
    .select({ id: credentials.id, version: credentials.version, status: credentials.status })
    .from(credentials)
  const entries = await driver.db
    .select({ id: credentialEvents.credential, version: credentialEvents.version, to: credentialEvents.to })
    .from(credentialEvents)
  for (const { id } of subjects) {
    const row = rows.find((one) => one.id === id)
    const own = entries.filter((entry) => entry.id === id).sort((a, b) => a.version - b.version)
    tally.expect(
      own.at(-1)?.to === row?.status &&
        own.map(({ version }) => version).join() ===
          Array.from({ length: (row?.version ?? 0) - 1 }, (_, n) => n + 2).join(),
      `${id}: its history is not that of its versions`,
    )
    tally.expect(own.filter(({ to }) => to === 'revoked').length <= 1, `${id} was revoked twice`)
  }
  return { revoked: mayBeRevoked.size, changed: subjects.length }
}
