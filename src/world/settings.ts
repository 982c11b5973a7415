import type { JWK } from 'jose'
import * as z from 'zod'
import { type Brand, noBrand } from './brand.ts'
import { brandSetting } from './brand-setting.ts'

/** What the service signs with a key: badges and status lists (ES256 or RS256), service tokens (ES256), events (Ed25519), the proofs that wallets read (Ed25519). */
export type SigningUse = 'credential' | 'service' | 'webhook' | 'proof'

/** What a tool asks the service for with a key of its own (ES256), of which the service has the public half alone. */
export type ToolUse = 'author' | 'statistics'

/** A key as it lies in the secret store: a JWK whose `kid` is its RFC 7638 thumbprint, private where the service signs with it. */
export interface StoredKey {
  readonly jwk: JWK
  readonly use: SigningUse | ToolUse
  /** `next` is published but not yet used; `retired` is only published, to verify what it once signed; `blocked` verifies nothing. */
  readonly state: 'active' | 'next' | 'retired' | 'blocked'
  /** Whose work an `author` key hands in, by their id in the marketplace; without it the call says so. */
  readonly person?: string
}

/** Where the marketplace is and how it is trusted. */
export interface MarketplaceSettings {
  /** Origin of its API, `https://market.example`. */
  readonly origin: string
  /** `iss` of its tokens. */
  readonly issuer: string
  readonly jwksUrl: string
  /** What `/v1/…` is appended to when it is called; its origin unless told otherwise. */
  readonly api: string
  /** `aud` of the service tokens that it is called with; its origin unless told otherwise. */
  readonly audience: string
  /** Standard Webhooks secrets (`whsec_…`) and public keys (`whpk_…`) that may sign its events. */
  readonly webhookKeys: readonly string[]
  /** How it shows itself on the plugin's pages. */
  readonly brand: Brand
}

/** A bucket of a service that speaks S3's protocol. */
export interface BucketSettings {
  /** Its address, no slash at the end: its host has its name, or the path has. */
  readonly url: string
  readonly region: string
  readonly keyId: string
  readonly secret: string
}

/** A receiver of the plugin's own events. */
export interface Subscriber {
  readonly id: string
  readonly url: string
  /** `whsec_…` for `v1`; without it the events are signed `v1a` with the plugin's webhook key. */
  readonly secret?: string
}

/** Who may have a role of staff: a person by their id in the marketplace, or everybody whose launch token has a claim of this value. */
export type StaffEntry = { readonly worker: string } | { readonly claim: string; readonly value: string }

export interface Settings {
  /** The plugin's own origin, `https://kentei.example`, no trailing slash. */
  readonly origin: string
  /** Name of the issuer on pages and credentials. */
  readonly issuerName: { readonly ja: string; readonly en: string }
  readonly keys: readonly StoredKey[]
  /** Secret of session tokens, at least 32 bytes, base64url. */
  readonly sessionSecret: string
  /** Secrets by which erased people are recognised: the first makes tombstones, the others made earlier ones. The last is the session secret, which made them all once. */
  readonly tombstoneSecrets: readonly string[]
  readonly marketplace: MarketplaceSettings
  readonly subscribers: readonly Subscriber[]
  /** Where flaws of this service are reported, the preferred address first; none where the operator has named none. */
  readonly securityContacts: readonly string[]
  /** Empty: nobody is an operator, whatever the marketplace says. */
  readonly operators: readonly StaffEntry[]
  /** Whether a bank that is public, keys and all, may be sat and certified all the same: what it leads to then says that it is a demonstration. */
  readonly demoBank: 'refused' | 'allowed'
  /** Undefined: authors are whom the marketplace says. They hand in, and what they hand in needs another person. */
  readonly authors: readonly StaffEntry[] | undefined
  /** Where work of closed attempts goes; without it, to a folder where there is one. */
  readonly archiveBucket?: BucketSettings
  /** Bytes that the database should not come to have. */
  readonly databaseLimit?: number
}

