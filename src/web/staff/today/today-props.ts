import type { Scope, Today } from '../../../flows/read-today.ts'
import type { PageContext } from '../../ui/page-context.ts'

/** What every part of the operators' first page is given. */
export interface TodayProps {
  readonly context: PageContext
  readonly scope: Scope
  readonly today: Today
}
