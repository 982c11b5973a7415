import type { Verdict, Verification } from '@kentei/verify/parts'
import { badgeName, textIn } from '../../credential/achievement.ts'
import { type BadgeArtwork, type BadgeState, badgeSvg, type Svg } from '../../credential/badge-artwork.ts'
import { isDemonstration } from '../../credential/demonstration.ts'
import type { StandingEndorsement } from '../../credential/endorsement.ts'
import { awardedAt } from '../../credential/lineage.ts'
import { credentialUrl } from '../../credential/open-badge.ts'
import { type PartResult, partResultsOf, scoreBandOf } from '../../credential/part-results.ts'
import { currentEdition, findCredential, relativesOf } from '../../credential/store.ts'
import type { CredentialRow } from '../../credential/tables.ts'
import { readEndorsementOf } from '../../flows/endorse-achievement.ts'
import { isUntried } from '../../flows/judge-bank.ts'
import { type PassRate, readPassRate } from '../../flows/read-pass-rate.ts'
import type { Bank } from '../../item/bank.ts'
import { findBank } from '../../item/store.ts'
import type { Instant } from '../../kernel/instant.ts'
import type { World } from '../../world/world.ts'
import type { Translate } from '../ui/message.ts'
import type { PageContext } from '../ui/page-context.ts'
import type { Trust } from './trust.ts'

/** A band as readers of a language write a range. */
export function bandText(t: Translate, band: string): string {
  const [low = '', high = ''] = band.split('-')
  return t('list.range', { low, high })
}

/** Everything the pages about one credential show. */
export interface CertificateView {
  readonly context: PageContext
  readonly t: Translate
  readonly record: CredentialRow
  readonly verification: Verification
  readonly state: BadgeState
  /** Title of the exam without the grade, and with it. */
  readonly title: string
  readonly name: string
  readonly url: string
  readonly host: string
  readonly issuerName: string
  /** It was issued for show, and claims nothing of its holder. */
  readonly isDemonstration: boolean
  /** The exam as it was sat; undefined when its bank is gone. */
  readonly exam?: Bank['exam']
  /** The bands of its parts; none where one paper was the whole exam. */
  readonly parts: readonly PartResult[]
  /** The ten-point band of the whole score, `70-80`. */
  readonly band?: string | undefined
  /** Too few people sat its practical tasks to say anything of them from data. */
  readonly isUntried: boolean
  /** How many people pass. */
  readonly passRate: PassRate
  /** Who vouches for the exam now. */
  readonly endorsement?: StandingEndorsement | undefined
  /** Whether there is a document with an embedded proof, or a key to make one. */
  readonly forWallets: boolean
  readonly checkedAt: Instant
  readonly lineage: Lineage
}

const states: Readonly<Record<Verdict, BadgeState>> = {
  valid: 'active',
  expired: 'expired',
  suspended: 'suspended',
  revoked: 'revoked',
  unknown: 'unknown',
  invalid: 'unknown',
}

export interface ViewRequest {
  readonly world: World
  readonly trust: Trust
  readonly context: PageContext
}

/** Judges a recorded credential now, and gathers what is told about it. */
export async function viewCertificate(
  record: CredentialRow,
  { world, trust, context }: ViewRequest,
): Promise<CertificateView> {
  const now = world.now()
  const { origin, issuerName, keys } = world.settings
  const [verification, bank, lineage, endorsement, passRate] = await Promise.all([
    trust.verifierOf(record).verify(record.jwt, now),
    findBank(world.db, record.bankHash),
    readLineage(world, record),
    readEndorsementOf(world, record.exam),
    readPassRate(world, record.exam),
  ])
  world.note?.({ fact: 'verified', verdict: verification.verdict })
  return {
    context,
    t: context.t,
    record,
    verification,
    state: states[verification.verdict],
    title: textIn(record.title, context.locale),
    name: badgeName(record, context.locale),
    url: credentialUrl(origin, record.id),
    host: new URL(origin).host,
    issuerName: issuerName[context.locale],
    exam: bank?.exam,
    parts: partResultsOf(record.jwt),
    band: scoreBandOf(record.jwt),
    passRate,
    isUntried: bank !== undefined && (await isUntried(world, bank)),
    isDemonstration: isDemonstration(record.title),
    endorsement,
    forWallets: record.walletExport !== null || keys.some(({ use, state }) => use === 'proof' && state === 'active'),
    checkedAt: now,
    lineage,
  }
}

/** What is drawn on the badge of a view. */
export const artworkOf = (
  { record, title, state, parts, context }: CertificateView,
  placement: BadgeArtwork['placement'],
): BadgeArtwork => ({
  id: record.id,
  exam: record.exam,
  title,
  level: record.level,
  issuedAt: record.issuedAt,
  state,
  parts,
  locale: context.locale,
  placement,
})

/** The badge of a view for a page, as SVG text. */
export const badgeOf = (view: CertificateView, placement: 'page' | 'decoration'): Svg =>
  badgeSvg(artworkOf(view, placement))

/** What came before a credential, and what came after it. */
interface Lineage {
  /** When what it certifies was passed: a correction is issued later. */
  readonly passedAt: Instant
  /** When the first of its line was awarded. */
  readonly awardedAt: Instant
  readonly before?: CredentialRow
  /** The last correction, which stands in its place. */
  readonly replacedBy?: CredentialRow
  /** Its renewal, unless that was taken away. */
  readonly renewedBy?: CredentialRow
}

/** Reads the line that a credential belongs to. */
async function readLineage({ db }: World, record: CredentialRow): Promise<Lineage> {
  const relatives = await relativesOf(db, record)
  const editions = relatives
    .filter(({ attemptId }) => attemptId === record.attemptId)
    .sort((a, b) => a.edition - b.edition)
  const last = editions.at(-1)
  const renewal = relatives.find(({ predecessor, relation }) => predecessor === record.id && relation === 'renews')
  // a renewal may have been corrected in its turn
  const renewedBy =
    renewal?.status === 'revoked' ? await findCredential(db, await currentEdition(db, renewal.id)) : renewal
  const before = relatives.find(({ id }) => id === record.predecessor)
  return {
    passedAt: editions[0]?.issuedAt ?? record.issuedAt,
    awardedAt: awardedAt(record),
    ...(before ? { before } : {}),
    ...(last && last.edition > record.edition ? { replacedBy: last } : {}),
    ...(renewedBy && renewedBy.status !== 'revoked' ? { renewedBy } : {}),
  }
}
