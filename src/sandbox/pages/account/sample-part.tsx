import { dayText } from '../../../platform/page/dates.ts'
import { Chip } from '../../../platform/page/state.tsx'
import type { OwnSample } from '../../flows/send-sample.ts'
import { LONGEST_SAMPLE, LONGEST_TITLE, type SampleState } from '../../people/sample/sample.ts'
import { type Forms, PageForm, ProseField, TextField } from '../parts/form-parts.tsx'
import type { Reader } from '../parts/layout.tsx'

const looks = { waiting: ['wait', 'clock'], shown: ['ok', 'check'], refused: ['bad', 'stop'] } as const

/** How a sample stands, in a chip. */
export function SampleChip({ reader, state }: { reader: Reader; state: SampleState }) {
  const [tone, icon] = looks[state.name]
  return (
    <Chip tone={tone} icon={icon}>
      {reader.t(`account.sampleStates.${state.name}`)}
    </Chip>
  )
}

function OneSample({ reader, own, forms }: { reader: Reader; own: OwnSample; forms: Forms }) {
  const { locale, t } = reader
  const { category, shown, sent } = own
  const written = sent ?? shown
  const form = forms('sample', { title: written?.title ?? '', sample: written?.text ?? '' }, `sample-${category}`)
  const states = [shown, sent].flatMap((sample) => (sample ? [sample.state] : []))
  return (
    <section class="flow" aria-labelledby={`own-${category}`}>
      <div class="card-head">
        <h3 id={`own-${category}`}>{t(`market.category.${category}`)}</h3>
        <div class="chips">
          {states.map((state) => (
            <SampleChip reader={reader} state={state} />
          ))}
        </div>
      </div>
      {shown && sent && <p class="small">{t('account.sampleBoth', { title: shown.title })}</p>}
      {sent?.state.name === 'refused' && (
        <p class="small written">
          {t('account.sampleRefused', { day: dayText(locale, sent.state.since), reason: sent.state.reason })}
        </p>
      )}
      <PageForm form={form}>
        <input type="hidden" name="category" value={category} />
        <TextField
          form={form}
          name="title"
          label={t('form.names.title')}
          hint={t('account.sampleLongest', { most: LONGEST_TITLE })}
        />
        <ProseField
          form={form}
          name="sample"
          label={t('form.names.sample')}
          hint={t('account.sampleLongest', { most: LONGEST_SAMPLE })}
          rows={8}
        />
        <div class="btns">
          <button class="btn s primary" type="submit">
            {t('account.sampleSend')}
          </button>
          {written && (
            <button class="btn s ghost" type="submit" name="act" value="unsample">
              {t('account.sampleRemove')}
              <span class="unseen"> {t(`market.category.${category}`)}</span>
            </button>
          )}
        </div>
      </PageForm>
    </section>
  )
}

/** A worker's own samples: one of each category they offer. */
export const SamplePart = ({
  reader,
  samples,
  forms,
}: {
  reader: Reader
  samples: readonly OwnSample[]
  forms: Forms
}) => (
  <section class="card flow" aria-labelledby="samples">
    <h2 id="samples">{reader.t('account.samples')}</h2>
    <p class="small">{reader.t('account.samplesRule')}</p>
    {samples.map((own) => (
      <OneSample reader={reader} own={own} forms={forms} />
    ))}
  </section>
)
