/** Everything that is written down in the log of acts. The part before the dot is what the act is about. */
export const ACTS = [
  'launch.taken',
  'launch.refused',
  'session.ended',
  'key.read',
  'exam.deployed',
  'exam.handed-in',
  'exam.approved',
  'exam.returned',
  'exam.withdrawn',
  'exam.rolled-back',
  'item.leaked',
  'attempt.extended',
  'attempt.read',
  'attempt.voided',
  'attempts.exported',
  'process.read',
  'accommodation.set',
  'credential.held',
  'credential.suspended',
  'credential.reinstated',
  'credential.revoked',
  'credential.expired',
  'case.opened',
  'concern.settled',
  'keys.changed',
  'worker.erased',
  'reconcile.started',
  'service.restored',
  'delivery.replayed',
  'log.read',
] as const
export type Act = (typeof ACTS)[number]

/** Who acts where no person does: the service by itself, the marketplace, whoever has the machine's own disk, or nobody that is known. */
export const MACHINES = ['kentei', 'marketplace', 'machine', 'unknown'] as const
export type Machine = (typeof MACHINES)[number]

/** A person by their id at the marketplace. */
export interface Person {
  readonly person: string
}

/** A person who acts. */
export interface Actor extends Person {
  /** The session in which staff act: the entry is refused, and with it all that it is written with, once that has ended. */
  readonly under?: string
}

/** What there is to say of an act besides who, what, about whom and when. It may name people, and is sealed with their key. */
export interface Details {
  /** Id of the thing: an attempt, a certificate, an exam, a message, a key. */
  readonly object?: string
  readonly why?: string
  readonly facts?: Readonly<Record<string, string | number>>
}

/** An act as the flow that does it tells it. */
export interface ActNote extends Details {
  readonly act: Act
  readonly actor: Actor | Machine
  /** Whom it is about, where it is about a person. */
  readonly subject?: Person
}

/**
 * An entry as it is stored, and as it is hashed. `actor` is a word of `MACHINES` or a pseudonym, `subject` a pseudonym;
 * `details` is JSON, or the ciphertext of it under the key of the subject (without a subject: of the actor).
 */
export interface Entry {
  /** Position in the log; rises. */
  readonly seq: number
  readonly id: string
  /** Milliseconds since 1970. */
  readonly at: number
  readonly act: string
  readonly actor: string
  readonly subject: string | null
  readonly details: string
}

/** A kept secret of one person. Whoever destroys it leaves entries that nobody can read or tie to a person. */
export interface PersonKey {
  /** Stands in entries for the person; tells nothing of them. */
  readonly pseudonym: string
  /** 32 bytes, base64url. */
  readonly key: string
}

const bytesOf = (text: string) => new TextEncoder().encode(text)
export const toBase64url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '')
export const fromBase64url = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0))

/** SHA-256 of a text, base64url: 43 characters. */
export const digest = async (text: string): Promise<string> =>
  toBase64url(new Uint8Array(await crypto.subtle.digest('SHA-256', bytesOf(text))))

/** The key of somebody who has none yet. The pseudonym holds the person to it: it is nobody else's, whatever the table of keys says. @param secret 32 random bytes, base64url. */
export const newPersonKey = async (person: string, secret: string): Promise<PersonKey> => ({
  pseudonym: `psn_${(await digest(`kentei-audit-pseudonym/2 ${secret} ${person}`)).slice(0, 22)}`,
  key: secret,
})

const aesKey = (key: string, usage: 'encrypt' | 'decrypt') =>
  crypto.subtle.importKey('raw', fromBase64url(key), 'AES-GCM', false, [usage])

/** An entry's id is used once, so what follows from it is too: the nonce needs no randomness of its own. */
const gcm = async (id: string) => ({
  name: 'AES-GCM',
  iv: fromBase64url((await digest(`kentei-audit-nonce/1 ${id}`)).slice(0, 16)),
  additionalData: bytesOf(id),
})

/** What an entry stores of its details. Without a person's key they are about nobody and stay readable. */
export async function closeDetails(details: Details, id: string, key: string | undefined): Promise<string> {
  const plain = JSON.stringify(details)
  if (key === undefined) return plain
  return toBase64url(
    new Uint8Array(await crypto.subtle.encrypt(await gcm(id), await aesKey(key, 'encrypt'), bytesOf(plain))),
  )
}

/** The details of an entry; undefined where the key was destroyed, or where they are not what was written. */
export async function openDetails(
  { id, details }: Pick<Entry, 'id' | 'details'>,
  key: string | undefined,
): Promise<Details | undefined> {
  try {
    if (details.startsWith('{')) return JSON.parse(details) as Details
    if (key === undefined) return undefined
    const plain = await crypto.subtle.decrypt(await gcm(id), await aesKey(key, 'decrypt'), fromBase64url(details))
    return JSON.parse(new TextDecoder().decode(plain)) as Details
  } catch {
    return undefined
  }
}
