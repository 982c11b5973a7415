import { didOfOrigin } from '@kentei/verify/parts'
import type { ExamDefinition } from '../item/bank.ts'
import type { Locale } from '../item/item.ts'
import type { CredentialId } from '../kernel/id.ts'
import { type Instant, instant, toRfc3339 } from '../kernel/instant.ts'
import type { ScoreReport } from '../scoring/raw-score.ts'
import { achievementOf, achievementTexts, badgeName, tellPractice } from './achievement.ts'
import type { Relation } from './lineage.ts'
import { partResultUrl } from './part-results.ts'

/** VC 2.0 and OB 3.0.3, in this order. Source: Open Badges 3.0, 8.2.1. */
export const credentialContexts = [
  'https://www.w3.org/ns/credentials/v2',
  'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
] as const

/** The credential that another one renews or stands in for. */
export interface Predecessor {
  readonly id: CredentialId
  readonly relation: Relation
  readonly issuedAt: Instant
  /** When the first of the line of renewals and corrections was awarded. */
  readonly awardedAt: Instant
  /** Digest of its token as subresource integrity writes it, `sha384-…`: which document is meant, to the byte. */
  readonly digest: string
}

/** Who verified a holder's identity, and on which day, `2026-11-02`. */
export interface VerifiedIdentity {
  readonly by: string
  readonly on: string
}

export interface OpenBadgeInput {
  readonly id: CredentialId
  /** Pairwise `urn:uuid:…` of the holder: the same in all credentials of one person here, unknown anywhere else, and no e-mail address. */
  readonly subject: string
  readonly exam: ExamDefinition
  readonly report: ScoreReport
  readonly issuedAt: Instant
  readonly validUntil: Instant
  readonly predecessor?: Predecessor
  readonly status: { readonly list: number; readonly index: number }
  readonly issuer: { readonly origin: string; readonly name: string }
  readonly locale: Locale
  /** Whether enough people sat each of its practical tasks, so that what is said of them rests on data. */
  readonly isPiloted?: boolean
  /** The hashed e-mail address of a holder who asked for it. */
  readonly identity?: HashedIdentity | undefined
  /** What the marketplace says of the holder: a name, unless the holder wants none, and who verified the identity. */
  readonly holder?: { readonly name?: string; readonly verified?: VerifiedIdentity | undefined }
}

/** A credential as it is signed: the VC document, plus the JWT claims that must equal its fields. */
export interface CredentialDocument {
  readonly id: string
  readonly iss: string
  readonly jti: string
  readonly sub: string
  /** Seconds since 1970. */
  readonly nbf: number
  readonly exp: number
  readonly [member: string]: unknown
}

/** Public address of a credential; it is its `id` and `jti`. */
export const credentialUrl = (origin: string, id: string): string => `${origin}/credentials/${encodeURIComponent(id)}`

/** Public address of a status list. */
export const statusListUrl = (origin: string, list: number): string => `${origin}/status/${list}`

/** JWT times are whole seconds, and the claims must equal the fields: both are cut down. */
export const wholeSecond = (at: Instant): Instant => instant(Math.floor(at / 1_000) * 1_000)

/** The ten-point band of a score, cut off at the pass score: the badge tells no more. `score` and `passScore` 0–100. */
export function scoreBandText(score: number, passScore: number): string {
  const low = Math.min(90, Math.floor(score / 10) * 10)
  return `${Math.max(low, score >= passScore ? Math.min(passScore, low + 10) : low)}-${low + 10}`
}

/** The band of each part, cut off at the floor that it was held to. */
const partResults = ({ report }: OpenBadgeInput, achievement: string) =>
  (report.part?.decision.parts ?? []).flatMap(({ part, score, floor }) =>
    score === undefined
      ? []
      : [
          {
            type: ['Result'],
            resultDescription: partResultUrl(achievement, part),
            value: scoreBandText(score, floor),
          },
        ],
  )

/** By what a holder is told from others; an empty list is left out: Open Badges 3.0, A.1. */
function identifiersOf({ holder, identity }: OpenBadgeInput) {
  const identifier = [
    ...(identity ? [identityObject(identity)] : []),
    ...(holder?.name === undefined ? [] : [nameObject(holder.name)]),
  ]
  return identifier.length > 0 ? { identifier } : {}
}

function subjectOf(input: OpenBadgeInput, issuer: string) {
  const achievement = achievementOf({
    exam: input.exam,
    origin: input.issuer.origin,
    issuer: { id: issuer, name: input.issuer.name },
    locale: input.locale,
  })
  return {
    id: input.subject,
    type: ['AchievementSubject'],
    narrative: tellAssessment(input),
    ...identifiersOf(input),
    achievement,
    result: [
      {
        type: ['Result'],
        resultDescription: `${achievement.id}#score`,
        value: scoreBandText(input.report.score, input.report.passScore),
      },
      {
        type: ['Result'],
        resultDescription: `${achievement.id}#status`,
        value: input.report.passed ? 'Completed' : 'Failed',
        status: input.report.passed ? 'Completed' : 'Failed',
      },
      ...partResults(input, achievement.id),
    ],
  }
}