// when it came into its state is between its file and `kentei keys`, and handed on as it is
const storedKey = z.looseObject({
  jwk: z.looseObject({ kty: z.string() }),
  use: z.enum(['credential', 'service', 'webhook', 'proof', 'author', 'statistics']),
  state: z.enum(['active', 'next', 'retired', 'blocked']),
  person: z.string().optional(),
})
const AN_ORIGIN = 'an origin: scheme and host, no path, no slash at the end'
const origin = z.url(AN_ORIGIN).refine((url) => URL.canParse(url) && new URL(url).origin === url, AN_ORIGIN)
const apiBase = z
  .url({ protocol: /^https?$/ })
  .refine((url) => !/[?#]|\/$/.test(url), 'no slash, query or fragment at the end')
const json = <T extends z.ZodType>(schema: T) =>
  z
    .string()
    .transform((text, context) => {
      try {
        return JSON.parse(text) as unknown
      } catch {
        context.addIssue({ code: 'custom', message: 'not JSON' })
        return z.NEVER
      }
    })
    .pipe(schema)

/** Addresses that a reader of RFC 9116 can use; several have spaces between them. */
const contacts = z
  .string()
  .transform((text) => text.split(/\s+/).filter((one) => one !== ''))
  .pipe(
    z.array(
      z
        .string()
        .regex(
          /^(mailto:[^\s@]+@[^\s@]+|https:\/\/\S+|tel:\+[\d-]+)$/,
          'addresses with spaces between them, each mailto:…, https://… or tel:+…',
        ),
    ),
  )

/** One entry of a list of staff: an id as the marketplace writes it, or `claim=value`. */
function readEntry(entry: string): StaffEntry | undefined {
  const [name = '', value] = entry.split(/=(.*)/s)
  if (value === undefined) return /^[A-Za-z0-9._:~-]{1,128}$/.test(name) ? { worker: name } : undefined
  return /^[A-Za-z0-9_:/.-]{1,128}$/.test(name) && value.length > 0 && value.length <= 256
    ? { claim: name, value }
    : undefined
}

const staffList = z
  .string()
  .max(16_384)
  .transform((text, context) => {
    const entries = text.split(/[\s,]+/).filter((entry) => entry !== '')
    return entries.flatMap((entry, i) => {
      const read = readEntry(entry)
      if (read) return read
      context.addIssue({
        code: 'custom',
        message: `entry ${i + 1} is neither an id of the marketplace nor claim=value`,
      })
      return []
    })
  })

/** Each costs a hash at every launch. */
const MOST_ERASURE_SECRETS = 8
const erasureSecrets = z
  .string()
  .transform((text) => text.split(/\s+/).filter((one) => one !== ''))
  .pipe(z.array(z.string().min(43)).max(MOST_ERASURE_SECRETS))

/** The bucket's own address: below it everything is ours. */
const BUCKET =
  /^(https:\/\/[a-z0-9.-]+(:\d+)?|http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?)(\/[a-z0-9][a-z0-9.-]{2,62})?$/

const SIZES = { MB: 1e6, GB: 1e9 } as const
const size = z.string().transform((text, context) => {
  const [, count, unit] = /^([1-9]\d{0,5}) ?(MB|GB)$/.exec(text) ?? []
  if (unit) return Number(count) * SIZES[unit as keyof typeof SIZES]
  context.addIssue({ code: 'custom', message: 'a size such as 450MB or 9GB' })
  return z.NEVER
})

/** The environment of the service: variables and secrets. */
export const environment = z.object({
  KENTEI_ORIGIN: origin,
  KENTEI_ISSUER_NAME_JA: z.string().default('Kentei 検定センター'),
  KENTEI_ISSUER_NAME_EN: z.string().default('Kentei Certification Center'),
  /** JSON array of `StoredKey`, as `kentei keys` writes it. Secret. */
  KENTEI_KEYS: json(z.array(storedKey).min(1)),
  /** At least 32 random bytes, base64url. Secret. */
  KENTEI_SESSION_SECRET: z.string().min(43),
  /** The same, of its own: those who were erased are recognised by it. Earlier ones follow, with spaces between them. Secret. */
  KENTEI_ERASURE_SECRET: erasureSecrets.default([]),
  MARKETPLACE_ORIGIN: origin,
  MARKETPLACE_ISSUER: z.string().optional(),
  MARKETPLACE_JWKS_URL: z.url().optional(),
  /** Where its API is, if not at its origin: `https://api.market.example/kentei`, no slash at the end. */
  MARKETPLACE_API: apiBase.optional(),
  /** What it expects as `aud`, if not its origin. */
  MARKETPLACE_AUDIENCE: z.string().min(1).max(256).optional(),
  /** JSON array of `whsec_…` and `whpk_…`. Secret. */
  MARKETPLACE_WEBHOOK_KEYS: json(z.array(z.string().regex(/^wh(sec|pk)_/))),
  /** JSON: the marketplace's name, logo, colour, words and addresses on the plugin's pages. */
  MARKETPLACE_BRAND: json(brandSetting).optional(),
  /** Who may be an operator, separated by commas or spaces: ids in the marketplace (`opr_ada`), or `claim=value` of launch tokens. */
  KENTEI_OPERATORS: staffList.default([]),
  /** Who may be an author, in the same form; without it whoever the marketplace says. */
  KENTEI_AUTHORS: staffList.optional(),
  SUBSCRIBERS: json(
    z.array(z.object({ id: z.string().min(1), url: z.url(), secret: z.string().startsWith('whsec_').optional() })),
  ).optional(),
  /** `allowed`: exams whose questions and keys are public may be sat and certified, marked as a demonstration. On this machine alone they may in any case. */
  KENTEI_DEMO_BANK: z.literal('allowed').optional(),
  /** Where flaws are reported: `mailto:…`, `https://…` or `tel:+…`, the preferred one first. */
  KENTEI_SECURITY_CONTACT: contacts.default([]),
  /** Address of a bucket to which work of closed attempts goes: `https://…/bucket` or `https://bucket.…`. */
  KENTEI_ARCHIVE_S3: z.string().regex(BUCKET, 'the address of a bucket, https, no slash at the end').optional(),
  KENTEI_ARCHIVE_S3_REGION: z
    .string()
    .regex(/^[a-z0-9-]{1,40}$/)
    .default('auto'),
  /** Id and secret of the key by which it is written and read. Both secret. */
  KENTEI_ARCHIVE_S3_ID: z
    .string()
    .regex(/^[\w.-]{1,128}$/)
    .optional(),
  KENTEI_ARCHIVE_S3_SECRET: z.string().min(1).max(256).optional(),
  /** What the database should not outgrow. */
  KENTEI_DATABASE_LIMIT: size.optional(),
})
export type Environment = z.input<typeof environment>

const BUCKET_KEY = ['KENTEI_ARCHIVE_S3_ID', 'KENTEI_ARCHIVE_S3_SECRET'] as const
type OfBucket = 'KENTEI_ARCHIVE_S3' | (typeof BUCKET_KEY)[number]

/** Which settings of a bucket are missing, where some of them are there. */
export const missingOfBucket = (told: Readonly<Partial<Record<OfBucket, unknown>>>): readonly OfBucket[] => {
  const all = ['KENTEI_ARCHIVE_S3', ...BUCKET_KEY] as const
  const missing = all.filter((name) => told[name] === undefined)
  return missing.length === all.length ? [] : missing
}

/** Which field is wrong and what to do, in one line. */
function sayIssues({ issues }: z.ZodError): string {
  const said = issues.map(({ path, message }) => {
    const isMissing = path.length === 1 && message.endsWith('received undefined')
    return `${path.join('.')}: ${isMissing ? 'it is missing' : message.replace(/\s+/g, ' ')}`
  })
  return [...new Set(said)].join('; ')
}

/** Reads `MARKETPLACE_BRAND` alone. @throws an error of one line that says which field is wrong. */
export function readBrandSetting(MARKETPLACE_BRAND: string): Brand {
  const { success, data, error } = environment.pick({ MARKETPLACE_BRAND: true }).safeParse({ MARKETPLACE_BRAND })
  if (!success) throw new Error(sayIssues(error))
  return data.MARKETPLACE_BRAND ?? noBrand
}

const ofBucket = environment.pick({
  KENTEI_ARCHIVE_S3: true,
  KENTEI_ARCHIVE_S3_REGION: true,
  KENTEI_ARCHIVE_S3_ID: true,
  KENTEI_ARCHIVE_S3_SECRET: true,
})

/** @throws an error of one line that names what is missing. */
function bucketOf(e: z.output<typeof ofBucket>): BucketSettings | undefined {
  const missing = missingOfBucket(e)
  if (missing.length > 0) throw new Error(missing.map((name) => `${name}: it is missing`).join('; '))
  const { KENTEI_ARCHIVE_S3: url, KENTEI_ARCHIVE_S3_ID: keyId, KENTEI_ARCHIVE_S3_SECRET: secret } = e
  if (url === undefined || keyId === undefined || secret === undefined) return undefined
  return { url, region: e.KENTEI_ARCHIVE_S3_REGION, keyId, secret }
}

/** Reads the settings of a bucket alone; undefined where there is none. @throws as `readSettings` does. */
export function readBucketSettings(env: unknown): BucketSettings | undefined {
  const { success, data, error } = ofBucket.safeParse(env)
  if (!success) throw new Error(sayIssues(error))
  return bucketOf(data)
}

/** Reads the settings from an environment. @throws an error of one line that names each variable that is missing or wrong, without its value. */
export function readSettings(env: unknown): Settings {
  const { success, data: e, error } = environment.safeParse(env)
  if (!success) throw new Error(sayIssues(error))
  const archiveBucket = bucketOf(e)
  return {
    origin: e.KENTEI_ORIGIN,
    issuerName: { ja: e.KENTEI_ISSUER_NAME_JA, en: e.KENTEI_ISSUER_NAME_EN },
    keys: e.KENTEI_KEYS as readonly StoredKey[],
    sessionSecret: e.KENTEI_SESSION_SECRET,
    tombstoneSecrets: [...e.KENTEI_ERASURE_SECRET, e.KENTEI_SESSION_SECRET],
    marketplace: {
      origin: e.MARKETPLACE_ORIGIN,
      issuer: e.MARKETPLACE_ISSUER ?? e.MARKETPLACE_ORIGIN,
      api: e.MARKETPLACE_API ?? e.MARKETPLACE_ORIGIN,
      audience: e.MARKETPLACE_AUDIENCE ?? e.MARKETPLACE_ORIGIN,
      jwksUrl: e.MARKETPLACE_JWKS_URL ?? `${e.MARKETPLACE_ORIGIN}/.well-known/jwks.json`,
      webhookKeys: e.MARKETPLACE_WEBHOOK_KEYS,
      brand: e.MARKETPLACE_BRAND ?? noBrand,
    },
    subscribers: e.SUBSCRIBERS ?? [],
    securityContacts: e.KENTEI_SECURITY_CONTACT,
    demoBank: e.KENTEI_DEMO_BANK ?? 'refused',
    operators: e.KENTEI_OPERATORS,
    authors: e.KENTEI_AUTHORS,
    ...(archiveBucket ? { archiveBucket } : {}),
    ...(e.KENTEI_DATABASE_LIMIT === undefined ? {} : { databaseLimit: e.KENTEI_DATABASE_LIMIT }),
  }
}
