import { type Check, checkNames } from '@kentei/verify/parts'
import type { PropsWithChildren } from 'hono/jsx'
import { dayTimeText } from '../../platform/page/dates.ts'
import { Icon } from '../../platform/page/icon.tsx'
import { Chip } from '../../platform/page/state.tsx'
import { filesOf } from '../ui/share/embed-codes.ts'
import { CopyButton } from '../ui/share/profile-fields.tsx'
import type { CertificateView } from './certificate-view.ts'

/** What the commands are about. */
interface ProofAddresses {
  /** Address of the credential, without an ending. */
  readonly credential: string
  readonly key: string
  readonly list: string
  readonly index: number
}

/** Three commands with which anybody checks a credential: its document, its signature, its bit. They need curl, Node.js and Python 3. */
function proofCommands({ credential, key, list, index }: ProofAddresses): string {
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
const CheckYourself = ({ view, addresses }: { view: CertificateView; addresses: ProofAddresses }) => {
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

/** Members of the token's header; the page shows only tokens that we signed. */
function headerOf(jwt: string): { alg: string; kid: string } {
  const { alg = '?', kid = '?' } = JSON.parse(
    atob(jwt.slice(0, jwt.indexOf('.')).replaceAll('-', '+').replaceAll('_', '/')),
  ) as { alg?: string; kid?: string }
  return { alg, kid }
}

/** What a passed check says of this certificate. */
function figuresOf({ record, host, context }: CertificateView) {
  const at = (time: number) => dayTimeText(context.locale, time)
  return {
    bytes: record.jwt.length,
    algorithm: headerOf(record.jwt).alg,
    host,
    from: at(record.issuedAt),
    until: at(record.validUntil),
    list: record.statusList,
    index: record.statusIndex,
  }
}

const OutcomeIcon = ({ outcome }: { outcome: Check['outcome'] }) => {
  if (outcome === 'unknown') return <Icon name="question" small />
  return outcome === 'passed' ? <Icon name="check" tone="ok" small /> : <Icon name="cross" tone="bad" small />
}

const Checks = ({ view }: { view: CertificateView }) => {
  const { t, verification } = view
  const figures = figuresOf(view)
  return (
    <ol class="checks">
      {verification.checks.map(({ check, outcome, code }) => (
        <li>
          <OutcomeIcon outcome={outcome} />
          <span>
            <b>{t(`verify.checks.${check}.name`)}</b>
            <code>{check}</code>
          </span>
          <span>{code ? t(`reason.${code}`) : t(`verify.checks.${check}.passed`, figures)}</span>
        </li>
      ))}
      {checkNames.slice(verification.checks.length).map((check) => (
        <li>
          <Icon name="question" small />
          <span>
            <b>{t(`verify.checks.${check}.name`)}</b>
            <code>{check}</code>
          </span>
          <span>{t('proof.notRun')}</span>
        </li>
      ))}
    </ol>
  )
}

/** Name and value, one under the other on a narrow screen. */
const Fact = ({ name, children }: PropsWithChildren<{ name: string }>) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
)

/** The bytes of the status list around the entry. `revoked` are the revoked indices of the whole list. */
const StatusBytes = ({ view, revoked }: { view: CertificateView; revoked: readonly number[] }) => {
  const { t, record, host, url } = view
  const index = record.statusIndex
  const isRevoked = new Set(revoked)
  const first = Math.max(0, (index >> 3) - 1)
  const bytes = [first, first + 1, first + 2].filter((byte) => byte < 16_384)
  const listUrl = new URL(`/status/${record.statusList}`, url).href
  return (
    <section aria-labelledby="bits" class="stack s">
      <h3 id="bits">{t('verify.bits')}</h3>
      <div
        class="bits"
        role="img"
        aria-label={t('verify.bitsLabel', {
          from: first * 8,
          to: (bytes.at(-1) as number) * 8 + 7,
          index,
          bit: isRevoked.has(index) ? 1 : 0,
        })}
      >
        {bytes.map((byte) => (
          <span class="byte">
            <span class="row">
              {Array.from({ length: 8 }, (_, bit) => (
                <i class={byte * 8 + bit === index ? 'on' : undefined}>{isRevoked.has(byte * 8 + bit) ? 1 : 0}</i>
              ))}
            </span>
            <small>
              {t('verify.byteLabel', { byte })}
              {byte === index >> 3 && <b>{t('verify.position', { bit: (index & 7) + 1, index })}</b>}
            </small>
          </span>
        ))}
      </div>
      <dl class="kv">
        <Fact name={t('proof.list')}>
          <a href={listUrl} class="mono">
            {listUrl}
          </a>
        </Fact>
        <Fact name={t('proof.bit')}>
          <code>{t('proof.bitValue', { index, bit: isRevoked.has(index) ? 1 : 0 })}</code>
        </Fact>
      </dl>
      <p class="tiny">
        {t.parts('verify.bitsText', {
          list: (
            <span class="mono">
              {host}/status/{record.statusList}
            </span>
          ),
        })}
      </p>
    </section>
  )
}

/** Where the named key is published by itself. */
const keyAddress = (view: CertificateView): string =>
  new URL(`/keys/${headerOf(view.record.jwt).kid.split('#')[1] ?? ''}`, view.url).href

const KeyFacts = ({ view }: { view: CertificateView }) => {
  const { t, record, host, url } = view
  const { alg, kid } = headerOf(record.jwt)
  return (
    <section aria-labelledby="key" class="stack s">
      <h3 id="key">{t('verify.key')}</h3>
      <dl class="kv">
        <Fact name={t('proof.issuer')}>
          <code>{kid.split('#')[0]}</code>
        </Fact>
        <Fact name={t('verify.keyField.kid')}>
          <code>{kid}</code>
        </Fact>
        <Fact name={t('verify.keyField.algorithm')}>
          <code>{alg}</code>
          {alg === 'ES256' ? ' (P-256)' : ''}
        </Fact>
        <Fact name={t('proof.keyItself')}>
          <a class="mono" href={keyAddress(view)}>
            {keyAddress(view).replace(/^https?:\/\//, '')}
          </a>
        </Fact>
        <Fact name={t('verify.keyField.publicKey')}>
          <a class="mono" href={new URL('/.well-known/did.json', url).href}>
            {host}/.well-known/did.json
          </a>
        </Fact>
        <Fact name={t('verify.keyField.number')}>
          <code>{record.id}</code>
        </Fact>
        <Fact name={t('verify.keyField.subject')}>
          <code>{record.subject}</code>
        </Fact>
      </dl>
    </section>
  )
}

const TokenText = ({ view }: { view: CertificateView }) => {
  const { t, record } = view
  const [header, payload, signature] = record.jwt.split('.')
  return (
    <section aria-labelledby="token-heading" class="stack s">
      <div class="card-head">
        <h3 id="token-heading">{t('verify.token')}</h3>
        <span class="btns">
          <CopyButton of="token" copy={t('verify.copy')} copied={t('verify.copied')} what={t('verify.token')} />
          {filesOf(view).map(({ form, href }) => (
            <a class="btn ghost xs" href={href} download>
              .{form}
            </a>
          ))}
        </span>
      </div>
      <pre class="token" id="token" tabindex={0} role="region" aria-label={t('verify.tokenLabel')}>
        <span class="h">{header}</span>
        <i>.</i>
        {payload}
        <i>.</i>
        <span class="s">{signature}</span>
      </pre>
      <p class="tiny">{t('verify.tokenText')}</p>
    </section>
  )
}

/** Everything an expert may want to see, behind one line that already says how it came out. */
export const ExpertChecks = ({ view, revoked }: { view: CertificateView; revoked: readonly number[] }) => {
  const { t, verification } = view
  const passedCount = verification.checks.filter(({ outcome }) => outcome === 'passed').length
  const isAll = passedCount === checkNames.length
  return (
    <details class="card flush expert">
      <summary>
        <Icon name="shield" />
        <span class="sumt">
          <h2>{t('verify.details')}</h2>
          <Chip tone={isAll ? 'ok' : undefined} icon={isAll ? 'check' : 'info'}>
            {isAll
              ? t('verify.allPassed', { count: checkNames.length })
              : t('verify.notAllPassed', { passed: passedCount, count: checkNames.length })}
          </Chip>
        </span>
        <Icon name="right" />
      </summary>
      <div class="in2">
        <Checks view={view} />
        <StatusBytes view={view} revoked={revoked} />
        <KeyFacts view={view} />
        <TokenText view={view} />
        <CheckYourself
          view={view}
          addresses={{
            credential: view.url,
            key: keyAddress(view),
            list: new URL(`/status/${view.record.statusList}`, view.url).href,
            index: view.record.statusIndex,
          }}
        />
      </div>
    </details>
  )
}
