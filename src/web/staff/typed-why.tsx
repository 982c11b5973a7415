import * as z from 'zod'
import type { PageContext } from '../ui/page-context.ts'

/** More than any form takes as a reason, so that one that is too long can be shown again to be made shorter. */
const MOST_SHOWN = 1_000

const typed = z.object({ why: z.string().catch('') })

/** The reason in a form that was refused. */
export const readWhy = (form: object): string => typed.parse(form).why.slice(0, MOST_SHOWN)

/** Says again the reason that was given for an act that was refused. */
export const TypedWhy = ({ context: { t }, why }: { context: PageContext; why: string }) =>
  why === '' ? null : <p>{t('attempts.refused.why', { why })}</p>
