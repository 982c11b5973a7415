import type { PageContext } from '../ui/page-context.ts'

/** What somebody is called, by their id; an empty one is of somebody who was erased. */
export const personName = ({ t }: Pick<PageContext, 't'>, names: ReadonlyMap<string, string>, id: string): string =>
  id === '' ? t('log.erased') : (names.get(id) ?? id)
