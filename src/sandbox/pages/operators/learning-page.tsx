import { Hono } from 'hono'
import * as z from 'zod'
import { fail } from '../../../kernel/result.ts'
import { parseInput } from '../../../platform/http/parse-input.ts'
import { dayTimeText } from '../../../platform/page/dates.ts'
import { Crumb } from '../../../platform/page/document.tsx'
import { Icon } from '../../../platform/page/icon.tsx'
import { Cell, RowTable } from '../../../platform/page/row-table.tsx'
import { Note } from '../../../platform/page/state.tsx'
import { Terms } from '../../../platform/page/terms.tsx'
import { LEAST_PREVALENCE, MOST_PREVALENCE } from '../../detector/judge/prevalence.ts'
import { type Learning, showLearning } from '../../flows/show-learning.ts'
import { dropCandidate, setPrevalence, switchBack, switchDetector } from '../../flows/switch-detector.ts'
import { cancelTraining, startTraining } from '../../flows/train-candidate.ts'
import type { Outcome } from '../../problem.ts'
import { statusOf } from '../../problem-response.ts'
import type { SandboxEnv } from '../../sandbox-world.ts'
import { Moment } from '../contracts/records.tsx'
import { type Fields, prose, type Rejected, readFields, share } from '../form-fields.ts'
import { link } from '../links.ts'
import { type PageContext, personOf, readerOf, refuse, show } from '../page-door.tsx'
import { type Forms, formsOf, PageForm, ProseField, TextField, Trouble } from '../parts/form-parts.tsx'
import { Page, type Reader } from '../parts/layout.tsx'
import { operatorsStyles } from '../styles.ts'
import { operatorName } from './case-parts.tsx'
import { Differences, HeldOut, RecentLoad } from './comparison-parts.tsx'
import { PerPrevalence, percent } from './detector-tables.tsx'
import { LONGEST_NOTE } from './read-decision.ts'

const PATH = '/operators/detector/learning'

interface View {
  readonly reader: Reader
  readonly learning: Learning
  readonly forms: Forms
  /** A share of breaches to be shown before it is set. */
  readonly preview: number | undefined
}

const Version = ({ learning: { standing } }: View) => (
  <input type="hidden" name="version" value={String(standing.version)} />
)

/** Which model decides, since when, and the way back. */
function Serving(view: View) {
  const { reader, learning, forms } = view
  const { serving, chosen, standing, isReplaced } = learning
  const { t } = reader
  const [change] = standing.changes
  const form = forms('back')
  return (
    <section class="card flow" aria-labelledby="serving">
      <h2 id="serving">{t('detector.learning.serving')}</h2>
      {isReplaced && (
        <Note tone="bad" icon="alert">
          <p>{t('detector.learning.replaced')}</p>
        </Note>
      )}
      <Terms
        className="kv stacked"
        terms={[
          [t('detector.version'), <code>{serving.model.version}</code>],
          [
            t('detector.learning.learntFrom'),
            chosen && !isReplaced
              ? t('detector.learning.decisions', { n: chosen.learnt })
              : t('detector.learning.base'),
          ],
          [t('detector.prevalence'), percent(serving.model.prevalence)],
          ...(change ? [[t('detector.learning.changed'), <Moment reader={reader} at={change.at} />] as const] : []),
        ]}
      />
      {standing.previous !== undefined && (
        <details class="fold" open={form.rejected !== undefined}>
          <summary>
            <span>{t('detector.learning.back')}</span>
            <Icon name="right" small turning />
          </summary>
          <PageForm form={form}>
            <Version {...view} />
            <ProseField
              form={form}
              name="note"
              label={t('detector.learning.why')}
              hint={t('detector.learning.backText')}
              rows={2}
            />
            <div class="btns">
              <button class="btn s primary" type="submit">
                {t('detector.learning.back')}
              </button>
            </div>
          </PageForm>
        </details>
      )}
    </section>
  )
}

