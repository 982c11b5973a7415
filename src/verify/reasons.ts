/** The steps of a verification, in their order. */
export const checkNames = [
  'format',
  'algorithm',
  'key',
  'signature',
  'claims',
  'issuer',
  'record',
  'validity-period',
  'revocation',
  'suspension',
] as const
export type CheckName = (typeof checkNames)[number]

/** Why a step was not passed: stable codes with the step they belong to and a sentence for people. */
export const reasons = {
  'too-large': ['format', 'The document is larger than 32 KB.'],
  'not-compact': ['format', 'The document is not three base64url parts joined by dots.'],
  'not-canonical': [
    'format',
    'A part is not canonical base64url: padding, line breaks, or bits that decode to nothing.',
  ],
  'header-not-json': ['format', 'The header is not a JSON object in UTF-8.'],
  'payload-not-json': ['format', 'The content is not a JSON object in UTF-8.'],
  'header-members': ['format', 'The header has members other than alg, kid and typ.'],
  'header-repeats': ['format', 'The header names a member twice.'],
  'payload-repeats': [
    'format',
    'The content names a member twice, so that two readers could believe different things.',
  ],
  'payload-too-deep': ['format', 'The content is nested deeper than 64 levels.'],
  'header-critical': ['format', 'The header demands an extension that is not supported (crit).'],
  'header-brings-key': [
    'key',
    'The header brings or points to its own key (jwk, jku, x5u, x5c), which proves nothing.',
  ],
  'type-refused': ['algorithm', 'The token is of another type than JWT and vc+jwt.'],
  'algorithm-refused': ['algorithm', 'The algorithm is neither ES256 nor RS256.'],
  'algorithm-mismatch': ['algorithm', 'The algorithm is not the one of the key.'],
  'key-missing': ['key', 'The header names no key (kid).'],
  'key-unknown': ['key', 'The issuer does not publish the named key.'],
  'key-blocked': ['key', 'The key was blocked by its issuer.'],
  'issuer-refused': ['key', 'The issuer is not a did:web name of a public https host.'],
  'issuer-untrusted': ['key', 'The issuer is not one of those that are trusted here.'],
  'issuer-not-asked': ['key', 'The keys of the issuer were not asked for: too many others had to be called at once.'],
  'issuer-unreachable': ['key', 'The keys of the issuer could not be read now.'],
  'signature-wrong': ['signature', 'The signature does not fit the content.'],
  'old-envelope': ['claims', 'The content wraps its credential in a vc or vp claim.'],
  'not-a-badge': ['claims', 'The content is not an Open Badges 3.0 credential.'],
  'id-differs': ['claims', 'jti is not the id of the credential.'],
  'subject-differs': ['claims', 'sub is not the id of the subject.'],
  'start-differs': ['claims', 'nbf is not the start of validity.'],
  'end-differs': ['claims', 'exp is not the end of validity.'],
  'status-malformed': ['claims', 'credentialStatus is not one Bitstring Status List entry.'],
  'issuer-differs': ['issuer', 'The owner of the key, iss and issuer.id are not the same.'],
  'differs-from-record': ['record', 'The issuer says that this is not what it issued.'],
  'not-yet-valid': ['validity-period', 'The validity has not begun yet.'],
  'past-its-end': ['validity-period', 'The validity has ended.'],
  'list-unreadable': ['revocation', 'The status list could not be read, so the status is not known.'],
  'list-not-asked': [
    'revocation',
    'The status list was not asked for, so the status is not known: too many others had to be called at once.',
  ],
  'list-refused': ['revocation', 'The status list is not a valid one of this issuer, so the status is not known.'],
  'list-too-large': ['revocation', 'The status list inflates past 1 MB, so the status is not known.'],
  'list-too-short': ['revocation', 'The status list has fewer than 131,072 entries, so the status is not known.'],
  'list-issuer-differs': ['revocation', 'The status list is of another issuer, so the status is not known.'],
  'list-purpose-differs': ['revocation', 'The status list is for another purpose, so the status is not known.'],
  'list-expired': ['revocation', 'The status list has ended, so the status is not known.'],
  'list-not-yet-valid': ['revocation', 'The status list has not begun yet, so the status is not known.'],
  'index-out-of-range': ['revocation', 'The status list has no such entry, so the status is not known.'],
  'not-on-record': ['revocation', 'The issuer has no record of this credential, so the status is not known.'],
  'is-revoked': ['revocation', 'The issuer revoked this credential.'],
  'suspension-unknown': ['suspension', 'The issuer could not be asked for suspensions.'],
  'is-suspended': ['suspension', 'The issuer suspended this credential for the time being.'],
} as const satisfies Record<string, readonly [CheckName, string]>

export type Reason = keyof typeof reasons

/** Reasons for which the issuer's keys or the status cannot be known now, rather than being wrong. */
const unknowables = [
  'issuer-not-asked',
  'issuer-unreachable',
  'list-not-asked',
  'list-unreadable',
  'list-refused',
  'list-too-large',
  'list-too-short',
  'list-issuer-differs',
  'list-purpose-differs',
  'list-expired',
  'list-not-yet-valid',
  'index-out-of-range',
  'not-on-record',
  'suspension-unknown',
] as const satisfies readonly Reason[]

export const unknowable: ReadonlySet<Reason> = new Set(unknowables)

/** Why the status of a credential cannot be known. */
export type StatusUnknown = Exclude<(typeof unknowables)[number], `issuer-${string}`>
