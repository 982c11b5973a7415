import * as z from 'zod'
import { days } from '../../../kernel/instant.ts'
import { parseInput } from '../../../platform/http/parse-input.ts'
import { clockText, dayOfYearText } from '../../../platform/page/dates.ts'
import { Form } from '../../../platform/page/form.tsx'
import { Icon } from '../../../platform/page/icon.tsx'
import { advanceClock } from '../../flows/run-timers.ts'
import { link } from '../links.ts'
import { type PageContext, readerOf, refuse } from '../page-door.tsx'
import type { Reader } from '../parts/layout.tsx'

const DAYS = ['1', '7', '30'] as const

/** A button that moves the marketplace's clock, and comes back to a page. */
export const ClockButton = ({ reader, days, back }: { reader: Reader; days: string; back: string }) => (
  <Form method="post" action={link(reader.locale, '/clock')}>
    <input type="hidden" name="back" value={back} />
    <button class="btn s ghost" type="submit" name="days" value={days}>
      <span class="unseen">{reader.t('guide.forward')} </span>
      {`+${reader.t('guide.days', { n: Number(days) })}`}
    </button>
  </Form>
)

/** What moving the clock has just done. */
export interface Moved {
  readonly days: number
  readonly fired: number
}

const movedQuery = z.object({
  moved: z.coerce.number().int().min(1).max(30),
  fired: z.coerce.number().int().min(0).max(1_000_000),
})

export function readMoved(c: PageContext): Moved | undefined {
  const { success, data } = movedQuery.safeParse(c.req.query())
  return success ? { days: data.moved, fired: data.fired } : undefined
}

/** The marketplace's clock in the bar, with what moves it folded away. */
export function ClockDrawer({ reader, moved, back }: { reader: Reader; moved: Moved | undefined; back: string }) {
  const { t, locale, now } = reader
  return (
    <details class="drawer" id="clock" open={moved !== undefined}>
      <summary>
        <Icon name="clock" small />
        <span class="drawer-word">{t('front.clock.name')}</span>
        <span class="unbroken">
          {dayOfYearText(locale, now)}
          <span class="drawer-word"> {clockText(locale, now)}</span>
        </span>
        <Icon name="right" small turning />
      </summary>
      <div class="drawer-panel">
        <h2>{t('front.clock.title')}</h2>
        {moved && (
          <p class="state ok" role="status">
            <Icon name="check" small />
            {t('guide.movedBy', { days: moved.days, fired: moved.fired })}
          </p>
        )}
        <p>{t('front.clock.text')}</p>
        <div class="btns">
          {DAYS.map((days) => (
            <ClockButton reader={reader} days={days} back={back} />
          ))}
        </div>
        <ul class="hints">
          {t.list('guide.clockHints').map((hint) => (
            <li>{hint}</li>
          ))}
        </ul>
      </div>
    </details>
  )
}

/** Pages that have the clock, and its buttons. */
const backs = ['/', '/tour'] as const
const clockForm = z.object({ days: z.enum(DAYS).transform(Number), back: z.enum(backs).catch('/') })

/** Moves the clock, with all that is due by then. */
export async function moveClock(c: PageContext): Promise<Response> {
  const form = parseInput(clockForm, await c.req.parseBody())
  if (!form.ok) return refuse(c, form.problem)
  const { fired } = await advanceClock(c.get('world'), days(form.value.days))
  const said = { moved: String(form.value.days), fired: String(fired) }
  return c.redirect(`${link(readerOf(c).locale, form.value.back, said)}#clock`, 303)
}
