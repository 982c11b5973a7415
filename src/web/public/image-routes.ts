import { boundedMemory } from '@kentei/verify/parts'
import { initWasm, Resvg } from '@resvg/resvg-wasm'
import { Hono } from 'hono'
import { textIn } from '../../credential/achievement.ts'
import { badgeSvg, specimenOf, squareBadgeSvg } from '../../credential/badge-artwork.ts'
import { bakePng } from '../../credential/baked-badge.ts'
import { SHARE_SIZE, shareImage } from '../../credential/share-image.ts'
import { sharedTombstoneSvg, squareTombstoneSvg, type Tombstone, tombstoneSvg } from '../../credential/tombstone.ts'
import { type GlyphTable, readGlyphTable } from '../../credential/typesetting.ts'
import { latestBank } from '../../item/store.ts'
import type { Instant } from '../../kernel/instant.ts'
import { memoryRates } from '../../platform/http/rate-limit.ts'
import { dayText } from '../../platform/page/dates.ts'
import { readerLanguage } from '../../platform/page/language.ts'
import type { RenderingAssets } from '../../world/world.ts'
import { clientNetwork } from '../rate-limit.ts'
import { textsOf } from '../ui/message.ts'
import { artworkOf, type CertificateView } from './certificate-view.ts'
import { publicPageContext, shownCredential, viewOf } from './public-page.ts'
import { offerDownload, type PublicContext, type PublicEnv, refuse } from './public-response.ts'

/** Finished images, of some 100 KB each: drawing one costs about 50 ms of a processor. */
const IMAGES_KEPT = 64
/** Pictures that are drawn for everybody together: a tenth of a processor. Those that are kept are not counted. */
const DRAWINGS = { name: 'drawings', perMinute: 120 }
/** Of these one caller gets a quarter: nobody alone takes the pictures from everybody else. Callers whose network is not known would share it: they share all. */
const OWN_DRAWINGS = { name: 'own-drawings', perMinute: 30 }

/** Draws pictures as PNG, the same to the byte on Node and in workerd, and remembers the latest. */
interface Press {
  /** Takes one drawing from the allowances, unless the picture is kept. @returns seconds until it may be drawn; 0 for now. */
  waitFor(digest: string, caller: string | undefined, now: Instant): number
  glyphs(rendering: RenderingAssets): Promise<GlyphTable>
  /** The SVG as PNG of a width in pixels, finished by `finish`. `digest` names both. */
  print(
    rendering: RenderingAssets,
    digest: string,
    picture: { readonly svg: string; readonly width: number; readonly finish?: (png: Uint8Array) => Uint8Array },
  ): Promise<Uint8Array<ArrayBuffer>>
}

// resvg can be opened once in a process. On Workers a pending promise belongs to its request, so that requests which come at once each try
let isOpen = false
async function open(rendering: RenderingAssets): Promise<void> {
  if (isOpen) return
  const module = await rendering.rasteriser()
  try {
    if (!isOpen) await initWasm(module)
  } catch (error) {
    // another request was faster
    if (!isOpen) throw error
  }
  isOpen = true
}

const unzipped = (bytes: Uint8Array<ArrayBuffer>): Promise<string> =>
  new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))).text()

export function createPress(): Press {
  const images = boundedMemory<Uint8Array<ArrayBuffer>>(IMAGES_KEPT)
  const drawings = memoryRates()
  let glyphs: GlyphTable | undefined
  return {
    waitFor(digest, caller, now) {
      if (images.get(digest)) return 0
      const own = caller === undefined ? undefined : drawings.take(OWN_DRAWINGS, caller, 1, now / 1_000)
      if (own && !own.isWithin) return own.resetsIn
      const { isWithin, resetsIn } = drawings.take(DRAWINGS, '', 1, now / 1_000)
      return isWithin ? 0 : resetsIn
    },
    async glyphs(rendering) {
      glyphs ??= readGlyphTable(await unzipped(await rendering.glyphs()))
      return glyphs
    },
    async print(rendering, digest, { svg, width, finish = (png) => png }) {
      const kept = images.get(digest)
      if (kept) return kept
      await open(rendering)
      const drawing = new Resvg(svg, { fitTo: { mode: 'width', value: width }, font: { loadSystemFonts: false } })
      const image = drawing.render()
      const png = new Uint8Array(finish(image.asPng()))
      // the memory of WebAssembly is not collected
      image.free()
      drawing.free()
      images.set(digest, png)
      return png
    },
  }
}

