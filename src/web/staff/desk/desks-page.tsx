import type { Instant } from '../../../kernel/instant.ts'
import { momentText } from '../../../platform/page/dates.ts'
import { Icon } from '../../../platform/page/icon.tsx'
import { Chip } from '../../../platform/page/state.tsx'
import { staffStyles } from '../../assets.ts'
import { Page } from '../../ui/page.tsx'
import type { PageContext } from '../../ui/page-context.ts'

interface DesksProps {
  readonly context: PageContext
  readonly exams: readonly {
    readonly id: string
    readonly title: string
    /** Undefined for one that was never published. */
    readonly version: number | undefined
    /** When its draft was saved last; undefined without a draft. */
    readonly savedAt: Instant | undefined
  }[]
  readonly now: Instant
}

/** Where authors begin: every exam that can be written, and what has been begun. */
export const DesksPage = ({ context, exams, now }: DesksProps) => {
  const { t, locale } = context
  return (
    <Page styles={staffStyles} context={context} title={t('desk.title')} tab="/staff/desk" room="staff">
      <main id="main" class="wrap">
        <div class="head">
          <div>
            <h1>{t('desk.title')}</h1>
            <p class="quiet">{t('desk.lead')}</p>
          </div>
        </div>
        <div class="stack">
          {exams.length === 0 && <p class="card quiet">{t('desk.none')}</p>}
          {exams.map(({ id, title, version, savedAt }) => (
            <section class="card" aria-labelledby={`desk-${id}`}>
              <div class="card-head">
                <h2 id={`desk-${id}`}>
                  {title} <small class="sub">{id}</small>
                </h2>
                {version === undefined ? (
                  <Chip tone="hollow" icon="pen">
                    {t('desk.neverPublished')}
                  </Chip>
                ) : (
                  <Chip tone="ok" icon="check">{`${t('bank.live')} · ${t('bank.version', { version })}`}</Chip>
                )}
              </div>
              <p class="quiet">
                {savedAt === undefined
                  ? t('desk.noDraft')
                  : t('desk.draftSaved', { time: momentText(locale, savedAt, now) })}
              </p>
              <div class="btns">
                <a class="btn primary s" href={`/staff/desk/${id}`}>
                  <Icon name="pen" small />
                  {t('desk.open')}
                </a>
              </div>
            </section>
          ))}
        </div>
      </main>
    </Page>
  )
}
