import { importJWK, SignJWT } from 'jose'
import * as z from 'zod'
import { requestOf } from '../../../contract/call.ts'
import { listDeliveries } from '../../../contract/kentei/staff.ts'
import { listCredentials } from '../../../contract/kentei/trust.ts'
import { countMessages } from '../../../platform/outbox/history/store.ts'
import { readContract } from '../../api/escrow-calls.ts'
import { readContractReviews } from '../../api/review-calls.ts'
import { readWorker } from '../../api/workers-api.ts'
import type { Say } from '../texts.ts'
import { type Check, checkThat } from './check.ts'
import { launch } from './sit-exam.ts'
import { expect } from './visitors.ts'
import type { ContractStory, WorkerStory, Year } from './year.ts'

const issued = z.object({
  credentials: z.array(
    z.object({
      id: z.string(),
      exam: z.string(),
      status: z.string(),
      issuedAt: z.string(),
      evidence: z.object({ contracts: z.number(), clients: z.number() }),
    }),
  ),
})
type Issued = z.infer<typeof issued>['credentials'][number]
const shown = z.object({
  standing: z.object({ status: z.string() }),
  badges: z.array(z.object({ credential: z.string(), status: z.string() })),
  signals: z.array(z.object({ exam: z.string(), withdrawn: z.boolean() })),
})
type Shown = z.infer<typeof shown>
const outcome = z.object({ released: z.number(), refunded: z.number(), settledAt: z.string().nullable() })
const reviewed = z.object({
  revealedAt: z.string().nullable(),
  reviews: z.object({ client: z.object({ written: z.boolean() }) }),
})
const deliveries = z.object({ counts: z.record(z.string(), z.number()) })

const OPERATOR = 'opr_demo'
const SCOPE = 'credentials:read'
const TOKEN_SECONDS = 240

/** A service token of the marketplace, for one question to the plugin. */
async function serviceToken(year: Year): Promise<string> {
  const { settings, trustNow, newId } = year.pair.market
  const iat = Math.floor(trustNow() / 1_000)
  const claims = {
    iss: settings.origin,
    aud: settings.pluginOrigin,
    iat,
    exp: iat + TOKEN_SECONDS,
    jti: newId('jti'),
    scope: SCOPE,
  }
  const key = settings.keys.service
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'ES256', kid: String(key.kid), typ: 'service+jwt' })
    .sign(await importJWK(key, 'ES256'))
}

function badgeContradictions(worker: string, certificate: Issued, { standing, badges, signals }: Shown): Say[] {
  const { id: credential, status } = certificate
  const onProfile = badges.find((badge) => badge.credential === credential)?.status
  const counts = signals.some(({ exam, withdrawn }) => exam === certificate.exam && !withdrawn)
  const against: Say[] = []
  if (onProfile === undefined) against.push((t) => t('sandbox.check.badges.missing', { worker, credential, status }))
  else if (onProfile !== status)
    against.push((t) => t('sandbox.check.badges.differs', { worker, credential, status, shown: onProfile }))
  if (counts !== (status === 'active'))
    against.push((t) => t('sandbox.check.badges.ranking', { worker, status, counts: counts ? 'yes' : 'no' }))
  if (standing.status === 'suspended' && status === 'active')
    against.push((t) => t('sandbox.check.badges.suspended', { worker }))
  return against
}

/** Evidence by what the marketplace says of each contract: paid, nothing taken back, the client's review revealed since the certificate. */
async function evidenceOf(
  year: Year,
  contracts: readonly ContractStory[],
  certificate: Issued,
): Promise<{ readonly contracts: number; readonly clients: number }> {
  const counted: ContractStory[] = []
  for (const contract of contracts) {
    if (contract.category !== certificate.exam) continue
    const { released, refunded, settledAt } = expect(
      outcome,
      await year.visitors.market(OPERATOR, requestOf(readContract, { path: { id: contract.id } })),
    )
    if (settledAt === null || released === 0 || refunded > 0) continue
    const { revealedAt, reviews } = expect(
      reviewed,
      await year.visitors.market(OPERATOR, requestOf(readContractReviews, { path: { id: contract.id } })),
    )
    if (reviews.client.written && revealedAt !== null) counted.push(contract)
  }
  return { contracts: counted.length, clients: new Set(counted.map(({ client }) => client)).size }
}

async function compare(year: Year, worker: WorkerStory, contracts: readonly ContractStory[]) {
  const { credentials } = expect(
    issued,
    await year.visitors.plugin(await serviceToken(year), requestOf(listCredentials, { path: { worker: worker.id } })),
  )
  const profile = expect(shown, await year.visitors.market(null, requestOf(readWorker, { path: { id: worker.id } })))
  const badges = credentials.flatMap((certificate) => badgeContradictions(worker.id, certificate, profile))
  const evidence: Say[] = []
  for (const certificate of credentials) {
    const expected = await evidenceOf(year, contracts, certificate)
    const { evidence: known } = certificate
    const counts = {
      worker: worker.id,
      contracts: known.contracts,
      clients: known.clients,
      expectedContracts: expected.contracts,
      expectedClients: expected.clients,
    }
    if (known.contracts !== expected.contracts || known.clients !== expected.clients)
      evidence.push((t) => t('sandbox.check.evidence.differs', counts))
  }
  return { badges, evidence, credentials: credentials.length, contracts: contracts.length }
}

/** Both sides know the same of every certificate. */
async function checkAgreement(year: Year): Promise<Check[]> {
  const byWorker = Map.groupBy(year.contracts, ({ worker }) => worker)
  const compared: Awaited<ReturnType<typeof compare>>[] = []
  for (const worker of year.workers.values())
    if (worker.certifiedOn !== undefined) compared.push(await compare(year, worker, byWorker.get(worker.id) ?? []))
  const sum = (of: 'credentials' | 'contracts') => compared.reduce((total, each) => total + each[of], 0)
  return [
    checkThat(
      (t) => t('sandbox.check.badges'),
      compared.flatMap(({ badges }) => badges),
      (t) => t('sandbox.check.badges.seen', { certificates: sum('credentials') }),
    ),
    checkThat(
      (t) => t('sandbox.check.evidence'),
      compared.flatMap(({ evidence }) => evidence),
      (t) => t('sandbox.check.evidence.seen', { contracts: sum('contracts') }),
    ),
  ]
}

/** Every event and message has arrived. */
async function checkOutboxes(year: Year): Promise<Check> {
  const events = await countMessages(year.pair.market.db)
  const { counts } = expect(
    deliveries,
    await year.visitors.plugin(
      await launch(year, { worker: OPERATOR, role: 'operator' }),
      requestOf(listDeliveries, { path: {} }),
    ),
  )
  const against: Say[] = []
  for (const [status, count] of Object.entries(events))
    if (status !== 'delivered' && count !== 0) against.push((t) => t('sandbox.check.events.market', { count, status }))
  for (const [status, count] of Object.entries(counts))
    if (status !== 'delivered' && count !== 0) against.push((t) => t('sandbox.check.events.plugin', { count, status }))
  const lost = year.visitors.watched.eventsLost
  const seen = { events: events.delivered ?? 0, messages: counts.delivered ?? 0 }
  return checkThat(
    (t) => t('sandbox.check.events'),
    against,
    (t) => (lost === 0 ? t('sandbox.check.events.seen', seen) : t('sandbox.check.events.repaired', { ...seen, lost })),
  )
}

/** What the marketplace and the plugin know is the same. */
export const checkSides = async (year: Year): Promise<readonly Check[]> => [
  ...(await checkAgreement(year)),
  await checkOutboxes(year),
]