/** Width and height of the badge as PNG, in pixels: profiles show badges in a square. */
const BADGE_PIXELS = 600

/** A badge changes with its state: who keeps it asks each time. An image beside a link says the day it is of, and may be a little old. */
const BADGE_CACHE = 'no-cache'
const SVG_TYPE = 'image/svg+xml; charset=utf-8'
const SHARE_CACHE = 'public, max-age=300'

async function digestOf(picture: string): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(picture)))
  return [...digest.subarray(0, 16)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

const IMAGE_HEADERS = {
  'access-control-allow-origin': '*',
  'cross-origin-resource-policy': 'cross-origin',
  'content-security-policy': "default-src 'none'",
  'x-content-type-options': 'nosniff',
  vary: 'accept-language',
}

interface Image {
  /** Everything the image is made from: what is drawn, and what is baked in. */
  readonly from: string
  readonly type: string
  readonly cacheControl: string
  /** What draws it, where that takes long. */
  readonly press?: Press
  body(digest: string): string | Promise<Uint8Array<ArrayBuffer>>
}

/** An image, unless the reader has it: then nothing is drawn. Its tag is the digest of what it is made from, so that any change of state shows. */
async function imageResponse(c: PublicContext, { from, type, cacheControl, press, body }: Image): Promise<Response> {
  const digest = await digestOf(from)
  const etag = `"${digest}"`
  const headers = { ...IMAGE_HEADERS, etag, 'cache-control': cacheControl }
  const known = c.req
    .header('if-none-match')
    ?.split(',')
    .map((tag) => tag.trim().replace(/^W\//, ''))
  if (known?.some((tag) => tag === etag || tag === '*')) return c.body(null, 304, headers)
  const wait = press?.waitFor(digest, clientNetwork(c.env), c.var.world.now()) ?? 0
  if (wait > 0) return refuse({ code: 'busy', retryAfterSeconds: wait })
  return c.body(await body(digest), 200, { ...headers, 'content-type': type })
}

async function svgBadge(c: PublicContext, view: CertificateView, press: Press): Promise<Response> {
  const svg = badgeSvg({
    ...artworkOf(view, 'file'),
    glyphs: await press.glyphs(c.var.world.rendering),
    jwt: view.record.jwt,
  })
  return imageResponse(c, { from: svg, type: SVG_TYPE, cacheControl: BADGE_CACHE, body: () => svg })
}

async function pngBadge(c: PublicContext, view: CertificateView, press: Press): Promise<Response> {
  const { rendering } = c.var.world
  const { jwt } = view.record
  const svg = squareBadgeSvg({ ...artworkOf(view, 'file'), glyphs: await press.glyphs(rendering) })
  const finish = (png: Uint8Array) => bakePng(png, jwt)
  return imageResponse(c, {
    from: `png ${jwt} ${svg}`,
    type: 'image/png',
    cacheControl: BADGE_CACHE,
    press,
    body: (digest) => press.print(rendering, digest, { svg, width: BADGE_PIXELS, finish }),
  })
}

async function shared(c: PublicContext, view: CertificateView, press: Press): Promise<Response> {
  const { rendering } = c.var.world
  const { t, context, record, verification } = view
  const svg = shareImage({
    badge: artworkOf(view, 'file'),
    glyphs: await press.glyphs(rendering),
    name: view.name,
    state: t('verify.asOf', {
      word: t(`verify.verdicts.${verification.verdict}.word`),
      day: dayText(context.locale, view.checkedAt),
    }),
    // an end that has been overtaken is not named
    day:
      view.state === 'active'
        ? `${t('verify.field.validUntil')} ${dayText(context.locale, record.validUntil)}`
        : `${t('verify.field.issuedOn')} ${dayText(context.locale, record.issuedAt)}`,
    issuer: view.issuerName,
    host: view.host,
  })
  return imageResponse(c, {
    from: svg,
    type: 'image/png',
    cacheControl: SHARE_CACHE,
    press,
    body: (digest) => press.print(rendering, digest, { svg, width: SHARE_SIZE.width }),
  })
}

type Form = 'svg' | 'png' | 'share'

const tombstones: Readonly<Record<Form, (tombstone: Tombstone) => string>> = {
  svg: tombstoneSvg,
  png: squareTombstoneSvg,
  share: sharedTombstoneSvg,
}

/** A picture that stands on somebody's page goes on standing there: it says that its certificate was erased, and no more. */
async function tombstone(c: PublicContext, form: Form, press: Press): Promise<Response> {
  const { rendering } = c.var.world
  const { locale } = publicPageContext(c, readerLanguage(c))
  const svg = tombstones[form]({
    title: textsOf(locale)('verify.erasedTitle'),
    locale,
    glyphs: await press.glyphs(rendering),
  })
  const headers = { ...IMAGE_HEADERS, 'cache-control': BADGE_CACHE }
  if (form === 'svg') return c.body(svg, 410, { ...headers, 'content-type': SVG_TYPE })
  const digest = await digestOf(svg)
  const wait = press.waitFor(digest, clientNetwork(c.env), c.var.world.now())
  if (wait > 0) return refuse({ code: 'busy', retryAfterSeconds: wait })
  const png = await press.print(rendering, digest, {
    svg,
    width: form === 'png' ? BADGE_PIXELS : SHARE_SIZE.width,
  })
  return c.body(png, 410, { ...headers, 'content-type': 'image/png' })
}

/** The badge of an exam as a specimen: the picture that its achievement names. */
async function specimen(c: PublicContext, examId: string, press: Press): Promise<Response> {
  const { db, rendering } = c.var.world
  const bank = await latestBank(db, examId)
  if (!bank) return refuse({ code: 'not-found' })
  const { exam } = bank
  const { locale } = publicPageContext(c)
  const svg = squareBadgeSvg(
    specimenOf({
      exam: exam.id,
      title: textIn(exam.title, locale),
      level: exam.level,
      parts: (exam.parts ?? []).map(({ id }) => ({ part: id })),
      locale,
      placement: 'file',
      glyphs: await press.glyphs(rendering),
    }),
  )
  return imageResponse(c, {
    from: svg,
    type: 'image/png',
    cacheControl: SHARE_CACHE,
    press,
    body: (digest) => press.print(rendering, digest, { svg, width: BADGE_PIXELS }),
  })
}

/** The images of a credential: its badge with the credential baked in, and what other sites show beside a link to it. */
export function imageRoutes(): Hono<PublicEnv> {
  const press = createPress()
  const imageOf = (draw: typeof svgBadge, form: Form) => async (c: PublicContext, id: string) => {
    const record = await shownCredential(c, id)
    if (record === 'not-found') return refuse({ code: record })
    if (record === 'gone') return tombstone(c, form, press)
    return offerDownload(
      c,
      await draw(c, await viewOf(c, record, readerLanguage(c)), press),
      `${record.exam}-${record.id}.${form === 'svg' ? 'svg' : 'png'}`,
    )
  }
  const [svg, png, share] = [imageOf(svgBadge, 'svg'), imageOf(pngBadge, 'png'), imageOf(shared, 'share')]
  return new Hono<PublicEnv>()
    .get('/achievements/:exam/badge.png', (c) => specimen(c, c.req.param('exam'), press))
    .get('/credentials/:file{crd_[A-Za-z0-9_-]+\\.svg}', (c) => svg(c, c.req.param('file').slice(0, -4)))
    .get('/credentials/:file{crd_[A-Za-z0-9_-]+\\.png}', (c) => png(c, c.req.param('file').slice(0, -4)))
    .get('/credentials/:id{crd_[A-Za-z0-9_-]+}/share.png', (c) => share(c, c.req.param('id')))
}
