import { latest } from './ask-checker.ts'

/**
 * What exams have shown of the item that is open, as the service's own page of it says. The place is empty while it is asked for, and
 * stays so where nobody answers: figures of another item would mislead.
 */
export function openFigures(place: HTMLElement): () => void {
  const show = latest(async () => {
    const asked = location.href
    const page = await fetch(asked).then(
      (reply) => (reply.ok ? reply.text() : ''),
      () => '',
    )
    if (asked !== location.href) return
    const shown = new DOMParser().parseFromString(page, 'text/html').getElementById(place.id)
    place.replaceChildren(...(shown?.childNodes ?? []))
  })
  return () => {
    place.replaceChildren()
    show()
  }
}