/** How the latest training goes, or went. */
function Progress({ reader, learning: { training }, forms }: View) {
  const { t, locale } = reader
  if (!training) return null
  const { state, fault, step, steps, learnt, heldOut, endedAt, startedAt } = training
  const from = t('detector.learning.trainedOn', { learnt, heldOut })
  if (state === 'running')
    return (
      <>
        <Note tone="wait" icon="clock" role="status" title={t('detector.learning.running', { step, steps })}>
          <progress max={steps} value={step} aria-label={t('detector.learning.progress')} />
          <p>
            {from} {t.parts('detector.learning.started', { time: <Moment reader={reader} at={startedAt} /> })}
          </p>
        </Note>
        <div class="btns">
          <a class="btn s outline" href={link(locale, PATH)}>
            {t('detector.learning.reload')}
          </a>
          <PageForm form={forms('cancel')} className="one-button">
            <button class="btn s outline" type="submit">
              {t('detector.learning.cancel')}
            </button>
          </PageForm>
        </div>
      </>
    )
  if (state === 'failed')
    return (
      <Note tone={fault === 'cancelled' ? undefined : 'bad'} icon={fault === 'cancelled' ? 'info' : 'alert'}>
        <p>{t(`detector.learning.faults.${fault ?? 'broke-down'}`)}</p>
      </Note>
    )
  return (
    <p class="small">
      {from} {endedAt && t.parts('detector.learning.ended', { time: <Moment reader={reader} at={endedAt} /> })}
    </p>
  )
}

function Training(view: View) {
  const { reader, learning, forms } = view
  const { unlearnt, canTrain, training } = learning
  const { t } = reader
  return (
    <section class="card flow" aria-labelledby="training">
      <h2 id="training">{t('detector.learning.training')}</h2>
      <p>{unlearnt === 0 ? t('detector.noLabels') : t('detector.learning.unlearnt', { n: unlearnt })}</p>
      <Progress {...view} />
      {canTrain ? (
        training?.state !== 'running' && (
          <>
            <p class="small">{t('detector.learning.trainText')}</p>
            <PageForm form={forms('train')}>
              <div class="btns">
                <button class="btn primary" type="submit">
                  {t('detector.learning.train')}
                </button>
              </div>
            </PageForm>
          </>
        )
      ) : (
        <>
          <Note icon="info">
            <p>{t('detector.learning.noThreads')}</p>
          </Note>
          <pre class="evidence">npm run sandbox -- detector train</pre>
        </>
      )}
    </section>
  )
}

/** The model that is tried: how it does beside the one that decides, and the switch. */
function TriedModel(view: View) {
  const { reader, learning, forms } = view
  const { t } = reader
  const { tried } = learning
  if (!tried)
    return (
      <section class="card flow" aria-labelledby="tried">
        <h2 id="tried">{t('detector.learning.tried')}</h2>
        <p class="small quiet">{t('detector.learning.noTried')}</p>
      </section>
    )
  const { version, comparison, learnt, trainedAt, judged, id } = tried.model
  const [chosen, dropped] = [forms('switch'), forms('drop')]
  return (
    <section class="card flow" aria-labelledby="tried">
      <h2 id="tried">{t('detector.learning.tried')}</h2>
      <p class="small">{t('detector.learning.triedText')}</p>
      <Terms
        className="kv stacked"
        terms={[
          [t('detector.version'), <code>{version}</code>],
          [t('detector.learning.learntFrom'), t('detector.learning.decisions', { n: learnt })],
          [t('detector.learning.trainedAt'), <Moment reader={reader} at={trainedAt} />],
          [t('detector.learning.judged'), t('detector.learning.texts', { n: judged })],
        ]}
      />
      <h3>{t('detector.learning.heldOut')}</h3>
      {comparison.heldOut.posts === 0 ? (
        <p class="small quiet">{t('detector.learning.noHeldOut')}</p>
      ) : (
        <>
          <p class="tiny">{t('detector.learning.heldOutText', { n: comparison.heldOut.posts })}</p>
          <HeldOut reader={reader} heldOut={comparison.heldOut} />
        </>
      )}
      <h3>{t('detector.learning.recent')}</h3>
      <p class="tiny">{t('detector.learning.recentText', { n: comparison.recent.posts })}</p>
      <RecentLoad reader={reader} recent={comparison.recent} />
      <h3 id="differences">{t('detector.learning.differences')}</h3>
      <Differences reader={reader} tried={tried} />
      <h3>{t('detector.learning.switch')}</h3>
      {tried.isOpen ? (
        <PageForm form={chosen}>
          <Version {...view} />
          <input type="hidden" name="model" value={id} />
          <ProseField
            form={chosen}
            name="note"
            label={t('detector.learning.why')}
            hint={t('detector.learning.switchText')}
            rows={2}
          />
          <div class="btns">
            <button class="btn primary" type="submit">
              {t('detector.learning.switch')}
            </button>
          </div>
        </PageForm>
      ) : (
        <Note tone="bad" icon="alert">
          <p>{t('detector.learning.closed')}</p>
        </Note>
      )}
      <PageForm form={dropped} className="one-button">
        <input type="hidden" name="model" value={id} />
        <button class="btn s outline" type="submit">
          {t('detector.learning.drop')}
        </button>
      </PageForm>
    </section>
  )
}

