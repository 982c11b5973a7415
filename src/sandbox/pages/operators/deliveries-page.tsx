import { envelope } from '../../post/letter.ts'
import type { SentLetter } from '../../post/store.ts'
import type { LetterState } from '../../post/tables.ts'
import { Moment } from '../contracts/records.tsx'
import { link } from '../links.ts'
import { type Forms, PageForm } from '../parts/form-parts.tsx'
import { Icon, type IconName } from '../parts/icon.tsx'
import { Page, type Reader } from '../parts/layout.tsx'
import { Cell, RowTable } from '../parts/row-table.tsx'
import { operatorTexts } from '../texts/operator-texts.ts'

export interface DeliveriesView {
  readonly reader: Reader
  readonly state: LetterState
  readonly counts: Readonly<Record<LetterState, number>>
  readonly letters: readonly SentLetter[]
  /** Of so many letters at most. */
  readonly most: number
  readonly forms: Forms
}

const PATH = '/operators/deliveries'
const looks: Readonly<Record<LetterState, readonly [tint: string, icon: IconName]>> = { waiting: ['waiting', 'clock'], delivered: ['good', 'check'], dead: ['bad', 'stop'] }
const states = ['waiting', 'dead', 'delivered'] as const

/** How things are, in a sentence. */
function Verdict({ reader, counts, forms }: DeliveriesView) {
  const { deliveries: t } = operatorTexts[reader.locale]
  if (counts.dead > 0) {
    return (
      <div class="note bad">
        <Icon name="info" />
        <div>
          <p>
            <b>{t.dead(counts.dead)}</b>
          </p>
          <p class="tiny">{t.replayText}</p>
          <PageForm form={forms('replay-all')} className="one-button">
            <button class="button primary" type="submit">
              <Icon name="again" className="small" />
              {t.replayAll(counts.dead)}
            </button>
          </PageForm>
        </div>
      </div>
    )
  }
  return (
    <div class={counts.waiting > 0 ? 'note waiting' : 'note'}>
      <Icon name={counts.waiting > 0 ? 'clock' : 'check'} />
      <p>{counts.waiting > 0 ? t.waitingText(counts.waiting) : t.allThere}</p>
    </div>
  )
}

/** The tries so far as signs, each failed but the last one of what arrived. */
function Tries({ reader, letter }: { reader: Reader; letter: SentLetter }) {
  const { deliveries: t } = operatorTexts[reader.locale]
  const most = t.waits.length
  const failed = letter.state === 'delivered' ? letter.attempts - 1 : letter.attempts
  return (
    <span class="tries">
      <span aria-hidden="true">
        {Array.from({ length: most }, (_, at) => (
          <i class={at < failed ? 'failed' : at === failed && letter.state === 'delivered' ? 'there' : 'open'}>{at < failed ? '×' : at === failed && letter.state === 'delivered' ? '✓' : '○'}</i>
        ))}
      </span>
      <span class="unbroken">{`${letter.attempts} / ${most}`}</span>
    </span>
  )
}

function NextTry({ reader, letter }: { reader: Reader; letter: SentLetter }) {
  const { deliveries: t } = operatorTexts[reader.locale]
  if (letter.state === 'dead') return <>{t.never}</>
  if (letter.state === 'delivered') return <>{t.states.delivered}</>
  if (letter.heldUntil > reader.now) return <>{t.sending}</>
  return letter.dueAt <= reader.now ? <b>{t.now}</b> : <Moment reader={reader} at={letter.dueAt} />
}

function Letters({ reader, letters, forms }: DeliveriesView) {
  const { locale } = reader
  const { deliveries: t } = operatorTexts[locale]
  const [state, what, tries, next, act] = [{ title: t.state }, { title: t.what }, { title: t.tries }, { title: t.next }, { title: t.content }] as const
  return (
    <RowTable caption={t.list} columns={[state, what, tries, next, act]}>
      {letters.map((letter) => {
        const [tint, icon] = looks[letter.state]
        return (
          <tr role="row">
            <Cell column={state}>
              <span>
                <span class={`chip ${tint}`}>
                  <Icon name={icon} className="small" />
                  {t.states[letter.state]}
                </span>
              </span>
            </Cell>
            <Cell column={what}>
              <span>
                <b>{t.events[letter.type] ?? letter.type}</b>
                <small class="under">
                  <code>{letter.worker}</code> <Moment reader={reader} at={letter.createdAt} />
                </small>
              </span>
            </Cell>
            <Cell column={tries}>
              <span>
                <Tries reader={reader} letter={letter} />
                <small class="under">{letter.attempts === 0 ? t.none : `${t.lastAnswer} ${letter.lastOutcome || t.noAnswer}`}</small>
              </span>
            </Cell>
            <Cell column={next}>
              <NextTry reader={reader} letter={letter} />
            </Cell>
            <Cell column={act}>
              <div>
                {letter.state === 'dead' && (
                  <PageForm form={forms('replay', {}, `replay-${letter.id}`)} className="one-button">
                    <input type="hidden" name="letter" value={letter.id} />
                    <button class="button outline" type="submit">
                      {t.replay}
                    </button>
                  </PageForm>
                )}
                <details class="quiet-fold">
                  <summary class="tiny">{t.content}</summary>
                  <pre class="evidence">{JSON.stringify(JSON.parse(envelope(letter)), null, 2)}</pre>
                  <p class="tiny">{t.contentText}</p>
                </details>
              </div>
            </Cell>
          </tr>
        )
      })}
    </RowTable>
  )
}

/** What the plugin is told, what is still to be told, and what did not arrive. */
export function DeliveriesPage(view: DeliveriesView) {
  const { reader, state, counts, letters, most } = view
  const { locale } = reader
  const { deliveries: t } = operatorTexts[locale]
  return (
    <Page reader={reader} title={t.title} current="deliveries">
      <main id="main" class="wrap">
        <div class="head">
          <div>
            <h1>{t.title}</h1>
            <p class="lead">{t.lead}</p>
          </div>
        </div>
        <div class="stack">
          <Verdict {...view} />
          <section aria-labelledby="letters">
            <h2 id="letters" class="unseen">
              {t.list}
            </h2>
            <nav class="switch" aria-label={t.filters}>
              {states.map((one) => (
                <a href={link(locale, PATH, { state: one })} aria-current={one === state ? 'page' : undefined}>
                  <Icon name={looks[one][1]} className="small" />
                  {t.states[one]} <b class="count">{counts[one]}</b>
                </a>
              ))}
            </nav>
            <div class="card flow">
              {letters.length === 0 ? <p class="small-text quiet">{t.empty[state]}</p> : <Letters {...view} />}
              {counts[state] > most && <p class="tiny">{t.first(most)}</p>}
            </div>
          </section>
          <section class="card flow" aria-labelledby="schedule">
            <h2 id="schedule">{t.schedule}</h2>
            <ol class="schedule">
              {t.waits.map((wait, at) => (
                <li>
                  <small>{t.try(at + 1)}</small>
                  <b>{wait}</b>
                </li>
              ))}
            </ol>
            <p class="tiny">{t.scheduleText}</p>
          </section>
        </div>
      </main>
    </Page>
  )
}
