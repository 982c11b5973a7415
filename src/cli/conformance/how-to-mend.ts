/** One sentence for each check, by its id. */
export const howToMend: Readonly<Record<string, string>> = {
  'keys.published': 'Serve {"keys": [public JWKs]} as JSON at /.well-known/jwks.json, each key with a kid of its own.',
  'keys.no-private':
    'Publish kty, kid, alg, use and the public members only, and replace the keys that were shown: they are known now.',
  'token.accepted':
    'Fetch the key set of the plugin’s origin, find the key by the kid of the header, and take tokens whose iss is that origin and whose aud is yours.',
  'token.missing': 'Answer a call without a Bearer token with 401 before anything else is looked at.',
  'token.expired': 'Compare exp with the present time, give or take a minute, and refuse what is over.',
  'token.audience': 'Compare aud with your own origin, character by character.',
  'token.issuer': 'Compare iss with the plugin’s origin that you configured.',
  'token.type': 'Require typ service+jwt in the header: a launch token is no key to the API.',
  'token.lifetime': 'Refuse a token whose exp lies more than 300 s after its iat.',
  'token.future': 'Refuse a token whose iat lies in the future by more than a minute.',
  'token.signature':
    'Verify the ES256 signature with the published key of that kid; decoding a token verifies nothing.',
  'token.key-unknown':
    'Refuse a kid that stands in no published key set, after fetching the set once more; do not fall back to another key.',
  'token.none': 'Allow ES256 alone, by a list of yours: never the alg that the token names, and never none.',
  'token.hs256': 'Allow ES256 alone, by a list of yours: a public key must never be used as a shared secret.',
  'token.scope': 'Look for the scope of the call among the words of the scope claim, and answer 403 without it.',
  'token.replayed':
    'Keep every jti until its token has expired, in a table with a unique key, and refuse it the second time.',
  'standing.shape':
    'Answer {"status": "good" | "restricted" | "suspended", "version": n}; the version grows by one with every change.',
  'standing.unknown-worker': 'Answer 404 for a worker whom you do not know, so that the plugin stops trying.',
  'badge.accepted':
    'Verify the credential by the plugin’s key set, and answer 2xx; see “Verifying a badge” in the guide.',
  'badge.shown': 'Show a badge on the profile as soon as it was taken.',
  'badge.suspended': 'Let a higher version change the status that is shown.',
  'badge.tampered': 'Verify the signature over the token as it came, and answer 422 when it does not fit.',
  'badge.foreign': 'Take credentials of the plugin’s own did:web alone, however well another issuer’s verifies.',
  'badge.malformed':
    'Check that every field is there and of its form before anything is stored, and answer 422 with issues.',
  'badge.unknown-worker': 'Answer 404 for a worker whom you do not know, so that the plugin stops trying.',
  'badge.older':
    'Write only where the version that comes is higher than the one you keep, in one statement, and answer 200 all the same.',
  'badge.equal': 'Write only where the version that comes is higher, not equal, and answer 200 all the same.',
  'badge.replayed': 'Keep the answer under its Idempotency-Key for 24 h, and give the same status and body again.',
  'badge.other-payload':
    'Keep a fingerprint of method, path and body with the key, and answer 422 when another request comes under it.',
  'signal.accepted': 'Take {priorMean, equivalentReviews, validUntil, version, explanation} and answer 2xx.',
  'signal.bounds':
    'Refuse a priorMean outside 0…0.5 and equivalentReviews that are not above 0 and at most 100 with 422, whoever sends them.',
  'signal.counted': 'Let a signal count while an active badge of its exam stands behind it.',
  'signal.past': 'Let a signal end by itself at its validUntil, also when nobody calls.',
  'signal.withdrawn': 'Read {"version": n} in the body of the DELETE, and take the signal away when n is higher.',
  'signal.not-revived':
    'Keep the version of a withdrawal, as a tombstone: a row that is gone cannot tell an older PUT.',
  'signal.old-withdrawal': 'Compare the version in the body of a DELETE too, and leave a newer signal alone.',
  'contract.frozen': 'Take {"credential": id} for a contract whose money is in, and answer 2xx.',
  'contract.same-again': 'Answer the same credential again with 2xx and the first frozenAt.',
  'contract.first-wins':
    'Store the first credential under a unique key of the contract, and answer another one with 409.',
  'contract.unknown': 'Answer 404 for a contract that you do not know.',
  'escrow.shape':
    'Answer {"contracts": [...], "next": cursor or null}; exam, releasedAt and amountBucket may be null, but not missing.',
  'escrow.worker':
    'Filter by worker and by released money in the query, and give an empty list for a worker whom you do not know.',
  'escrow.cursor': 'Order by something unique, begin after the cursor, and give next: null on the last page.',
  'escrow.buckets': 'Give amountBucket as a range such as "10000-29999" and leave exact amounts out of the answer.',
  'escrow.clients': 'Give each client one opaque name that stays the same, for example a keyed hash of the id.',
  'review.shape':
    'Answer {"worker", "revealed": {"count", "clients", "axes"}, "hidden", "version"}; axes has all five, or is null while there is no review.',
  'review.hidden': 'Tell hidden answers only as an aggregate of five or more, and null before that.',
  'case.opened': 'Take the report, put it before a person, and answer 201 {"case": id}.',
  'case.replayed': 'Open one case per Idempotency-Key, and answer a repetition with the case that there is.',
  'case.other-payload':
    'Keep a fingerprint of the request with the key, and answer 422 when another one comes under it.',
  'case.read':
    'Answer {"case", "subject", "status", "decision": null, "appeal": null, "final": false, "version"} until a person has decided.',
  'case.unknown': 'Answer 404 for a case that you do not know.',
  'case.decided':
    'Send moderation.case_decided with the case’s id when a person decides, and show the decision in GET /v1/moderation/cases/{case} from then on.',
  'launch.signature': 'Sign with a key of your key set and set typ launch+jwt and kid in the header.',
  'launch.claims':
    'Set iss to your origin, aud to the plugin’s, sub to the worker’s id, role, name and a random jti; returnUrl must be a page of yours.',
  'launch.lifetime':
    'Make the token when the person presses the button, with an exp of at most 300 s after iat, by a clock that NTP keeps.',
  'launch.single-use': 'Draw a fresh jti for every launch.',
  'worker.suspended':
    'The sandbox keeps a suspended worker of this name for trying; ask its operators to seed it again.',
  'worker.flaky': 'The sandbox fails two of three calls about this worker; ask its operators to seed it again.',
  'worker.slow': 'The sandbox answers about this worker after three seconds; ask its operators to seed it again.',
  'webhook.arrives':
    'POST worker.standing_changed to /webhooks/marketplace of the plugin’s origin whenever a standing changes.',
  'webhook.signature':
    'Sign webhook-id, webhook-timestamp and the raw body, joined by dots, as Standard Webhooks say, with the key that was named; the timestamp is whole seconds.',
  'webhook.envelope':
    'Send {"id", "type", "timestamp", "data"} with ids and a version in data and nothing else, and the same id in the header webhook-id.',
  'webhook.retried':
    'Store the event before it is sent, and send the same bytes under the same id again until a 2xx comes; sign them afresh.',
  'webhook.retry-after': 'Do not send again before the seconds, or the date, in Retry-After have passed.',
  'webhook.order': 'Send the events of one worker one after another; versions make up for it where you do not.',
  'rotation.announced':
    'Take any key of the published set, not only the first: the next one is announced before it signs.',
  'rotation.new': 'Fetch the key set again when a kid is unknown, at most once in ten seconds.',
  'answer.problems':
    'Answer every refusal as application/problem+json with title, status (the HTTP status) and a stable code.',
  'answer.rate-limits': 'Send RateLimit-Policy, RateLimit and Retry-After with every 429.',
}

/** A call that is not served, or a worker who is not there, looks like a failure of whatever is tried on it. */
const NOTHING_THERE =
  'A 404 here means that the call is not served, or that the worker is not known: name one of yours with --worker.'

/** What whoever builds the marketplace does about a check that failed. */
export const mendingOf = ({ id, came }: { readonly id: string; readonly came: string }): string =>
  `${id !== 'answer.problems' && /\b404 /.test(came) ? `${NOTHING_THERE} ` : ''}${howToMend[id] ?? ''}`