const dayOf = (at: Instant): string => toRfc3339(at).slice(0, 10)

/** What a credential is to the one before it, in a sentence. */
function tellPredecessor({ id, relation, issuedAt }: Predecessor, locale: Locale): string {
  return achievementTexts(locale)(relation === 'renews' ? 'achievement.renews' : 'achievement.replaces', {
    day: dayOf(issuedAt),
    id,
  })
}

/**
 * Which assessment was sat; where practical work was done, what was asked, and what nobody checked; which credential this one
 * follows. @NOTE It stands here and not as evidence: Open Badges wants the type of evidence as a list, and libraries of
 * verifiable credentials refuse it as one.
 */
function tellAssessment({ exam, report, isPiloted, predecessor, holder, locale }: OpenBadgeInput): string {
  const t = achievementTexts(locale)
  const certificate = report.part?.decision.parts.find(({ part }) => part === 'knowledge')?.certificate
  return [
    t('achievement.sat', { exam: exam.id, version: exam.version }),
    certificate && t('achievement.stoodIn', { version: certificate.version, id: certificate.id }),
    // practice says so itself
    tellPractice(exam, locale) ?? t('achievement.unsupervised'),
    exam.parts && !isPiloted && t('achievement.untried'),
    holder?.verified && t('achievement.verified', { by: holder.verified.by, day: holder.verified.on }),
    predecessor && tellPredecessor(predecessor, locale),
  ]
    .filter(Boolean)
    .join(t('achievement.sentences'))
}

/**
 * The credential before this one as a related resource with its digest, by which a verifier knows that it has got the very
 * document. Source: Verifiable Credentials 2.0, 5.3.
 */
function namePredecessor({ predecessor, issuer }: OpenBadgeInput) {
  if (!predecessor) return {}
  return {
    relatedResource: [{ id: `${credentialUrl(issuer.origin, predecessor.id)}.jwt`, digestSRI: predecessor.digest }],
  }
}

/** Builds an Open Badges 3.0 AchievementCredential (VC 2.0) with its JWT claims. Source: OB 3.0 §8.2, VC-JOSE-COSE §3.1.1. */
export function openBadge(input: OpenBadgeInput): CredentialDocument {
  const { origin } = input.issuer
  const issuer = didOfOrigin(origin)
  const id = credentialUrl(origin, input.id)
  const [from, until] = [wholeSecond(input.issuedAt), wholeSecond(input.validUntil)]
  const list = statusListUrl(origin, input.status.list)
  return {
    '@context': [...credentialContexts],
    id,
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    name: badgeName(input.exam, input.locale),
    issuer: { id: issuer, type: ['Profile'], name: input.issuer.name, url: origin },
    validFrom: toRfc3339(from),
    validUntil: toRfc3339(until),
    awardedDate: toRfc3339(wholeSecond(input.predecessor?.awardedAt ?? from)),
    credentialSubject: subjectOf(input, issuer),
    ...namePredecessor(input),
    credentialStatus: {
      id: `${list}#${input.status.index}`,
      // one string here, unlike elsewhere: OB 3.0 B.1.22 and the verifiers of status lists compare it as one
      type: 'BitstringStatusListEntry',
      statusPurpose: 'revocation',
      statusListIndex: String(input.status.index),
      statusListCredential: list,
    },
    iss: issuer,
    jti: id,
    sub: input.subject,
    nbf: from / 1_000,
    exp: until / 1_000,
  }
}

/** A salted hash of an e-mail address; tells nothing to who does not already know the address. */
export interface HashedIdentity {
  /** `sha256$` and 64 hexadecimal digits. */
  readonly hash: string
  /** 32 hexadecimal digits: 128 random bits. */
  readonly salt: string
}

/** Hashes an address, in lower case, with a salt of its own. Source: Open Badges 3.0, B.1.14 IdentityObject, B.2.3 IdentityHash. */
export async function hashIdentity(address: string, salt: string): Promise<HashedIdentity> {
  const digest = new Uint8Array(
    await crypto.subtle.digest('SHA-256', new TextEncoder().encode(address.trim().toLowerCase() + salt)),
  )
  return { hash: `sha256$${Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')}`, salt }
}

/** The name of a badge's subject, in the clear. Source: Open Badges 3.0, B.1.14 IdentityObject, `name`. */
const nameObject = (name: string) => ({
  type: 'IdentityObject',
  hashed: false,
  identityHash: name,
  identityType: 'name',
})

/** The IdentityObject of a badge's subject. */
export const identityObject = ({ hash, salt }: HashedIdentity) => ({
  type: 'IdentityObject',
  hashed: true,
  identityHash: hash,
  identityType: 'emailAddress',
  salt,
})
