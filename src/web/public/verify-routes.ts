import { takeTurns, type Verification } from '@kentei/verify/parts'
import { Hono } from 'hono'
import { cors } from 'hono/cors'
import { verifyCredential } from '../../contract/kentei/credentials.ts'
import type { Issue } from '../../kernel/problem.ts'
import { fail, ok, type Result } from '../../kernel/result.ts'
import { parseBody, parseTyped } from '../../platform/http/parse-input.ts'
import { allowancePerCaller } from '../rate-limit.ts'
import { type PublicContext, type PublicEnv, refuse } from './public-response.ts'

const [QUOTE, BACKSLASH, COMMA, COLON] = [0x22, 0x5c, 0x2c, 0x3a]
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d]
const [SPACE, TAB, LINE_FEED, RETURN] = [0x20, 0x09, 0x0a, 0x0d]
/** More than any batch may hold. */
const ENOUGH = 1_001
/** No token is longer, written with escapes too; nor needs a batch as much besides its texts. Both are bounds of what is done in one go. */
const MOST_BYTES = 262_144

const utf8 = new TextDecoder()

/** Where something in a body is not what a batch has there. */
class Misplaced extends Error {
  readonly issue: Issue
  constructor(issue: Issue) {
    super(issue.message)
    this.issue = issue
  }
}

const misplaced = (path: string, message: string) => new Misplaced({ path, message })
const noJson = () => misplaced('', 'the body is not JSON')

/** Walks over the bytes of a JSON text. */
class Walk {
  at = 0
  /** Bytes that may still be passed over. */
  spare = MOST_BYTES
  readonly bytes: Uint8Array
  constructor(bytes: Uint8Array) {
    this.bytes = bytes
  }

  /** The next byte that is no space. */
  next(): number | undefined {
    for (;;) {
      const sign = this.bytes[this.at]
      if (sign !== SPACE && sign !== TAB && sign !== LINE_FEED && sign !== RETURN) return sign
      this.pass(1)
    }
  }

  pass(bytes: number): void {
    this.at += bytes
    this.spare -= bytes
    if (this.spare < 0) throw misplaced('', `holds more than ${MOST_BYTES} bytes besides its credentials`)
  }

  /** Steps over one sign, if it comes next. */
  steps(sign: number): boolean {
    if (this.next() !== sign) return false
    this.at += 1
    return true
  }

  expect(sign: number): void {
    if (!this.steps(sign)) throw noJson()
  }

  /** The bytes of the text that comes next, with its quotes. */
  text(): Uint8Array {
    const begin = this.at
    this.expect(QUOTE)
    for (
      let end = this.bytes.indexOf(QUOTE, this.at);
      end !== -1 && end - begin <= MOST_BYTES;
      end = this.bytes.indexOf(QUOTE, end + 1)
    ) {
      let escapes = 0
      while (this.bytes[end - 1 - escapes] === BACKSLASH) escapes += 1
      this.at = end + 1
      if (escapes % 2 === 0) return this.bytes.subarray(begin, this.at)
    }
    throw misplaced('', `holds a text that does not end within ${MOST_BYTES} bytes`)
  }

  readText(): string {
    this.next()
    const text = this.text()
    try {
      return JSON.parse(utf8.decode(text)) as string
    } catch {
      throw noJson()
    }
  }

  /** Steps over a value of whatever form; that nothing else is open at its end is all that is asked of it. */
  skip(): void {
    let depth = 0
    do {
      const sign = this.next()
      if (sign === undefined) throw noJson()
      if (sign === QUOTE) this.spare -= this.text().length
      else {
        if (sign === OPEN_LIST || sign === OPEN_OBJECT) depth += 1
        if (sign === CLOSE_LIST || sign === CLOSE_OBJECT) depth -= 1
        this.pass(1)
      }
    } while (depth > 0 || ![COMMA, CLOSE_OBJECT, undefined].includes(this.next()))
  }
}

