import { staff } from '../../people/person.ts'
import { Icon } from '../parts/icon.tsx'
import { LaunchForm } from '../parts/launch-form.tsx'
import type { Reader } from '../parts/layout.tsx'
import { figureTexts } from '../texts/figure-texts.ts'
import { guideTexts } from '../texts/guide-texts.ts'
import type { GuideView } from './guide-page.tsx'
import { ClockButton, SignInButton } from './story-buttons.tsx'

/** What the marketplace's clock shows, and buttons that move it. */
export function Clock({ reader, moved }: GuideView) {
  const t = guideTexts[reader.locale]
  return (
    <section class="card flow" id="clock" aria-labelledby="clock-title">
      <h2 id="clock-title">{t.clock}</h2>
      {moved && (
        <p class="state good" role="status">
          <Icon name="check" className="small" />
          {t.movedBy(moved.days, moved.fired)}
        </p>
      )}
      <p class="small-text">{t.clockText(figureTexts[reader.locale].moment(reader.now, reader.now))}</p>
      <div class="buttons">
        {[1, 7, 30].map((days) => (
          <ClockButton reader={reader} days={days} />
        ))}
      </div>
      <ul class="hints tiny">
        {t.clockHints.map((hint) => (
          <li>{hint}</li>
        ))}
      </ul>
      <p class="tiny">{t.signedOut}</p>
    </section>
  )
}

/** What else can be tried, and as whom. */
export const More = ({ reader }: { reader: Reader }) => {
  const t = guideTexts[reader.locale]
  return (
    <section class="card flow" aria-labelledby="more">
      <h2 id="more">{t.more}</h2>
      <ul class="more">
        {t.moreItems.map(({ text, as, next, button }) => (
          <li>
            <p class="small-text">{text}</p>
            <SignInButton reader={reader} user={as} next={next} kind="ghost">
              {button}
            </SignInButton>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** How many people there are. */
export function MarketNow({ reader, survey, pluginOrigin }: GuideView) {
  const t = guideTexts[reader.locale]
  const counts = [
    [t.people, survey.people],
    [t.newcomers, survey.newcomers],
    [t.certified, survey.certified],
  ] as const
  return (
    <section class="card flow" aria-labelledby="state">
      <h2 id="state">{t.state}</h2>
      <dl class="facts sums">
        {counts.map(([name, n]) => (
          <div>
            <dt>{name}</dt>
            <dd>{t.peopleCount(n)}</dd>
          </div>
        ))}
      </dl>
      <p class="tiny">
        {t.plugin} <a href={pluginOrigin}>{new URL(pluginOrigin).host}</a>
      </p>
    </section>
  )
}

/** Staff of the plugin; the second operator is here only for the marketplace's own appeals. */
export const StaffEntrance = ({ reader }: { reader: Reader }) => {
  const t = guideTexts[reader.locale]
  const shown = (['operator', 'author'] as const).flatMap((role) => staff.find((person) => person.role === role) ?? [])
  return (
    <section class="card flow" aria-labelledby="staff">
      <h2 id="staff">{t.staff}</h2>
      <p class="tiny">{t.staffText}</p>
      <div class="buttons">
        {shown.map((person) => (
          <LaunchForm person={person} locale={reader.locale} kind="ghost">
            {t[person.role]}
          </LaunchForm>
        ))}
      </div>
    </section>
  )
}