/** The share of posts that are taken to break a rule: what it means, another one to look at, and the change. */
function Prevalence(view: View) {
  const { reader, learning, forms, preview } = view
  const { t } = reader
  const { model } = learning.serving
  const form = forms('prevalence', { prevalence: (100 * model.prevalence).toFixed(1) })
  return (
    <section class="card flow" aria-labelledby="prevalence">
      <h2 id="prevalence">{t('detector.learning.prevalence')}</h2>
      <p class="small">{t('detector.perPrevalenceText')}</p>
      <PerPrevalence reader={reader} model={model} preview={preview} />
      <PageForm form={form} goesTo="prevalence">
        <Version {...view} />
        <TextField
          form={form}
          name="prevalence"
          label={t('detector.learning.share')}
          hint={t('detector.learning.shareHint', { least: percent(LEAST_PREVALENCE), most: percent(MOST_PREVALENCE) })}
          type="count"
        />
        <ProseField form={form} name="note" label={t('detector.learning.why')} rows={2} />
        <div class="btns">
          <button class="btn s outline" type="submit" name="only" value="look">
            {t('detector.learning.look')}
          </button>
          <button class="btn s primary" type="submit">
            {t('detector.learning.set')}
          </button>
        </div>
      </PageForm>
    </section>
  )
}

/** Who changed what decides, when and why. */
function Changes({ reader, learning: { standing } }: View) {
  const { t, locale } = reader
  const [when, who, what, why] = [
    { title: t('operator.noticed.settings.when') },
    { title: t('operator.noticed.settings.who') },
    { title: t('operator.noticed.settings.what') },
    { title: t('operator.noticed.settings.why') },
  ] as const
  return (
    <section class="card flow" aria-labelledby="changes">
      <h2 id="changes">{t('detector.learning.changes')}</h2>
      {standing.changes.length === 0 ? (
        <p class="small quiet">{t('detector.learning.noChanges')}</p>
      ) : (
        <RowTable caption={t('detector.learning.changes')} columns={[when, who, what, why]}>
          {standing.changes.map(({ at, operator, act, prevalence, note }) => (
            <tr role="row">
              <Cell column={when}>{dayTimeText(locale, at)}</Cell>
              <Cell column={who}>{operatorName(operator)}</Cell>
              <Cell column={what}>
                {t('detector.learning.act', { act, share: prevalence === null ? '' : percent(prevalence) })}
              </Cell>
              <Cell column={why}>{note}</Cell>
            </tr>
          ))}
        </RowTable>
      )}
    </section>
  )
}

