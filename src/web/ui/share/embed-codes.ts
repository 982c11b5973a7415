import type { Translate } from '../message.ts'
import type { PageContext } from '../page-context.ts'

/** What is needed of a certificate to show it elsewhere. */
export interface ShownCertificate {
  readonly id: string
  /** Title with the grade. */
  readonly name: string
  readonly url: string
  readonly t: Translate
  readonly context: Pick<PageContext, 'locale'>
  /** Whether there is a document with an embedded proof, or a key to make one. */
  readonly forWallets: boolean
}

/** Size of the framed badge, in CSS pixels. */
export const FRAME_SIZE = { width: 320, height: 112 } as const
/** Size of the picture of a badge: the artwork's own proportions. */
export const PICTURE_SIZE = { width: 120, height: 140 } as const

const escapeAttribute = (text: string) => text.replace(/[&"<>]/g, (c) => `&#${c.charCodeAt(0)};`)

/** The picture with the state of the moment, which leads to the verification page: no script, no frame. */
export const pictureHtml = ({ url, name, t, context }: ShownCertificate): string =>
  `<a href="${url}?lang=${context.locale}"><img src="${url}.svg?lang=${context.locale}" width="${PICTURE_SIZE.width}" height="${PICTURE_SIZE.height}" alt="${escapeAttribute(t('verify.pictureAlt', { name }))}"></a>`

/** The badge with its state in words, in a frame of at most its size. */
export const frameHtml = (
  { url, name, id, context }: ShownCertificate,
  { width, height }: { readonly width: number; readonly height: number } = FRAME_SIZE,
): string =>
  `<iframe src="${new URL(`/embed/${id}?lang=${context.locale}`, url).href}" title="${escapeAttribute(name)}" width="${width}" height="${height}" loading="lazy" style="border:0;max-width:100%"></iframe>`

/** The custom element with the link that stands where no script runs. */
export const elementHtml = ({ url, name, context }: ShownCertificate): string =>
  [
    `<script type="module" src="${new URL('/kentei-badge.js', url).href}"></script>`,
    `<kentei-badge credential="${url}" locale="${context.locale}"><a href="${url}">${escapeAttribute(name)}</a></kentei-badge>`,
  ].join('\n')

/** The files that a credential is offered as, the pictures first. */
export function filesOf({ url, context, forWallets }: Pick<ShownCertificate, 'url' | 'context' | 'forWallets'>) {
  const forms = ['png', 'svg', 'jwt', 'json', ...(forWallets ? (['vc.json'] as const) : [])] as const
  return forms.map((form) => ({
    form,
    href: `${url}.${form}?download${form === 'png' || form === 'svg' ? `&lang=${context.locale}` : ''}`,
  }))
}
