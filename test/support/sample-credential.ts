import {
  generateKey,
  type KeyRing,
  openKeyRing,
  ownKeySource,
  type SigningAlgorithm,
} from '../../src/credential/keys.ts'
import { type OpenBadgeInput, openBadge } from '../../src/credential/open-badge.ts'
import { signStatusList } from '../../src/credential/sign-credential.ts'
import type { ExamDefinition } from '../../src/item/bank.ts'
import { type Instant, instant, plusPeriod } from '../../src/kernel/instant.ts'
import type { ScoreReport } from '../../src/scoring/raw-score.ts'
import { listStatusSource } from '../../src/verify/status-list.ts'
import { assembleVerifier, type Verifier } from '../../src/verify/verify-credential.ts'
import { compiled } from './compiled.ts'

export const origin = 'https://kentei.example'
export const issuedAt = instant(Date.UTC(2026, 10, 24, 6, 11, 42, 345))
export const validUntil = plusPeriod(issuedAt, { years: 2, months: 0, days: 0 })
export const dayAfter = instant(issuedAt + 86_400_000)

export const exam: ExamDefinition = {
  id: 'business-admin',
  title: { ja: 'ビジネス事務検定', en: 'Business Administration' },
  level: 3,
  version: 2,
  locales: ['ja', 'en'],
  timeLimitSeconds: 2_700,
  passScore: 70,
  validFor: { years: 2, months: 0, days: 0 },
  retake: { wait: { years: 0, months: 0, days: 14 }, perYear: 4 },
  sections: [
    { topic: 'office', title: { ja: '電話とメールの応対', en: 'Phone and mail' }, draw: 20, quotas: [], minPool: 3 },
    {
      topic: 'privacy',
      title: { ja: '情報の取り扱い', en: 'Handling information' },
      draw: 10,
      quotas: [],
      minPool: 3,
      passScore: 50,
    },
  ],
  skills: [
    {
      id: 'correspondence',
      name: { ja: '電話とメールの応対、日程の調整、帳票の流れ', en: 'Phone and mail, scheduling, paperwork' },
    },
    { id: 'writing', name: { ja: '用件の伝わる文書とメールを書く', en: 'Writing clear documents and mail' } },
    {
      id: 'spreadsheet',
      name: { ja: '表計算で、集計や抽出を正しく行う', en: 'Totals and filters in spreadsheets' },
      url: 'https://skills.example/spreadsheet',
    },
    {
      id: 'privacy',
      name: { ja: '個人情報やパスワードを安全に扱う', en: 'Handling personal data and passwords safely' },
    },
  ],
  rulesHtml: { ja: compiled('<p>規則</p>') },
}

export const report: ScoreReport = { passed: true, score: 78.3, passScore: 70 }

export const input: OpenBadgeInput = {
  id: 'crd_01KAVQ7M2X4T9N',
  subject: 'urn:uuid:3f1c7b0e-5a52-4c19-9d7b-0c6a8e0f41d2',
  exam,
  report,
  issuedAt,
  validUntil,
  status: { list: 3, index: 48_213 },
  issuer: { origin, name: 'Kentei 検定センター' },
  locale: 'ja',
}

/** An earlier credential that one may renew. */
export const predecessor: NonNullable<OpenBadgeInput['predecessor']> = {
  id: 'crd_earlier',
  relation: 'renews',
  issuedAt: instant(issuedAt - 1_000_000_000),
  awardedAt: instant(issuedAt - 1_000_000_000),
  digest: 'sha384-AAAA',
}

export const document = openBadge(input)

export const ringOf = async (alg: SigningAlgorithm = 'ES256', at = origin): Promise<KeyRing> =>
  openKeyRing(at, [await generateKey('credential', alg)])

/** A verifier of the ring's own credentials whose status list has these revoked entries. */
export function verifierOf(ring: KeyRing, revoked: readonly number[] = [], listTime: Instant = issuedAt): Verifier {
  const keys = ownKeySource(ring)
  return assembleVerifier({
    keys,
    status: listStatusSource({ keys, load: () => signStatusList({ list: 3, revoked }, ring, listTime) }),
  })
}
