import { CopyButton } from '../ui/share/profile-fields.tsx'
import type { CertificateView } from './certificate-view.ts'

/** What the commands are about. */
export interface ProofAddresses {
  /** Address of the credential, without an ending. */
  readonly credential: string
  readonly key: string
  readonly list: string
  readonly index: number
}

/** Three commands with which anybody checks a credential: its document, its signature, its bit. They need curl, Node.js and Python 3. */
export function proofCommands({ credential, key, list, index }: ProofAddresses): string {
  const verify = [
    `fetch("${key}").then(r=>r.json()).then(key=>{`,
    'const [h,p,s]=require("fs").readFileSync("badge.jwt","utf8").split(".");',
    'console.log(require("crypto").verify("sha256",h+"."+p,{key,format:"jwk",dsaEncoding:"ieee-p1363"},Buffer.from(s,"base64url")))})',
  ].join('')
  const bit = [
    'import sys,json,base64,gzip;d=lambda t:base64.urlsafe_b64decode(t+"==");',
    'v=json.loads(d(sys.stdin.read().split(".")[1]));b=gzip.decompress(d(v["credentialSubject"]["encodedList"][1:]));',
    `print(b[${index}>>3]>>(7-${index}%8)&1)`,
  ].join('')
  return [
    `curl -sS ${credential}.jwt -o badge.jwt`,
    `node -e '${verify}'`,
    `curl -sS ${list} | python3 -c '${bit}'`,
  ].join('\n')
}

/** How to check the certificate without this page. */
export const CheckYourself = ({ view, addresses }: { view: CertificateView; addresses: ProofAddresses }) => {
  const { t } = view
  return (
    <section aria-labelledby="self" class="stack s">
      <div class="card-head">
        <h3 id="self">{t('proof.self')}</h3>
        <CopyButton of="commands" copy={t('verify.copy')} copied={t('verify.copied')} what={t('proof.commands')} />
      </div>
      <p class="small">{t('proof.selfText')}</p>
      <pre class="token" id="commands" tabindex={0} role="region" aria-label={t('proof.commands')}>
        {proofCommands(addresses)}
      </pre>
      <p class="tiny">
        {t('proof.selfEnd')} <a href="/docs/integrate#verify">{t('proof.guide')}</a>
      </p>
    </section>
  )
}
