import { randomUUID } from 'node:crypto'
import type { Badge } from '../../contract/marketplace.ts'
import type { KeyRing } from '../../credential/keys.ts'
import { type CredentialDocument, credentialUrl, type Predecessor } from '../../credential/open-badge.ts'
import { digestOf, signCredential } from '../../credential/sign-credential.ts'
import type { ExamDefinition } from '../../item/bank.ts'
import type { CredentialId } from '../../kernel/id.ts'
import { type Instant, instant, minutes, plus, toRfc3339 } from '../../kernel/instant.ts'
import { TRACES } from './traces.data.ts'

const examOf = (id: string): ExamDefinition => ({
  id,
  title: { ja: TRACES.exam, en: 'Conformance run (no real certificate)' },
  level: 3,
  version: 1,
  locales: ['ja', 'en'],
  timeLimitSeconds: 60,
  passScore: 70,
  validFor: { years: 0, months: 0, days: 1 },
  retake: { wait: { years: 0, months: 0, days: 1 }, perYear: 1 },
  sections: [],
  skills: [],
  rulesHtml: {},
})

/** Long enough for a run; what is left behind is soon shown as expired. */
const VALID_FOR = minutes(60)

/** A credential of the run: its id at the marketplace, and what is put there. */
export interface SampleBadge {
  readonly credential: CredentialId
  readonly body: Omit<Badge, 'status' | 'version'>
}

/** Place in the status list that says revoked, whatever a PUT says. */
export const LISTED_AS_REVOKED = 1

async function predecessorOf({ credential, body }: SampleBadge): Promise<Predecessor> {
  const issuedAt = instant(Date.parse(body.issuedAt))
  const digest = await digestOf(body.credential)
  return { id: credential, relation: 'renews', issuedAt, awardedAt: issuedAt, digest }
}

/** Issues a real Open Badges credential of an invented exam. `origin`, `ring`: of its issuer. */
export async function sampleBadge(of: {
  readonly origin: string
  readonly ring: KeyRing
  readonly exam: string
  readonly now: Instant
  /** Place in the status list; one that is not revoked without it. */
  readonly listedAt?: number
  readonly renews?: SampleBadge
}): Promise<SampleBadge> {
  const credential = `crd_conformance${randomUUID().replaceAll('-', '')}` as const
  const [issuedAt, validUntil] = [of.now, plus(of.now, VALID_FOR)].map((at) =>
    instant(Math.floor(at / 1_000) * 1_000),
  ) as [Instant, Instant]
  const exam = examOf(of.exam)
  const jwt = await signCredential(
    {
      id: credential,
      subject: `urn:uuid:${randomUUID()}`,
      exam,
      report: { passed: true, score: 80, passScore: 70 },
      issuedAt,
      validUntil,
      status: { list: 1, index: of.listedAt ?? 0 },
      issuer: { origin: of.origin, name: 'Kentei conformance' },
      locale: 'ja',
      ...(of.renews ? { predecessor: await predecessorOf(of.renews) } : {}),
    },
    of.ring,
  )
  const url = credentialUrl(of.origin, credential)
  return {
    credential,
    body: {
      credential: jwt,
      exam: of.exam,
      level: 3,
      title: TRACES.exam,
      issuedAt: toRfc3339(issuedAt),
      validUntil: toRfc3339(validUntil),
      url,
      image: `${url}.svg`,
    },
  }
}

/** The same content under no signature. RFC 7515, appendix A.5. */
export function unsignedBadge(jwt: string): string {
  const [header = '', payload = ''] = jwt.split('.')
  const said = JSON.parse(Buffer.from(header, 'base64url').toString('utf8')) as object
  return `${Buffer.from(JSON.stringify({ ...said, alg: 'none' })).toString('base64url')}.${payload}.`
}

/** The same token with another subject and the old signature. */
export function tamperedToken(jwt: string): string {
  const [header, payload = '', signature] = jwt.split('.')
  const document = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as CredentialDocument
  return [
    header,
    Buffer.from(JSON.stringify({ ...document, name: `${document.name}!` })).toString('base64url'),
    signature,
  ].join('.')
}
