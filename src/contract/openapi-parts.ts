import type { AnswerHeader, Security } from './call.ts'

/** What documents of all services name by reference. */

const text = (description: string, example: string) => ({ description, schema: { type: 'string' }, example })

/** Headers of answers. */
export const headers: Readonly<
  Record<AnswerHeader | 'Retry-After' | 'RateLimit' | 'RateLimit-Policy' | 'WWW-Authenticate', object>
> = {
  'Retry-After': {
    description: 'Seconds after which to try again',
    schema: { type: 'integer', minimum: 0 },
    example: 5,
  },
  'RateLimit-Policy': text('What a caller may ask in a time: q in w seconds', '"requests";q=60000;w=60'),
  RateLimit: text('What is left of it: r, for t seconds', '"requests";r=59999;t=42'),
  'WWW-Authenticate': text('How to show who asks', 'Bearer'),
  'Cache-Control': text('How long the answer may be kept', 'public, max-age=300'),
  ETag: text('Tells this state of the document from any other', '"Yj2kR8"'),
  'Content-Disposition': text('A file name, where ?download asks for one', 'attachment; filename="badge.png"'),
  Link: text('Related addresses (RFC 8288)', '<https://kentei.example/oembed?url=…>; rel="alternate"'),
  Location: text('Where to go on', '/exams/business-admin?lang=en'),
  'Set-Cookie': text('The session of the browser', '__Host-kentei=…; Path=/; Secure; HttpOnly; SameSite=Lax'),
  'X-Total-Count': { description: 'How many there are in all', schema: { type: 'integer' }, example: 3 },
}

const inHeader = (name: string, description: string, schema: object, example: string, required = true) => ({
  name,
  in: 'header',
  required,
  description,
  schema,
  example,
})

/** Parameters of requests that stand in their head. */
export const parameters = {
  'Idempotency-Key': inHeader(
    'Idempotency-Key',
    'A quoted string. The same request under the same key acts once and gets the same answer, for 24 hours',
    { type: 'string', pattern: '^"[\\x20\\x21\\x23-\\x5B\\x5D-\\x7E]{1,255}"$' },
    '"6f1c2a9e"',
    false,
  ),
  'If-None-Match': inHeader('If-None-Match', 'The ETag of what the caller has', { type: 'string' }, '"Yj2kR8"', false),
  'webhook-id': inHeader('webhook-id', 'The id of the event', { type: 'string', maxLength: 128 }, 'evt_01J9'),
  'webhook-timestamp': inHeader(
    'webhook-timestamp',
    'When this try was signed, in seconds since 1970; at most 300 s from now',
    { type: 'string', pattern: '^\\d{1,12}$' },
    '1764039600',
  ),
  'webhook-signature': inHeader(
    'webhook-signature',
    'Signatures of Standard Webhooks over the raw body, v1 or v1a, with spaces between',
    { type: 'string', maxLength: 4_096 },
    'v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=',
  ),
} as const

export const signedHeaders = ['webhook-id', 'webhook-timestamp', 'webhook-signature'] as const

/** How callers show who they are. */
export const securitySchemes = (session: string, cookie: string | undefined) => ({
  session: { type: 'http', scheme: 'bearer', description: session },
  ...(cookie ? { cookie: { type: 'apiKey', in: 'cookie', name: cookie, description: 'The same in a browser' } } : {}),
  service: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: 'service+jwt of at most 5 minutes, single use, signed with a key that the caller publishes',
  },
  webhook: {
    type: 'apiKey',
    in: 'header',
    name: 'webhook-signature',
    description: 'Standard Webhooks: webhook-id, webhook-timestamp, webhook-signature',
  },
})

/** Which of them a call takes: any one that is listed. */
export const schemesOf: Readonly<Record<Security, readonly ('session' | 'cookie' | 'service' | 'webhook')[]>> = {
  none: [],
  session: ['session', 'cookie'],
  service: ['service'],
  either: ['session', 'cookie', 'service'],
  webhook: ['webhook'],
}

/** The smallest PNG, for pictures. */
export const PNG =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
