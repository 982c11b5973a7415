import { createHash, createHmac } from 'node:crypto'
import { expect, it } from 'vitest'
import { instant } from '../../src/kernel/instant.ts'
import { openBucket } from '../../src/platform/bucket.ts'

// What is signed of a call to a bucket, reckoned here from the description of AWS Signature Version 4.

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest()

const NOTHING = sha256('')

/** The signature of a canonical request, which stands there line by line. */
function signatureOf(
  canonical: readonly string[],
  { secret, region, at }: { secret: string; region: string; at: string },
) {
  const day = at.slice(0, 8)
  const key = [day, region, 's3', 'aws4_request'].reduce<string | Buffer>(hmac, `AWS4${secret}`)
  const lines = ['AWS4-HMAC-SHA256', at, `${day}/${region}/s3/aws4_request`, sha256(canonical.join('\n'))]
  return hmac(key, lines.join('\n')).toString('hex')
}

it('the signature here is the one that AWS publishes of a list', () => {
  const canonical = [
    'GET',
    '/',
    'max-keys=2&prefix=J',
    'host:examplebucket.s3.amazonaws.com',
    `x-amz-content-sha256:${NOTHING}`,
    'x-amz-date:20130524T000000Z',
    '',
    'host;x-amz-content-sha256;x-amz-date',
    NOTHING,
  ]
  const secret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'
  expect(signatureOf(canonical, { secret, region: 'us-east-1', at: '20130524T000000Z' })).toBe(
    '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7',
  )
})

const ID = 'att_0000000000000000000000ab'
const of = { secret: 'a/secret+of/the/bucket', region: 'eu-test-1', at: '20261129T090807Z' }

interface Sent {
  readonly method: string
  readonly url: string
  readonly headers: Headers
}

/** A bucket that has one answer, and what was sent to it. */
function bucketAt(url: string, answer: () => Response) {
  const sent: Sent[] = []
  const fetch = async (asked: string, { method, headers }: RequestInit) => {
    sent.push({ method: method ?? '', url: asked, headers: new Headers(headers) })
    return answer()
  }
  const { region, secret } = of
  const now = () => instant(Date.parse('2026-11-29T09:08:07.654Z'))
  return { bucket: openBucket({ url, region, secret, keyId: 'AKIDTEST' }, { fetch, now }), sent }
}

const listed = (keys: readonly string[]) => () =>
  new Response(`<ListBucketResult>${keys.map((key) => `<Key>${key}</Key>`).join('')}</ListBucketResult>`)

/** Canonical request of what was sent with no body, where `path` and `query` are written out by hand. */
const canonicalOf = (method: string, host: string, path: string, query: string) => [
  method,
  path,
  query,
  `host:${host}`,
  `x-amz-content-sha256:${NOTHING}`,
  `x-amz-date:${of.at}`,
  '',
  'host;x-amz-content-sha256;x-amz-date',
  NOTHING,
]

const authorizationOf = (canonical: readonly string[]) =>
  `AWS4-HMAC-SHA256 Credential=AKIDTEST/20261129/eu-test-1/s3/aws4_request, SignedHeaders=host;x-amz-content-sha256;x-amz-date, Signature=${signatureOf(canonical, of)}`

it.each([
  // as the clients of S3 that everybody has: no slash behind the bucket
  ['https://s3.example/archive', 's3.example', '/archive'],
  ['https://archive.s3.example', 'archive.s3.example', '/'],
  ['http://127.0.0.1:9000/archive', '127.0.0.1:9000', '/archive'],
])('a list of %s is signed over its sorted query, slashes of names encoded', async (url, host, path) => {
  const { bucket, sent } = bucketAt(url, listed([`ab/${ID}.0123.gz`]))
  await bucket.removeOf(ID)
  const [list, removal] = sent
  const query = `list-type=2&max-keys=1000&prefix=ab%2F${ID}.`
  expect(new URL(list?.url ?? '')).toMatchObject({ host, pathname: path, search: `?${query}` })
  expect(list?.headers.get('authorization')).toBe(authorizationOf(canonicalOf('GET', host, path, query)))
  const key = `${path === '/' ? '' : path}/ab/${ID}.0123.gz`
  expect([removal?.method, new URL(removal?.url ?? '').pathname]).toEqual(['DELETE', key])
  expect(removal?.headers.get('authorization')).toBe(authorizationOf(canonicalOf('DELETE', host, key, '')))
})

it('the page after a full one is asked for behind its last name', async () => {
  const full = Array.from({ length: 1_000 }, (_, nth) => `ab/att_${String(nth).padStart(22, '0')}ab.01.gz`)
  const pages = [listed(full), listed([])]
  const { bucket, sent } = bucketAt('https://s3.example/archive', () => (pages.shift() as () => Response)())
  const lengths: number[] = []
  for await (const names of bucket.attempts('ab')) lengths.push(names.length)
  expect(lengths).toEqual([1_000, 0])
  const query = `list-type=2&max-keys=1000&prefix=ab%2F&start-after=${encodeURIComponent(full.at(-1) ?? '')}`
  expect(new URL(sent[1]?.url ?? '').search).toBe(`?${query}`)
  expect(sent[1]?.headers.get('authorization')).toBe(
    authorizationOf(canonicalOf('GET', 's3.example', '/archive', query)),
  )
})
