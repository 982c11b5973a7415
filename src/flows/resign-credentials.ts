import { recordChangeStatement } from '../credential/history/store.ts'
import { type KeyRing, signingKey } from '../credential/keys.ts'
import { credentialUrl } from '../credential/open-badge.ts'
import { contentSignedBy, digestOf, signAnew, signContent, tokenHeaders } from '../credential/sign-credential.ts'
import { credentialsSignedBy, resignStatement } from '../credential/signatures/store.ts'
import type { CredentialRow } from '../credential/tables.ts'
import { isUniqueViolation, type Statement } from '../world/database.ts'
import { type Budget, noLimit, type World } from '../world/world.ts'
import { keyRingOf } from './key-ring.ts'
import { notifyStatements } from './notify-marketplace.ts'
import { type Situation, signalCredential, situationsOf } from './plan-status-change.ts'

const AT_ONCE = 50
/** Statements that one credential with those that follow it asks at most. */
const MOST_PER_LINE = 40

export interface Resigned {
  readonly resigned: number
  /** Credentials whose stored token is not what was issued: nothing of them is signed. */
  readonly refused: readonly string[]
}

/**
 * Signs anew what a blocked key had signed: whoever passed keeps the certificate, number, dates and state. What counts is
 * the record, never a token from outside, so that nothing a thief signed comes back. Safe to run anywhere, again and again;
 * without a blocked key it asks nothing.
 */
export async function resignCredentials(world: World, budget: Budget = noLimit): Promise<Resigned> {
  const ring = await keyRingOf(world)
  const headers = ring.keys
    .filter(({ use, state }) => use === 'credential' && state === 'blocked')
    .flatMap(tokenHeaders)
  if (headers.length === 0 || budget.left() < MOST_PER_LINE || !signingKey(ring, 'credential'))
    return { resigned: 0, refused: [] }
  let resigned = 0
  const refused: string[] = []
  for (const header of headers) {
    for await (const { id, worker } of signedBy(world, header)) {
      if (budget.left() < MOST_PER_LINE) return { resigned, refused }
      const done = await resignLine(world, ring, { id, worker, headers })
      if (done === 'refused') refused.push(id)
      else resigned += done
    }
  }
  return { resigned, refused }
}

async function* signedBy(world: World, header: string): AsyncGenerator<CredentialRow> {
  let after: CredentialRow | undefined
  do {
    const page = await credentialsSignedBy(world.db, header, { after, limit: AT_ONCE })
    yield* page
    after = page.length < AT_ONCE ? undefined : page.at(-1)
  } while (after)
}

interface Start {
  readonly id: CredentialRow['id']
  readonly worker: string
  /** Of the tokens that blocked keys signed. */
  readonly headers: readonly string[]
}

/**
 * One credential, and those that follow it: a renewal or a correction holds the digest of the token before it, whoever
 * signed it. All in one batch with the news. Whoever changed one of them first goes first: the next sweep comes back.
 */
async function resignLine(world: World, ring: KeyRing, { id, worker, headers }: Start): Promise<number | 'refused'> {
  const situations = await situationsOf(world, worker)
  const start = situations.find(({ credential }) => credential.id === id)
  // somebody signed it anew, or erased its holder, since the page was read
  if (!start || !headers.some((header) => start.credential.jwt.startsWith(`${header}.`))) return 0
  const anew = new Map<string, CredentialRow>()
  for (const credential of lineFrom(start.credential, situations)) {
    const jwt = await signOne(world, ring, { credential, before: anew.get(credential.predecessor ?? '') })
    if (jwt !== undefined) anew.set(credential.id, { ...credential, jwt, version: credential.version + 1 })
    else if (credential.id === id) return 'refused'
  }
  const statements = situations.flatMap(({ credential: read }) => {
    const changed = anew.get(read.id)
    return changed ? resignStatements(world, { read, changed, situations }) : []
  })
  try {
    await world.db.batch(statements as [Statement, ...Statement[]])
    return anew.size
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    return 0
  }
}

/** A credential and all that follow it, each after the one before it. */
const lineFrom = (first: CredentialRow, all: readonly Situation[]): CredentialRow[] => [
  first,
  ...all
    .filter(({ credential }) => credential.predecessor === first.id)
    .flatMap(({ credential }) => lineFrom(credential, all)),
]

interface Link {
  readonly credential: CredentialRow
  /** The one before it, signed anew. */
  readonly before: CredentialRow | undefined
}

/** The new token; undefined when the stored one is not of this credential, this subject and a key of ours. */
async function signOne({ settings }: World, ring: KeyRing, { credential, before }: Link): Promise<string | undefined> {
  const { id, subject, jwt } = credential
  const content = await contentSignedBy(jwt, ring)
  if (!content || content.jti !== credentialUrl(settings.origin, id) || content.sub !== subject) return undefined
  if (!before) return signAnew(jwt, ring)
  return signContent(
    {
      ...content,
      relatedResource: [
        { id: `${credentialUrl(settings.origin, before.id)}.jwt`, digestSRI: await digestOf(before.jwt) },
      ],
    },
    ring,
  )
}

interface Signing {
  readonly read: CredentialRow
  readonly changed: CredentialRow
  readonly situations: readonly Situation[]
}

function resignStatements(world: World, { read, changed, situations }: Signing): Statement[] {
  const { id, status, version } = changed
  const entry = {
    credential: id,
    version,
    at: world.now(),
    change: 'resigned',
    from: status,
    to: status,
    cause: 'key-blocked',
  } as const
  const bearer = signalCredential(situations, changed)
  const news = {
    credential: changed,
    type: 'credential.resigned',
    version,
    signalCredential: bearer?.id === id ? changed : bearer,
    more: {},
  } as const
  return [
    recordChangeStatement(world.db, entry),
    resignStatement(world.db, read, changed.jwt),
    ...notifyStatements(world, news),
  ]
}
