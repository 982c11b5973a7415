import * as fc from 'fast-check'
import jsonld from 'jsonld'
import { describe, expect, it } from 'vitest'
import { canonicalQuads } from '../../src/credential/canonical-quads.ts'
import { withoutClaims } from '../../src/credential/embedded-proof.ts'
import { openBadge } from '../../src/credential/open-badge.ts'
import { statusListCredential } from '../../src/credential/status-list.ts'
import type { ExamDefinition } from '../../src/item/bank.ts'
import { offlineLoader } from '../support/document-loader.ts'
import { document, exam, input, issuedAt, origin, predecessor } from '../support/sample-credential.ts'

/** What a general processor makes of a document with the contexts themselves; it throws on a term that they do not define. */
const processed = (value: unknown): Promise<string> =>
  jsonld.canonize(value, {
    algorithm: 'RDFC-1.0',
    format: 'application/n-quads',
    safe: true,
    documentLoader: offlineLoader(),
  })

const identity = { hash: 'sha256$00', salt: '0011' }

const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
const anyText = fc.oneof(text, fc.string({ unit: 'binary', minLength: 1, maxLength: 12 }))
const id = fc.stringMatching(/^[a-z][a-z0-9-]{0,12}$/)
const skill = fc.record(
  { id, name: fc.record({ ja: anyText, en: anyText }), url: fc.option(fc.webUrl(), { nil: undefined }) },
  { requiredKeys: ['id', 'name'] },
)

/** Any exam that a bank could hold, as far as a badge tells of it. */
const anyExam = fc
  .record({
    id,
    title: fc.record({ ja: anyText, en: anyText }),
    claim: fc.record({ ja: anyText, en: anyText }),
    level: fc.constantFrom<1 | 2 | 3>(1, 2, 3),
    version: fc.integer({ min: 1, max: 500 }),
    passScore: fc.integer({ min: 1, max: 100 }),
    skills: fc.uniqueArray(skill, { selector: (one) => one.id, maxLength: 8 }),
  })
  .map((change) => ({ ...exam, ...change }) as ExamDefinition)

describe('canonical N-Quads', () => {
  it('of a badge are what JSON-LD and RDFC-1.0 make of it, whatever the exam', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyExam,
        fc.constantFrom<'ja' | 'en'>('ja', 'en'),
        fc.double({ min: 0, max: 100, noNaN: true }),
        anyText,
        async (anExam, locale, score, name) => {
          const badge = withoutClaims(
            openBadge({
              ...input,
              exam: anExam,
              locale,
              report: { ...input.report, score, passed: score >= 70 },
              ...(score < 50 ? { predecessor, identity } : {}),
              issuer: { origin, name },
            }),
          )
          expect(await canonicalQuads(badge, 'badge')).toBe(await processed(badge))
        },
      ),
      { numRuns: 60 },
    )
  })

  it('of a status list and of a proof are so too', async () => {
    const list = withoutClaims(
      await statusListCredential({ origin, issuer: 'did:web:kentei.example', list: 3, revoked: [5, 48_213] }, issuedAt),
    )
    expect(await canonicalQuads(list, 'listCredential')).toBe(await processed(list))
    const proof = {
      type: 'DataIntegrityProof',
      cryptosuite: 'eddsa-rdfc-2022',
      created: '2026-11-24T06:11:42.000Z',
      verificationMethod: 'did:web:kentei.example#key',
      proofPurpose: 'assertionMethod',
    }
    expect(await canonicalQuads(proof, 'proof')).toBe(await processed({ '@context': document['@context'], ...proof }))
  })

  it('cannot be had of a member or a type that the table does not know', async () => {
    await expect(canonicalQuads({ ...document }, 'badge')).rejects.toThrow('unknown member iss')
    await expect(canonicalQuads({ id: 'urn:x', type: ['Diploma'] }, 'badge')).rejects.toThrow('unknown type Diploma')
  })
})
