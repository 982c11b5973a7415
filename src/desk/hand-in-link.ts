import { countChanges } from '../item/source/items-in-file.ts'

/** The way to the hand-in: how much changed, and whether anything has to be mended first. */
export interface HandInLink {
  /** Takes what is published of the files, by path. */
  know(published: readonly { readonly path: string; readonly before?: string }[]): void
  /** Counts what differs from it now. */
  count(paths: readonly string[], textOf: (path: string) => string | undefined): void
  /** Whether nothing was found that has to be mended. */
  allow(isFit: boolean): void
}

export function openHandInLink(): HandInLink {
  const link = document.getElementById('desk-hand-in')
  const shown = document.getElementById('desk-changes')
  const why = document.getElementById('stop')
  const published = new Map<string, string>()
  let changes = Number(link?.dataset.changes ?? 0)
  /** Pictures, and files that went: only the service knows of them. */
  let besides: number | undefined
  let isFit = false

  const show = () => {
    if (shown) shown.textContent = String(changes)
    if (isFit && changes > 0) link?.removeAttribute('aria-disabled')
    else link?.setAttribute('aria-disabled', 'true')
    // the list of what was found says why
    if (why && changes > 0) why.hidden = true
  }
  document.addEventListener('click', (event) => {
    if ((event.target as Element).closest('#desk-hand-in[aria-disabled]')) event.preventDefault()
  })

  return {
    know(files) {
      for (const { path, before } of files) if (before !== undefined) published.set(path, before)
    },
    count(paths, textOf) {
      const written = paths.reduce((sum, path) => sum + countChanges(published.get(path) ?? '', textOf(path) ?? ''), 0)
      besides ??= Math.max(0, changes - written)
      changes = written + besides
      show()
    },
    allow(fit) {
      isFit = fit
      show()
    },
  }
}
