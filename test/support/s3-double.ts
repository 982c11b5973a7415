import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

// A bucket on the loopback that speaks what we use of S3: it reckons each signature by itself, from the protocol's description.

const sha256 = (of: string | Buffer) => createHash('sha256').update(of).digest('hex')
const hmac = (key: string | Buffer, of: string) => createHmac('sha256', key).update(of).digest()
const written = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`)

/** What a call ends with instead of what it asked for. */
export type S3Fault =
  | 'refused'
  /** It took effect, and the answer says that it did not. */
  | 'refused-late'
  | 'silent'
  /** The connection ends in the middle of what was asked for. */
  | 'truncated'
  | 'garbled'
  /** Success that it did not mean. */
  | 'forgotten'

export interface S3Call {
  readonly method: string
  readonly key: string
}

const SKEW_MS = 900_000
const MOST_LISTED = 1_000
const NAME = 'kentei-archive'

export class S3Double {
  readonly objects = new Map<string, Buffer>()
  readonly calls: S3Call[] = []
  /** Signatures that were wrong, by why. */
  readonly denied: string[] = []
  /** Which fault a call meets. */
  fault: (call: S3Call) => S3Fault | undefined = () => undefined
  readonly settings: { readonly url: string; readonly region: string; readonly keyId: string; readonly secret: string }
  readonly #server = createServer((request, response) => void this.#take(request, response))
  readonly #now: () => number

  private constructor(now: () => number, secret: string) {
    this.#now = now
    this.settings = { url: '', region: 'eu-test-1', keyId: 'AKIDTEST', secret }
  }

  /** As variables of the environment. */
  get environment() {
    const { url, region, keyId, secret } = this.settings
    return {
      KENTEI_ARCHIVE_S3: url,
      KENTEI_ARCHIVE_S3_REGION: region,
      KENTEI_ARCHIVE_S3_ID: keyId,
      KENTEI_ARCHIVE_S3_SECRET: secret,
    }
  }

  static async open(now: () => number = Date.now, secret = 'a/secret+of/the/bucket'): Promise<S3Double> {
    const double = new S3Double(now, secret)
    await new Promise<void>((resolve) => double.#server.listen(0, '127.0.0.1', resolve))
    const { port } = double.#server.address() as AddressInfo
    Object.assign(double.settings, { url: `http://127.0.0.1:${port}/${NAME}` })
    return double
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  /** Why a request is not signed by who knows the secret; undefined where it is. */
  #wrong({ method = '', headers, url = '' }: IncomingMessage, body: Buffer): string | undefined {
    const asked = new URL(url, 'http://here')
    const parts = /^AWS4-HMAC-SHA256 Credential=([^,]+), SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/.exec(
      headers.authorization ?? '',
    )
    if (!parts) return 'AccessDenied'
    const [, credential = '', signed = '', signature = ''] = parts
    const [keyId, day = '', region = '', service = ''] = credential.split('/')
    if (keyId !== this.settings.keyId || region !== this.settings.region || service !== 's3')
      return 'InvalidAccessKeyId'
    const date = String(headers['x-amz-date'])
    const [, y, mo, d, h, mi, s] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(date) ?? []
    if (Math.abs(Date.parse(`${y}-${mo}-${d}T${h}:${mi}:${s}Z`) - this.#now()) > SKEW_MS) return 'RequestTimeTooSkewed'
    const digest = String(headers['x-amz-content-sha256'])
    if (digest !== sha256(body)) return 'XAmzContentSHA256Mismatch'
    for (const needed of ['host', 'x-amz-date', 'x-amz-content-sha256'])
      if (!signed.split(';').includes(needed)) return 'AccessDenied'
    const canonical = [
      method,
      // some servers cut off a slash at the end before they look at what was signed
      asked.pathname
        .replace(/(?<=.)\/$/, '')
        .split('/')
        .map((one) => written(decodeURIComponent(one)))
        .join('/'),
      [...asked.searchParams]
        .map(([name, value]) => `${written(name)}=${written(value)}`)
        .sort()
        .join('&'),
      ...signed.split(';').map((name) => `${name}:${String(headers[name]).trim()}`),
      '',
      signed,
      digest,
    ].join('\n')
    const scope = `${day}/${region}/s3/aws4_request`
    const key = ['s3', 'aws4_request'].reduce(
      (made, part) => hmac(made, part),
      hmac(hmac(`AWS4${this.settings.secret}`, day), region),
    )
    const expected = hmac(key, ['AWS4-HMAC-SHA256', date, scope, sha256(canonical)].join('\n'))
    return timingSafeEqual(expected, Buffer.from(signature, 'hex')) ? undefined : 'SignatureDoesNotMatch'
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const body = Buffer.concat(chunks)
    const asked = new URL(request.url ?? '', 'http://here')
    const call = { method: request.method ?? '', key: asked.pathname.slice(NAME.length + 2) }
    this.calls.push(call)
    const refuse = (status: number, code: string) =>
      response.writeHead(status, { 'content-type': 'application/xml' }).end(`<Error><Code>${code}</Code></Error>`)
    if (!`${asked.pathname}/`.startsWith(`/${NAME}/`)) return void refuse(404, 'NoSuchBucket')
    const wrong = this.#wrong(request, body)
    if (wrong) {
      this.denied.push(wrong)
      return void refuse(403, wrong)
    }
    const fault = this.fault(call)
    if (fault === 'silent') return
    if (fault === 'refused') return void refuse(500, 'InternalError')
    if (call.method === 'PUT' && fault !== 'forgotten') this.objects.set(call.key, body)
    if (call.method === 'DELETE' && fault !== 'forgotten') this.objects.delete(call.key)
    if (fault === 'refused-late') return void refuse(503, 'SlowDown')
    if (call.method !== 'GET') return void response.writeHead(call.method === 'PUT' ? 200 : 204).end()
    if (call.key === '') return void response.writeHead(200).end(this.#list(asked.searchParams))
    const object = fault === 'forgotten' ? undefined : this.objects.get(call.key)
    if (!object) return void refuse(404, 'NoSuchKey')
    if (fault === 'truncated') {
      response.writeHead(200, { 'content-length': object.length })
      return void response.write(object.subarray(0, object.length / 2), () => response.destroy())
    }
    const answered = Buffer.from(object)
    if (fault === 'garbled') answered[answered.length - 20] = (answered[answered.length - 20] as number) ^ 1
    response.writeHead(200, { 'content-length': answered.length }).end(answered)
  }

  #list(query: URLSearchParams): string {
    const [prefix, after] = [query.get('prefix') ?? '', query.get('start-after') ?? '']
    const most = Math.min(MOST_LISTED, Number(query.get('max-keys') ?? MOST_LISTED))
    const keys = [...this.objects.keys()].filter((key) => key.startsWith(prefix) && key > after).sort()
    const listed = keys.slice(0, most).map((key) => `<Contents><Key>${key}</Key><Size>1</Size></Contents>`)
    return `<?xml version="1.0"?><ListBucketResult><Name>${NAME}</Name><IsTruncated>${keys.length > most}</IsTruncated>${listed.join('')}</ListBucketResult>`
  }
}
