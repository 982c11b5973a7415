import { Chapter, Code, Example, GuideTable } from './guide-parts.tsx'

/** From nothing to a badge in the listing. */
export const QuickstartChapter = () => (
  <Chapter id="quickstart" title="In ten minutes">
    <p>
      The repository holds Kentei and a reference marketplace that knows it by this contract alone. Start both, then run the script beside them: it sends a person over, lets somebody pass, verifies
      the badge, reads what the marketplace was told, and shows a suspension going through.
    </p>
    <Code label="Start the pair">
      {'npm ci && npm start                                      # Kentei on :8787, the marketplace on :8788\nbash src/docs/examples/quickstart.sh            # in another terminal'}
    </Code>
    <Example name="quickstart.sh" title="The script" open />
    <p>
      Then read the pages: the marketplace’s first page leads through the same story, <a href="/docs">every call</a> is described, and its own calls are at <code>/openapi.json</code> of the
      marketplace.
    </p>
  </Chapter>
)

/** What a marketplace has to build. */
export const DutiesChapter = () => (
  <Chapter id="build" title="What you build">
    <p>Kentei sends evidence, never a rank: weights and explanations stay yours. Serve these calls; all but the first four may come later.</p>
    <GuideTable
      caption="Calls that a marketplace serves"
      columns={['call', 'scope', 'what it does']}
      rows={[
        [<code>GET /v1/workers/{'{worker}'}/standing</code>, <code>standing:read</code>, 'Tells good, restricted or suspended. Nothing is shown of a suspended worker.'],
        [
          <code>
            PUT /v1/workers/{'{worker}'}/badges/{'{credential}'}
          </code>,
          <code>badges:write</code>,
          'Shows a badge on the profile, once it has verified by Kentei’s JWKS.',
        ],
        [
          <code>
            PUT /v1/workers/{'{worker}'}/ranking-signals/{'{exam}'}
          </code>,
          <code>signals:write</code>,
          'What the certificate is worth beside reviews. It ends by itself at validUntil.',
        ],
        [
          <code>
            DELETE /v1/workers/{'{worker}'}/ranking-signals/{'{exam}'}
          </code>,
          <code>signals:write</code>,
          'Takes it away. Keep the version: a late, older PUT must not bring it back.',
        ],
        [<code>PUT /v1/contracts/{'{contract}'}/skill-context</code>, <code>contracts:write</code>, 'Freezes which certificate stood when the contract was made. The first one stays.'],
        [<code>GET /v1/escrow/contracts?worker=&state=released&after=</code>, <code>escrow:read</code>, 'Paid work with distinct clients; clients under opaque names, amounts in ranges.'],
        [<code>GET /v1/reviews/aggregates?worker=</code>, <code>reviews:read</code>, 'Revealed reviews on the five axes; hidden answers only as an aggregate of five or more.'],
        [<code>POST /v1/moderation/cases</code>, <code>moderation:write</code>, 'Suspected cheating. An operator decides; you announce the decision.'],
        [<code>GET /v1/moderation/cases/{'{case}'}</code>, <code>moderation:write</code>, 'The case, its decision, its appeal, and whether that is final.'],
      ]}
    />
    <ul>
      <li>
        Every write carries an <code>Idempotency-Key</code> (a quoted string): the same request gets the same answer for 24 h, another one under the key 422, one in flight 409.
      </li>
      <li>
        Every state carries a <code>version</code>: apply it when it is higher than yours, and answer an older or equal one with 200 all the same.
      </li>
      <li>Times are RFC 3339 in UTC with milliseconds; ids are opaque.</li>
    </ul>
  </Chapter>
)

/** Tokens and keys. */
export const TrustChapter = () => (
  <Chapter id="trust" title="Trust">
    <p>
      One mechanism both ways: a JWT of at most five minutes and one use, which the caller signs with a key that it publishes at <code>/.well-known/jwks.json</code>. No secret is shared. ES256 by
      default; RS256 and Ed25519 are taken from a marketplace too.
    </p>
    <GuideTable
      caption="Tokens"
      columns={['token', 'typ', 'claims']}
      rows={[
        ['launch: you → browser → Kentei', <code>launch+jwt</code>, <code>iss aud iat exp jti sub role name locale exam? timeMultiplier? returnUrl?</code>],
        ['service: either side', <code>service+jwt</code>, <code>iss aud iat exp jti scope</code>],
      ]}
    />
    <p>
      <code>sub</code> is your pairwise id of the worker: the same for ever, and not an e-mail address. <code>returnUrl</code> must lie on your own origin.
    </p>
    <p>
      <strong>Staff.</strong> You propose operators, Kentei decides: <code>role: operator</code> is taken only of people whom its <code>KENTEI_OPERATORS</code> names, by their <code>sub</code> or by a
      claim of the launch token (<code>entitlements=kentei-operator</code>); of everybody else the launch is refused with <code>not-listed</code>, which says how to set the list. What changes the
      rights of others needs a launch of the last 15 minutes (<code>launch-too-old</code>), so keep the way to it short. A launch in a browser in which somebody else is signed in asks that person
      first; a launch of the same person always goes through.
    </p>
    <p>
      Verify in this order: size, <code>typ</code>, <code>alg</code> from a closed list, the key by its exact <code>kid</code>, the signature, <code>iss</code>, <code>aud</code>, the times, at most
      300 s between <code>iat</code> and <code>exp</code>, the <code>jti</code> against those used, the scope. Believe nothing else of the header.
    </p>
    <p>
      <strong>Rotation.</strong> Publish the next key before you sign with it, and keep the old one published until the last thing it signed has ended. On an unknown <code>kid</code> fetch the key set
      again, at most once in ten seconds.
    </p>
    <Example name="tokens.mjs" title="Making both tokens" />
  </Chapter>
)
