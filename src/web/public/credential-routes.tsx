import { Hono } from 'hono'
import { accepts } from 'hono/accepts'
import { revokedIndices } from '../../credential/lists/store.ts'
import { type TokenType, tokenOfType } from '../../credential/sign-credential.ts'
import { walletExportOf } from '../../flows/export-credential.ts'
import { readerLanguage } from '../../platform/page/language.ts'
import { oembedAddress } from './embed/oembed.ts'
import { PrintPage } from './print-page.tsx'
import { htmlResponse, publicPageContext, shownCredential, viewOf } from './public-page.ts'
import { offerDownload, openResponse, type PublicContext, type PublicEnv, refuse } from './public-response.ts'
import { ErasedPage, MissingPage, UnreadablePage, VerificationPage } from './verification-page.tsx'

/** Of the files, which are opened by people too. */
const fileTypes = { jwt: 'text/plain; charset=utf-8', json: 'application/json', 'vc.json': 'application/vc' } as const

/** Of the tokens that are asked for by their media type. The file is the one on record: later credentials name its digest. */
const tokenTypes: Readonly<Record<string, TokenType>> = { 'application/vc+jwt': 'vc+jwt', 'application/jwt': 'JWT' }

/** The signed content as JSON, as it was signed. */
function contentOf(jwt: string): string {
  const bytes = Uint8Array.from(atob((jwt.split('.')[1] as string).replaceAll('-', '+').replaceAll('_', '/')), (c) =>
    c.charCodeAt(0),
  )
  return new TextDecoder().decode(bytes)
}

/** Without a record nothing may be said, so that a failing database gives "cannot be checked now", and never a look of validity. */
async function verificationPage(c: PublicContext, id: string): Promise<Response> {
  const context = publicPageContext(c)
  try {
    const record = await shownCredential(c, id)
    if (record === 'not-found') return await htmlResponse(c, <MissingPage context={context} />, 404)
    if (record === 'gone') return await htmlResponse(c, <ErasedPage id={id} context={context} />, 410)
    const [view, revoked] = await Promise.all([viewOf(c, record), revokedIndices(c.var.world.db, record.statusList)])
    c.header('link', `<${oembedAddress(view)}>; rel="alternate"; type="application/json+oembed"`)
    return await htmlResponse(c, <VerificationPage view={view} revoked={revoked} />)
  } catch (error) {
    // the page tells the visitor, this tells the operator
    c.var.report(error)
    return htmlResponse(c, <UnreadablePage context={context} />, 503)
  }
}

type FileForm = 'jwt' | 'json' | 'vc.json'

/** What a reader who asks for the bare address wants: a page, or the document in one of its forms, under the type that was asked for. */
function wantedForm(c: PublicContext): 'page' | { readonly form: FileForm; readonly type: string } {
  const type = accepts(c, {
    header: 'Accept',
    supports: [
      'text/html',
      'application/vc+jwt',
      'application/jwt',
      'application/json',
      'application/ld+json',
      'application/vc',
    ],
    default: 'text/html',
  })
  if (type === 'text/html') return 'page'
  // a verifiable credential by itself is one with an embedded proof
  return { form: type.endsWith('jwt') ? 'jwt' : type === 'application/vc' ? 'vc.json' : 'json', type }
}

async function fileOf(
  c: PublicContext,
  id: string,
  { form, type }: { readonly form: FileForm; readonly type: string },
): Promise<Response> {
  const record = await shownCredential(c, id)
  if (typeof record === 'string') return refuse({ code: record })
  const name = `${record.exam}-${record.id}.${form}`
  if (form === 'jwt') {
    const tokenType = tokenTypes[type]
    const token = tokenType ? await tokenOfType(record.jwt, tokenType, c.var.trust.ring) : record.jwt
    return offerDownload(c, openResponse(c, token, type), name)
  }
  if (form === 'json') return offerDownload(c, openResponse(c, contentOf(record.jwt), type), name)
  const exported = await walletExportOf(c.var.world, record)
  return exported === undefined
    ? refuse({ code: 'not-found' })
    : offerDownload(c, openResponse(c, exported, type), name)
}

/** The verification page of a credential and its documents. */
export function credentialRoutes(): Hono<PublicEnv> {
  return new Hono<PublicEnv>()
    .get('/credentials/:id{crd_[A-Za-z0-9_-]+}', (c) => {
      const wanted = wantedForm(c)
      return wanted === 'page' ? verificationPage(c, c.req.param('id')) : fileOf(c, c.req.param('id'), wanted)
    })
    .get('/credentials/:file{crd_[A-Za-z0-9_-]+\\.(?:jwt|json|vc\\.json)}', (c) => {
      const file = c.req.param('file')
      const dot = file.indexOf('.')
      const form = file.slice(dot + 1) as FileForm
      return fileOf(c, file.slice(0, dot), { form, type: fileTypes[form] })
    })
    .get('/credentials/:id{crd_[A-Za-z0-9_-]+}/print', async (c) => {
      const record = await shownCredential(c, c.req.param('id'))
      if (record === 'not-found') return htmlResponse(c, <MissingPage context={publicPageContext(c)} />, 404)
      if (record === 'gone')
        return htmlResponse(c, <ErasedPage id={c.req.param('id')} context={publicPageContext(c)} />, 410)
      return htmlResponse(c, <PrintPage view={await viewOf(c, record, readerLanguage(c))} />)
    })
    .get('/credentials/:other', async (c) =>
      wantedForm(c) === 'page'
        ? htmlResponse(c, <MissingPage context={publicPageContext(c)} />, 404)
        : refuse({ code: 'not-found' }),
    )
}
