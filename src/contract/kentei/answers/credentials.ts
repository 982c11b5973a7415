import * as z from 'zod'
import { examNoticed } from '../../marketplace.ts'
import { time } from '../shapes.ts'

/** What everybody is answered about badges: for the compiler and the document. The Worker carries none of it. */

export const verdict = () =>
  z.object({
    verdict: z.enum(['valid', 'expired', 'suspended', 'revoked', 'unknown', 'invalid']),
    checks: z.array(
      z.object({
        check: z.string(),
        outcome: z.enum(['passed', 'failed', 'unknown']),
        code: z.string().optional(),
        detail: z.string(),
      }),
    ),
    credential: z.looseObject({}).optional(),
  })

export const jwk = () =>
  z.looseObject({ kty: z.string(), kid: z.string(), alg: z.string().optional(), use: z.string().optional() }).meta({
    title: 'Jwk',
    examples: [
      {
        kty: 'EC',
        crv: 'P-256',
        x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
        y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',
        kid: 'NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs',
        alg: 'ES256',
        use: 'sig',
      },
    ],
  })

const DID = 'did:web:kentei.example'
const KEY = `${DID}#NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs`
const list = (example: string) => z.array(z.string()).meta({ examples: [[example]] })
const address = (example: string) => z.string().meta({ examples: [example] })

export const didDocument = () =>
  z.object({
    '@context': list('https://www.w3.org/ns/did/v1'),
    id: address(DID),
    alsoKnownAs: list('https://kentei.example'),
    verificationMethod: z.array(
      z.object({
        id: address(KEY),
        type: z.enum(['JsonWebKey2020', 'Multikey']),
        controller: address(DID),
        publicKeyJwk: jwk().optional(),
        publicKeyMultibase: address('zDnaerDaTF5BXEavCrfRZEk316dpbLsfPDZ3WJ5hRTPFU2169').optional(),
      }),
    ),
    assertionMethod: list(KEY),
  })

export const achievement = () =>
  z
    .looseObject({
      '@context': list('https://www.w3.org/ns/credentials/v2'),
      id: address('https://kentei.example/achievements/business-admin'),
      type: list('Achievement'),
      name: z.string(),
      description: address('What a pass of this exam shows'),
      criteria: z.looseObject({ narrative: address('Passed at 70 points or more').optional() }),
    })
    .meta({ title: 'Achievement' })

export const evidence = () =>
  z.object({
    exam: z.string(),
    state: z.enum(['told', 'not-offered', 'unreachable']),
    noticed: examNoticed.nullable().describe('As the marketplace told it; null in the other states.'),
  })

/** A signed document as JSON. */
const signed = (type: string) =>
  z.looseObject({
    '@context': list('https://www.w3.org/ns/credentials/v2'),
    id: address('https://kentei.example/credentials/crd_9X'),
    type: z.array(z.string()).meta({ examples: [['VerifiableCredential', type]] }),
    issuer: z.union([z.string(), z.looseObject({ id: z.string() })]).meta({ examples: [DID] }),
    validFrom: z.iso.datetime(),
    validUntil: z.iso.datetime(),
    credentialSubject: z.looseObject({}),
  })
export const badge = () => signed('OpenBadgeCredential').meta({ title: 'OpenBadgeCredential' })

export const statusList = () => signed('BitstringStatusListCredential').meta({ title: 'StatusListCredential' })

export const liveState = () =>
  z.object({
    id: z.string(),
    verdict: verdict().shape.verdict,
    name: z.string(),
    exam: z.string(),
    level: z.int(),
    issuedAt: time,
    validUntil: time,
    statusChangedAt: time.optional(),
    url: z.string(),
    image: z.string(),
    checkedAt: time,
  })

export const oembed = () =>
  z.object({
    version: z.literal('1.0'),
    type: z.enum(['rich', 'photo']),
    title: z.string(),
    provider_name: address('Kentei'),
    provider_url: z.url(),
    cache_age: z.int(),
    html: z.string().optional().describe('Of rich: the frame.'),
    url: z.url().optional().describe('Of photo: the picture.'),
    width: z.number(),
    height: z.number(),
    thumbnail_url: z.url().optional(),
    thumbnail_width: z.number().optional(),
    thumbnail_height: z.number().optional(),
  })

export const refused = () =>
  z
    .looseObject({
      imsx_codeMajor: z.literal('failure'),
      imsx_severity: z.literal('error'),
      imsx_description: address('Show the bearer session of the holder'),
      imsx_codeMinor: z.looseObject({}),
    })
    .meta({ title: 'Imsx_StatusInfo' })
export const holderProfile = () =>
  z.object({
    '@context': list('https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'),
    id: address('urn:uuid:6a1f6c2e-5d0b-4a53-9a52-1c5f4c3f2b10'),
    type: list('Profile'),
    name: z.string(),
  })

export const openApiDocument = () => z.looseObject({ openapi: address('3.1.0') })
