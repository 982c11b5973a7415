const bytesOf = (text: string) => new TextEncoder().encode(text)

/** What is kept of an erased person, so that their id is not taken up again: a keyed hash of it, 43 characters. Ids can be guessed, so the key is no part of the database. */
async function tombstoneOf(worker: string, secret: string): Promise<string> {
  const key = await crypto.subtle.importKey('raw', bytesOf(secret), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
  const hash = new Uint8Array(await crypto.subtle.sign('HMAC', key, bytesOf(`kentei-tombstone/1 ${worker}`)))
  return btoa(String.fromCharCode(...hash))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '')
}

/** The tombstones that a person may have, one for each secret: the first is the one that an erasure leaves now, the others were left under earlier secrets. */
export const tombstonesOf = (worker: string, secrets: readonly string[]): Promise<string[]> =>
  Promise.all(secrets.map((secret) => tombstoneOf(worker, secret)))
