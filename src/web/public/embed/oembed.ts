import { FRAME_SIZE, frameHtml, PICTURE_SIZE } from '../../ui/share/embed-codes.ts'
import type { CertificateView } from '../certificate-view.ts'

/** Seconds for which a site may keep an answer: what it shows is live all the same. */
export const OEMBED_CACHE = 3_600

/** The smallest frame in which name, state and date can be read, in CSS pixels. */
const SMALLEST_FRAME = { width: 200, height: 88 } as const

export interface Room {
  readonly width: number
  readonly height: number
}

/** What a site has room for; a limit that is no positive whole number is none. Source: oEmbed 1.0, §2.2. */
export function roomOf(maxwidth: string | undefined, maxheight: string | undefined): Room {
  const limit = (text: string | undefined) =>
    text && /^[1-9]\d{0,5}$/.test(text) ? Number(text) : Number.POSITIVE_INFINITY
  return { width: limit(maxwidth), height: limit(maxheight) }
}

/** The picture at its proportions, no larger than it is drawn and than there is room for. */
function pictureWithin(room: Room): Room {
  const scale = Math.min(1, room.width / PICTURE_SIZE.width, room.height / PICTURE_SIZE.height)
  return {
    width: Math.max(1, Math.floor(PICTURE_SIZE.width * scale)),
    height: Math.max(1, Math.floor(PICTURE_SIZE.height * scale)),
  }
}

/** oEmbed 1.0: the frame, or the bare picture where there is no room for it. Both are live. */
export function oembedAnswer(view: CertificateView, room: Room): Record<string, unknown> {
  const { name, issuerName, url, context } = view
  const picture = { url: `${url}.svg?lang=${context.locale}`, ...pictureWithin(room) }
  const shared = {
    version: '1.0',
    title: name,
    provider_name: issuerName,
    provider_url: new URL(url).origin,
    cache_age: OEMBED_CACHE,
  }
  if (room.width < SMALLEST_FRAME.width || room.height < SMALLEST_FRAME.height)
    return { ...shared, type: 'photo', ...picture }
  const size = { width: Math.min(FRAME_SIZE.width, room.width), height: Math.min(FRAME_SIZE.height, room.height) }
  return {
    ...shared,
    type: 'rich',
    html: frameHtml({ ...view, id: view.record.id }, size),
    ...size,
    thumbnail_url: picture.url,
    thumbnail_width: picture.width,
    thumbnail_height: picture.height,
  }
}

/** The credential that an address of ours is about, in any of its forms, and the language it names; undefined for any other address. */
export function readOembedUrl(
  address: string | undefined,
  origin: string,
): { readonly id: string; readonly lang: string | null } | undefined {
  const url = address !== undefined && URL.canParse(address) ? new URL(address) : undefined
  if (!url || url.origin !== new URL(origin).origin) return undefined
  const id =
    /^\/(?:credentials\/(crd_[A-Za-z0-9_-]{1,64})(?:\.(?:svg|png|jwt|json|vc\.json)|\/(?:print|share\.png))?|embed\/(crd_[A-Za-z0-9_-]{1,64}))$/.exec(
      url.pathname,
    )
  return id ? { id: (id[1] ?? id[2]) as string, lang: url.searchParams.get('lang') } : undefined
}

/** Where the description of a view's embed is. */
export const oembedAddress = ({ url, context }: CertificateView): string =>
  new URL(`/oembed?url=${encodeURIComponent(`${url}?lang=${context.locale}`)}`, url).href
