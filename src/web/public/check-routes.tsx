import { didOfOrigin } from '@kentei/verify/parts'
import { Hono } from 'hono'
import { type ImageProblem, readBadgeImage } from '../../credential/baked-badge.ts'
import { Icon } from '../../platform/page/icon.tsx'
import { Note } from '../../platform/page/state.tsx'
import { checkStyles } from '../assets.ts'
import { allowancePerCaller } from '../rate-limit.ts'
import { Checker } from '../ui/checker.tsx'
import { Page } from '../ui/page.tsx'
import type { PageContext } from '../ui/page-context.ts'
import { htmlResponse, publicPageContext } from './public-page.ts'
import type { PublicContext, PublicEnv } from './public-response.ts'

/** What is said where there is no certificate of ours to lead to. */
type Outcome =
  | { readonly is: 'empty' | 'unreadable' | 'differs' | 'unknown' | 'busy' | ImageProblem }
  /** It belongs to somebody else, who alone can say whether it stands. */
  | { readonly is: 'foreign'; readonly host: string }

const NUMBER = /^crd_[A-Za-z0-9_-]{1,64}$/
const ENDING = /\.(?:svg|png|jwt|json|vc\.json)$/

/** Whatever people paste along: full-width letters, blanks of all kinds, marks of direction, quotes around it. */
const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\s\p{Cf}]+/gu, '')
    .replace(/^[<"'「『(]+|[>"'」』)、。,]+$/g, '')

/** The number in an address of ours, in any of its forms; undefined for other pages. */
const numberIn = (path: string): string | undefined => {
  const [, id = ''] = /^\/(?:credentials|embed|api\/credentials)\/([^/]+)(?:\/[a-z.]+)?\/?$/.exec(path) ?? []
  const bare = id.replace(ENDING, '')
  return NUMBER.test(bare) ? bare : undefined
}

/** What somebody wrote: a number of ours, a signed document, or an address. */
function readAsked(asked: string, origin: string): { readonly id: string } | { readonly jwt: string } | Outcome {
  const text = plain(asked)
  if (text === '') return { is: 'empty' }
  const number = text.replace(/^crd_/i, 'crd_')
  if (NUMBER.test(number)) return { id: number }
  if (/^eyJ[\w-]+\.[\w-]+\.[\w-]+$/.test(text)) return { jwt: text }
  const address = /^https?:\/\//i.test(text) ? text : `https://${text}`
  if (!URL.canParse(address)) return { is: 'unreadable' }
  const { host, pathname } = new URL(address)
  if (host !== new URL(origin).host) return /[.:]/.test(host) ? { is: 'foreign', host } : { is: 'unreadable' }
  const id = numberIn(pathname)
  return id ? { id } : { is: 'unreadable' }
}

/** Who says that a token is theirs; nothing of it is believed. Undefined for a text that is no credential. */
function issuerOf(jwt: string): string | undefined {
  try {
    const base64 = (jwt.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/')
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
    const { iss } = JSON.parse(new TextDecoder().decode(bytes)) as { iss?: unknown }
    return typeof iss === 'string' && iss.length <= 300 ? iss : undefined
  } catch {
    return undefined
  }
}

/** The host of a DID or of an address; as it is written where it is neither. */
function hostOf(issuer: string): string {
  const web = /^did:web:([^:]+)/.exec(issuer)?.[1]
  if (web) return web.replaceAll(/%3A/gi, ':')
  return URL.canParse(issuer) ? new URL(issuer).host || issuer : issuer
}

/** Judges a signed document. One of somebody else's is not asked about: that is for them to say. */
async function judge(c: PublicContext, jwt: string): Promise<{ readonly id: string } | Outcome> {
  const { world, trust } = c.var
  const issuer = issuerOf(jwt)
  if (issuer === undefined) return { is: 'unreadable' }
  if (issuer !== didOfOrigin(world.settings.origin)) return { is: 'foreign', host: hostOf(issuer) }
  const { verdict, claims } = await trust.verifier.verify(jwt, world.now())
  if (verdict === 'invalid' || !claims) return { is: 'differs' }
  if (verdict === 'unknown') return { is: 'unknown' }
  const id = numberIn(new URL(claims.id).pathname)
  return id ? { id } : { is: 'differs' }
}

const tones = { differs: 'bad', foreign: 'wait', active: 'bad' } as const

const CheckPage = ({ context, outcome, asked }: { context: PageContext; outcome?: Outcome; asked?: string }) => {
  const { t } = context
  return (
    <Page context={context} title={t('check.title')} styles={checkStyles} tab="/check">
      <main id="main" class="wrap tight narrow">
        <section class="card" aria-labelledby="check">
          <h1 id="check">{t('check.title')}</h1>
          <p>{t('check.lead')}</p>
          {outcome && (
            <Note tone={tones[outcome.is as keyof typeof tones]} icon={outcome.is === 'foreign' ? 'info' : 'alert'}>
              <div role="alert" id="outcome">
                <p class="nt">
                  {outcome.is === 'foreign'
                    ? t('check.outcome.foreign', { host: outcome.host })
                    : t(`check.outcome.${outcome.is}`)}
                </p>
                <p>{t(`check.next.${outcome.is}`)}</p>
              </div>
            </Note>
          )}
          <Checker context={context} asked={asked} describedBy={outcome && 'outcome'} />
          <details class="more">
            <summary>
              <Icon name="info" small />
              {t('check.how')}
            </summary>
            <p class="small">{t('check.howText')}</p>
          </details>
        </section>
      </main>
    </Page>
  )
}

const PER_MINUTE = 60

/** Finds the certificate that somebody was shown, by its number, its address or its picture. Nothing of what is sent is kept. */
export function checkRoutes(): Hono<PublicEnv> {
  const take = allowancePerCaller({ name: 'checks', perMinute: PER_MINUTE })
  return new Hono<PublicEnv>()
    .get('/check', (c) => htmlResponse(c, <CheckPage context={publicPageContext(c)} />))
    .post('/check', async (c) => {
      const context = publicPageContext(c)
      const { certificate, image } = await c.req.parseBody()
      const typed = typeof certificate === 'string' ? certificate : ''
      const asked = typed.length <= 500 ? typed : undefined
      const { headers, refused } = await take(c as never, 1)
      if (refused) {
        const page = await htmlResponse(c, <CheckPage context={context} outcome={{ is: 'busy' }} asked={asked} />, 429)
        for (const [name, value] of Object.entries(headers)) page.headers.set(name, value)
        return page
      }
      const found = await find(c, typed, image instanceof File && image.size > 0 ? image : undefined)
      return 'id' in found
        ? c.redirect(`/credentials/${found.id}?lang=${context.tag}`, 303)
        : htmlResponse(c, <CheckPage context={context} outcome={found} asked={asked} />, 422)
    })
}

async function find(
  c: PublicContext,
  typed: string,
  image: File | undefined,
): Promise<{ readonly id: string } | Outcome> {
  if (image) {
    const read = readBadgeImage(new Uint8Array(await image.arrayBuffer()))
    return read.ok ? judge(c, read.value) : { is: read.problem }
  }
  const read = readAsked(typed, c.var.world.settings.origin)
  return 'jwt' in read ? judge(c, read.jwt) : read
}
