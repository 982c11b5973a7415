import { AwsV4Signer } from 'aws4fetch'
import { seconds } from '../kernel/instant.ts'
import type { BucketSettings } from '../world/settings.ts'
import type { Answer, Archive, World } from '../world/world.ts'
import { readAnswer, readBounded } from './http/read-bounded.ts'
import { ArchiveDown } from './log-line.ts'

/** What a file may have: the work of an attempt has some kilobytes. */
const MOST_BYTES = 8_388_608
/** Of a list of a thousand names, and of a refusal. */
const MOST_ANSWER_BYTES = 2_097_152
/** Names that one answer lists. */
const PAGE = 1_000
const TIMEOUT = seconds(10)

const MANUAL = 'src/docs/en/records.md#archive'

const hex = (bytes: ArrayBuffer) =>
  Array.from(new Uint8Array(bytes), (one) => one.toString(16).padStart(2, '0')).join('')

const attemptOf = (name: string): string => name.split('.', 1)[0] ?? ''
const nameOf = (key: string): string => key.slice(key.lastIndexOf('/') + 1)

interface Asked {
  readonly method: 'GET' | 'PUT' | 'DELETE'
  readonly key: string
  readonly query?: Readonly<Record<string, string>>
  readonly body?: Uint8Array<ArrayBuffer>
}

/** Why it was refused, as S3 names it: a word, and nothing else of what came. */
async function refusalOf(answer: Answer): Promise<string> {
  const text = await readAnswer(answer, MOST_ANSWER_BYTES).catch(() => undefined)
  return /<Code>([A-Za-z]{1,40})<\/Code>/.exec(text ?? '')?.[1] ?? ''
}

const down = (what: string) => new ArchiveDown(`the archive ${what.trim()} (${MANUAL})`)

/** Does what asks the network. @throws an `ArchiveDown` where that does not answer to its end. */
async function reaching<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw error instanceof ArchiveDown ? error : down('did not answer')
  }
}

/**
 * An archive in a bucket, under the names that a folder has: what was in one may be copied into the other. Each call is tried
 * once: whoever archives comes again, and so does whoever reads. @throws an `ArchiveDown` where the bucket does not do it.
 */
export function openBucket(
  { url, region, keyId, secret }: BucketSettings,
  { fetch, now }: Pick<World, 'fetch' | 'now'>,
): Archive {
  const keyOf = (name: string) => `${attemptOf(name).slice(-2)}/${name}.gz`

  const ask = async ({ method, key, query = {}, body }: Asked): Promise<Answer> => {
    // the bucket itself is asked as every client of S3 does: a slash behind it is part of what is signed, which some servers cut off
    const asked = new URL(key === '' ? url : `${url}/${key}`)
    for (const [name, value] of Object.entries(query)) asked.searchParams.set(name, value)
    const digest = hex(await crypto.subtle.digest('SHA-256', body ?? new Uint8Array()))
    const signed = await new AwsV4Signer({
      method,
      url: asked.href,
      // the bucket takes nothing else for what we sent
      headers: { 'x-amz-content-sha256': digest },
      accessKeyId: keyId,
      secretAccessKey: secret,
      service: 's3',
      region,
      datetime: new Date(now()).toISOString().replace(/[:-]|\.\d{3}/g, ''),
    }).sign()
    // it is no redirect that we were told of
    const init = { method, headers: signed.headers, redirect: 'manual' as const, ...(body ? { body } : {}) }
    return fetch(signed.url.href, init, TIMEOUT)
  }

  const refuse = async (answer: Answer, why?: string) =>
    down(`answered ${answer.status} ${why ?? (await refusalOf(answer))}`)

  /** Keys that begin so, a page at a time. */
  async function* keysOf(prefix: string): AsyncIterable<readonly string[]> {
    let after: string | undefined
    do {
      const query = {
        'list-type': '2',
        'max-keys': String(PAGE),
        // what is empty is left out of the signature by some servers
        ...(prefix ? { prefix } : {}),
        ...(after ? { 'start-after': after } : {}),
      }
      const keys = await reaching(async () => {
        const answer = await ask({ method: 'GET', key: '', query })
        if (answer.status !== 200) throw await refuse(answer)
        const text = await readAnswer(answer, MOST_ANSWER_BYTES)
        if (!text?.includes('ListBucketResult')) throw down('answered with no list')
        // names of ours have nothing that XML writes otherwise
        return Array.from(text.matchAll(/<Key>([^<&]*)<\/Key>/g), ([, key = '']) => key)
      })
      yield keys
      // a page that is not full is the last, and one that does not go on would be asked for without end
      after = keys.length < PAGE || (after !== undefined && (keys.at(-1) ?? '') <= after) ? undefined : keys.at(-1)
    } while (after !== undefined)
  }

  const removeKey = (key: string) =>
    reaching(async () => {
      const answer = await ask({ method: 'DELETE', key })
      if (!answer.ok && answer.status !== 404) throw await refuse(answer)
      await answer.body?.cancel()
    })

  return {
    put: (name, bytes) =>
      reaching(async () => {
        const answer = await ask({ method: 'PUT', key: keyOf(name), body: bytes })
        if (!answer.ok) throw await refuse(answer)
        await answer.body?.cancel()
      }),
    get: (name) =>
      reaching(async () => {
        const answer = await ask({ method: 'GET', key: keyOf(name) })
        const why = answer.status === 200 ? '' : await refusalOf(answer)
        if (answer.status === 404 && why !== 'NoSuchBucket') return undefined
        if (answer.status !== 200) throw await refuse(answer, why)
        const bytes = answer.body ? await readBounded(answer.body, MOST_BYTES) : new Uint8Array()
        if (bytes === 'too-long') throw down('answered with more than was ever put there')
        return bytes
      }),
    remove: (name) => removeKey(keyOf(name)),
    removeOf: async (attempt) => {
      for await (const keys of keysOf(`${attempt.slice(-2)}/${attempt}.`)) for (const key of keys) await removeKey(key)
    },
    async *attempts(ending) {
      for await (const keys of keysOf(ending === undefined ? '' : `${ending}/`))
        yield [...new Set(keys.map((key) => attemptOf(nameOf(key))))]
    },
  }
}
