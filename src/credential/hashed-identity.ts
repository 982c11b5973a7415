/** A salted hash of an e-mail address; tells nothing to who does not already know the address. */
export interface HashedIdentity {
  /** `sha256$` and 64 hexadecimal digits. */
  readonly hash: string
  /** 32 hexadecimal digits: 128 random bits. */
  readonly salt: string
}

/** Hashes an address, in lower case, with a salt of its own. Source: Open Badges 3.0, B.1.14 IdentityObject, B.2.3 IdentityHash. */
export async function hashIdentity(address: string, salt: string): Promise<HashedIdentity> {
  const digest = new Uint8Array(
    await crypto.subtle.digest('SHA-256', new TextEncoder().encode(address.trim().toLowerCase() + salt)),
  )
  return { hash: `sha256$${Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')}`, salt }
}

/** The IdentityObject of a badge's subject. */
export const identityObject = ({ hash, salt }: HashedIdentity) => ({
  type: 'IdentityObject',
  hashed: true,
  identityHash: hash,
  identityType: 'emailAddress',
  salt,
})