/** How the detector learns from decisions: the training, the model that is tried, the switch and the way back. */
function LearningPage({ rejected, ...view }: View & { readonly rejected: Rejected | undefined }) {
  const { reader } = view
  const { t, locale } = reader
  return (
    <Page
      styles={operatorsStyles}
      reader={reader}
      title={`${rejected ? t('form.titlePrefix') : ''}${t('detector.learning.title')}`}
      current="detector"
    >
      <main id="main" class="wrap">
        <Crumb href={link(locale, '/operators/detector')}>{t('detector.title')}</Crumb>
        <div class="head">
          <div>
            <h1>{t('detector.learning.title')}</h1>
            <p class="lead">{t('detector.learning.lead')}</p>
          </div>
        </div>
        <Trouble reader={reader} rejected={rejected} />
        <div class="cols">
          <div class="stack">
            <Training {...view} />
            <TriedModel {...view} />
            <Prevalence {...view} />
            <Changes {...view} />
          </div>
          <div class="stack plain-words">
            <Serving {...view} />
          </div>
        </div>
      </main>
    </Page>
  )
}

/** A query parameter that cannot be read counts as not given: a page never fails for its address. */
const pageQuery = z.object({ before: z.coerce.number().int().positive().optional().catch(undefined) })

async function learningPage(
  c: PageContext,
  { rejected, preview }: { readonly rejected?: Rejected; readonly preview?: number } = {},
): Promise<Response> {
  const world = c.get('world')
  const reader = readerOf(c)
  const learning = await showLearning(world, pageQuery.parse(c.req.query()).before)
  if (!learning) return refuse(c, { code: 'not-found' })
  const forms = formsOf(reader, { rejected, once: world.newId('jti') })
  const view = { reader, learning, forms, rejected, preview }
  return show(c, <LearningPage {...view} />, rejected ? statusOf(rejected.problem) : 200)
}

const note = prose(LONGEST_NOTE)
const version = z.coerce.number().int().min(0)
const model = z.string().max(100)
const prevalence = share(LEAST_PREVALENCE, MOST_PREVALENCE)

const forms = {
  switch: z.object({ version, note, model }),
  back: z.object({ version, note }),
  drop: z.object({ model }),
  prevalence: z.object({ version, note, prevalence }),
} as const

async function act(c: PageContext, fields: Fields): Promise<Outcome<unknown>> {
  const [world, operator] = [c.get('world'), personOf(c)]
  switch (fields.act) {
    case 'train':
      return startTraining(world, operator)
    case 'cancel':
      return cancelTraining(world)
    case 'switch': {
      const form = parseInput(forms.switch, fields)
      return form.ok ? switchDetector(world, operator, form.value) : form
    }
    case 'back': {
      const form = parseInput(forms.back, fields)
      return form.ok ? switchBack(world, operator, form.value) : form
    }
    case 'drop': {
      const form = parseInput(forms.drop, fields)
      return form.ok ? dropCandidate(world, form.value.model) : form
    }
    case 'prevalence': {
      const form = parseInput(forms.prevalence, fields)
      return form.ok ? setPrevalence(world, operator, form.value) : form
    }
    default:
      return fail({ code: 'not-found' })
  }
}

async function takeAct(c: PageContext): Promise<Response> {
  const fields = await readFields(c)
  if (fields.act === 'prevalence' && fields.only === 'look') {
    const looked = parseInput(z.object({ prevalence }), fields)
    return learningPage(
      c,
      looked.ok ? { preview: looked.value.prevalence } : { rejected: { fields, problem: looked.problem } },
    )
  }
  const done = await act(c, fields)
  return done.ok
    ? c.redirect(link(readerOf(c).locale, PATH), 303)
    : learningPage(c, { rejected: { fields, problem: done.problem } })
}

/** Learning in service, for operators. */
export const learningPages = (): Hono<SandboxEnv> =>
  new Hono<SandboxEnv>().get(PATH, (c) => learningPage(c)).post(PATH, takeAct)
