import { Chapter, Example, GuideTable } from './guide-parts.tsx'

/** Verifying a badge, in five languages. */
export const VerifyChapter = () => (
  <Chapter id="verify" title="Verifying a badge">
    <p>
      A badge is an Open Badges 3.0 credential in one JWS, at <code>/credentials/{'{id}'}.jwt</code>. Anybody verifies it without asking Kentei, but for suspensions, which pass and therefore stand in
      no list. The quick way is <code>POST /api/credentials/verify {'{credential}'}</code>; the independent way is this:
    </p>
    <ol>
      <li>
        <code>alg</code> is ES256 and <code>typ</code> is <code>vc+jwt</code>; the key is the published one with exactly this <code>kid</code>, and the signature fits.
      </li>
      <li>
        <code>iss</code> is the <code>did:web</code> of the issuer you trust, and <code>kid</code> begins with it.
      </li>
      <li>
        <code>nbf</code> and <code>exp</code> hold, give or take 60 s.
      </li>
      <li>
        The status list of <code>credentialStatus</code> is the issuer’s, verifies in the same way, and its bit at <code>statusListIndex</code> is 0: base64url after the prefix <code>u</code>, gzip,
        bit 0 leftmost.
      </li>
      <li>The issuer, asked for the live state, does not say suspended.</li>
    </ol>
    <GuideTable
      caption="What the programs print"
      columns={['word', 'meaning']}
      rows={[
        ['valid', 'All of it holds. Exit code 0; for every other word 1.'],
        ['expired', 'It was good once.'],
        ['suspended', 'Not to be relied on now; it may come back.'],
        ['revoked', 'Taken back for good.'],
        ['unknown', 'The list or the issuer cannot be read. Never show it as valid.'],
        ['invalid', 'It was changed, or is not of this issuer.'],
      ]}
    />
    <Example name="verify.mjs" title="JavaScript" open />
    <Example name="verify.py" title="Python" />
    <Example name="verify.go" title="Go" />
    <Example name="Verify.java" title="Java" />
    <Example name="verify.rb" title="Ruby" />
    <p>
      Many at once go to <code>POST /api/credentials/verify/batch {'{credentials: […]}'}</code>: up to 1,000 tokens in a body of at most 1 MB (20 MB with a service token whose scope is{' '}
      <code>credentials:read</code>), answered in order as <code>{'{results: […]}'}</code>. Each counts towards 60,000 verifications per minute and caller. A batch makes at most 24 calls to other
      issuers and their lists; whatever would take more is <code>unknown</code> (<code>issuer-not-asked</code>, <code>list-not-asked</code>).
    </p>
    <p>
      In JavaScript the package <code>@kentei/verify</code> does all of this in Node, Workers, Deno and browsers, and keeps what it may; <code>npm run build</code> lays it out in{' '}
      <code>dist/verify</code>.
    </p>
    <p>
      Keep keys and lists between calls: keys for minutes, a list for its <code>ttl</code>. A badge whose issuer uses RS256 wants the same steps with an RSA key.
    </p>
  </Chapter>
)