async function readList(walk: Walk): Promise<string[]> {
  const turn = takeTurns()
  const texts: string[] = []
  if (!walk.steps(OPEN_LIST)) throw misplaced('credentials', 'expected a list of texts')
  if (walk.steps(CLOSE_LIST)) return texts
  do {
    if (walk.next() !== QUOTE) throw misplaced(`credentials.${texts.length}`, 'expected a text')
    const text = walk.readText()
    texts.push(text)
    await turn(text.length)
    if (texts.length >= ENOUGH) throw misplaced('credentials', `expected at most ${ENOUGH - 1}`)
  } while (walk.steps(COMMA))
  walk.expect(CLOSE_LIST)
  return texts
}

async function readMembers(walk: Walk): Promise<string[] | undefined> {
  let credentials: string[] | undefined
  walk.expect(OPEN_OBJECT)
  if (walk.steps(CLOSE_OBJECT)) return credentials
  do {
    const name = walk.readText()
    walk.expect(COLON)
    if (name === 'credentials') credentials = await readList(walk)
    else walk.skip()
  } while (walk.steps(COMMA))
  walk.expect(CLOSE_OBJECT)
  return credentials
}

/**
 * The texts of a body `{"credentials": […]}`, read text by text with turns for others in between: one call of `JSON.parse`
 * would hold everybody up for as long as twenty megabytes take. What else the body holds is passed over.
 */
export async function readBatch(bytes: Uint8Array): Promise<Result<readonly string[]>> {
  const walk = new Walk(bytes)
  try {
    const credentials = await readMembers(walk)
    if (walk.next() !== undefined) throw noJson()
    if (!credentials?.length) throw misplaced('credentials', 'expected a list of at least one text')
    return ok(credentials)
  } catch (error) {
    if (error instanceof Misplaced) return fail({ code: 'malformed', issues: [error.issue] })
    throw error
  }
}

/** Credentials that a caller may have verified in a minute, in whatever batches. */
const PER_MINUTE = 60_000

const written = ({ verdict, checks, credential }: Verification) => ({ verdict, checks, credential })

/** Anybody may ask about any credential, from any web page. */
export function verifyRoutes(): Hono<PublicEnv> {
  const take = allowancePerCaller({ name: 'verifications', perMinute: PER_MINUTE })
  /** Takes verifications from the caller's allowance; a refusal may be read from any web page too. */
  const refusalOf = async (c: PublicContext, tokens: number): Promise<Response | undefined> => {
    const { headers, refused } = await take(c as never, tokens)
    for (const [header, value] of Object.entries(headers))
      (refused ? refused.headers : c.res.headers).set(header, value)
    refused?.headers.set('access-control-allow-origin', '*')
    return refused
  }
  return new Hono<PublicEnv>()
    .use(
      '/api/credentials/verify/*',
      cors({
        origin: '*',
        allowMethods: ['POST'],
        allowHeaders: ['content-type'],
        exposeHeaders: ['RateLimit', 'RateLimit-Policy', 'Retry-After'],
        maxAge: 86_400,
      }),
    )
    .post('/api/credentials/verify', async (c) => {
      const request = parseBody(verifyCredential.body, await c.req.text(), parseTyped)
      if (!request.ok) return refuse(request.problem)
      const refused = await refusalOf(c, 1)
      return (
        refused ??
        c.json(written(await c.var.trust.verifier.verify(request.value.credential, c.var.world.now())), 200, {
          'cache-control': 'no-store',
        })
      )
    })
    .post('/api/credentials/verify/batch', async (c) => {
      const batch = await readBatch(new Uint8Array(await c.req.arrayBuffer()))
      if (!batch.ok) return refuse(batch.problem)
      const credentials = batch.value
      const refused = await refusalOf(c, credentials.length)
      return (
        refused ??
        c.json({ results: (await c.var.trust.verifier.verifyAll(credentials, c.var.world.now())).map(written) }, 200, {
          'cache-control': 'no-store',
        })
      )
    })
}
