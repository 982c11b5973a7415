import type { PageContext } from '../../ui/page-context.ts'

/** To the page before, and to the one after, of a list that is longer than a page. */
export const Turn = ({
  context: { t, path },
  of,
  page,
  pages,
  count,
}: {
  context: PageContext
  /** What is listed. */
  of: string
  page: number
  pages: number
  /** Of how many a page is. */
  count: number
}) => {
  const to = (n: number) => {
    const [place, search = ''] = path.split('?')
    const parameters = new URLSearchParams(search)
    parameters.set('page', String(n))
    return `${place}?${parameters}`
  }
  return (
    <nav class="btns" aria-label={of}>
      {page > 1 && (
        <a class="btn ghost s" href={to(page - 1)} rel="prev">
          {t('bank.previous', { count })}
        </a>
      )}
      {page < pages && (
        <a class="btn ghost s" href={to(page + 1)} rel="next">
          {t('bank.next', { count })}
        </a>
      )}
    </nav>
  )
}
