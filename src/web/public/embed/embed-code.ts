import type { CertificateView } from '../certificate-view.ts'

/** Size of the framed badge, in CSS pixels. */
export const FRAME_SIZE = { width: 320, height: 112 } as const
/** Size of the picture of a badge: the artwork's own proportions. */
export const PICTURE_SIZE = { width: 120, height: 140 } as const

const escapeAttribute = (text: string) => text.replace(/[&"<>]/g, (c) => `&#${c.charCodeAt(0)};`)

/** The picture with the state of the moment, which leads to the verification page: no script, no frame. */
export const pictureHtml = ({ url, name, t, context }: CertificateView): string =>
  `<a href="${url}?lang=${context.locale}"><img src="${url}.svg?lang=${context.locale}" width="${PICTURE_SIZE.width}" height="${PICTURE_SIZE.height}" alt="${escapeAttribute(t('verify.pictureAlt', { name }))}"></a>`

/** The badge with its state in words, in a frame of at most its size. */
export const frameHtml = (
  { url, name, record, context }: CertificateView,
  { width, height }: { readonly width: number; readonly height: number } = FRAME_SIZE,
): string =>
  `<iframe src="${new URL(`/embed/${record.id}?lang=${context.locale}`, url).href}" title="${escapeAttribute(name)}" width="${width}" height="${height}" loading="lazy" style="border:0;max-width:100%"></iframe>`

/** The custom element with the link that stands where no script runs. */
export const elementHtml = ({ url, name, context }: CertificateView): string =>
  [
    `<script type="module" src="${new URL('/kentei-badge.js', url).href}"></script>`,
    `<kentei-badge credential="${url}" locale="${context.locale}"><a href="${url}">${escapeAttribute(name)}</a></kentei-badge>`,
  ].join('\n')
