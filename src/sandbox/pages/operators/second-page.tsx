import { Hono } from 'hono'
import * as z from 'zod'
import { fail } from '../../../kernel/result.ts'
import { parseInput } from '../../../platform/http/parse-input.ts'
import { Crumb } from '../../../platform/page/document.tsx'
import { Note } from '../../../platform/page/state.tsx'
import { kindTexts } from '../../detector/judge/kind-texts.ts'
import { kinds } from '../../detector/judge/kinds.ts'
import {
  type Found,
  judgeAgain,
  type SecondView,
  settleSecond,
  showSecond,
  type Written,
} from '../../flows/judge-again.ts'
import type { Drawn } from '../../moderation/second/store.ts'
import { malformed, type Outcome } from '../../problem.ts'
import { statusOf } from '../../problem-response.ts'
import type { SandboxEnv } from '../../sandbox-world.ts'
import { choice, type Fields, prose, type Rejected, readFields } from '../form-fields.ts'
import { payIn } from '../jobs/job-parts.tsx'
import { link } from '../links.ts'
import { type PageContext, personOf, readerOf, refuse, show } from '../page-door.tsx'
import { Checks, Choice, type Forms, formsOf, PageForm, ProseField, Trouble } from '../parts/form-parts.tsx'
import { Page, type Reader } from '../parts/layout.tsx'
import { operatorsStyles, queueKeysScript } from '../styles.ts'
import { QueueKeys } from './case-parts.tsx'
import { kindsIn, LONGEST_NOTE } from './read-decision.ts'

export const secondPath = (id: string): string => `/operators/second/${encodeURIComponent(id)}`

/** What a drawn decision is about, in one line. */
export const drawnTitle = ({ t }: Reader, { second: { surface }, post }: Drawn): string =>
  post
    ? t('case.about', { subject: t('case.surface', { surface }), title: post.title })
    : t('case.surface', { surface })

/** A post as it was when it was decided about, and nothing of what became of it. */
function Post({ reader, post }: { reader: Reader; post: NonNullable<Written['post']> }) {
  const { t } = reader
  return (
    <section class="card flow" aria-labelledby="post">
      <h2 id="post">{t('case.jobText')}</h2>
      <h3 class="post-title">{post.title}</h3>
      <p class="written post-body">{post.body}</p>
      <p class="tiny queue-facts">
        <span>{t(`market.category.${post.category as 'business-admin'}`)}</span>
        <span>{payIn(reader, { payType: post.pay.type, payAmount: post.pay.amount })}</span>
        <span>{t('case.second.accountAge', { days: post.accountAgeDays })}</span>
      </p>
    </section>
  )
}

/** What was decided about: a post or other texts, and what its writer says against the decision where an appeal was judged. */
function WhatWasWritten({ reader, written: { post, texts, appeal } }: { reader: Reader; written: Written }) {
  const { t } = reader
  return (
    <>
      {post && <Post reader={reader} post={post} />}
      {texts.length > 0 && (
        <section class="card flow" aria-labelledby="texts">
          <h2 id="texts">{t('case.second.texts')}</h2>
          {texts.map(({ surface, text }) => (
            <div class="flow">
              <p class="tiny">{t('case.surface', { surface })}</p>
              <blockquote class="typed">{text}</blockquote>
            </div>
          ))}
        </section>
      )}
      {appeal !== undefined && (
        <section class="card flow" aria-labelledby="appeal">
          <div class="card-head">
            <h2 id="appeal">{t('case.appealTitle')}</h2>
            <small>{t('case.appealText')}</small>
          </div>
          <blockquote class="typed">{appeal}</blockquote>
        </section>
      )}
    </>
  )
}

interface View {
  readonly reader: Reader
  readonly second: SecondView
  readonly forms: Forms
  readonly rejected: Rejected | undefined
}

/** What the text is, in the eyes of whoever does not know what was decided. */
function JudgeForm({ reader, forms }: View) {
  const { locale, t } = reader
  const form = forms('judge')
  return (
    <section class="card flow" aria-labelledby="judge-title">
      <h2 id="judge-title">{t('case.second.judge')}</h2>
      <PageForm form={form}>
        <Choice
          form={form}
          name="breach"
          label={t('case.second.what')}
          options={(['no', 'yes'] as const).map((value) => ({ value, label: t(`case.second.breach.${value}`) }))}
        />
        <Checks
          form={form}
          name="kinds"
          label={t('case.whichKinds')}
          hint={t('case.second.kindsHint')}
          optional
          options={kinds.map((kind) => ({
            value: kind,
            label: kindTexts[kind].title[locale],
            about: kindTexts[kind].rule[locale],
          }))}
        />
        <ProseField form={form} name="reasons" label={t('case.reasons')} hint={t('case.second.reasonsHint')} rows={3} />
        <div class="btns">
          <button class="btn s primary" type="submit">
            {t('case.second.send')}
          </button>
        </div>
      </PageForm>
    </section>
  )
}

const Finding = ({ reader, found }: { reader: Reader; found: Found }) => {
  const { locale, t } = reader
  return (
    <section class="card flow" aria-labelledby={`found-${found.name}`}>
      <h2 id={`found-${found.name}`}>{t('case.second.finding', { name: found.name })}</h2>
      <p>
        <b>{t(`case.second.breach.${found.breach ? 'yes' : 'no'}`)}</b>
      </p>
      {found.kinds.length > 0 && (
        <ul class="rules">
          {found.kinds.map((kind) => (
            <li>{kindTexts[kind].title[locale]}</li>
          ))}
        </ul>
      )}
      <blockquote class="typed">{found.reasons}</blockquote>
    </section>
  )
}

/** Which of two findings stands, decided by a third. */
function SettleForm({ reader, forms, findings }: View & { findings: readonly Found[] }) {
  const { t } = reader
  const form = forms('settle')
  return (
    <>
      <div class="halves">
        {findings.map((found) => (
          <Finding reader={reader} found={found} />
        ))}
      </div>
      <section class="card flow" aria-labelledby="settle-title">
        <h2 id="settle-title">{t('case.second.settle')}</h2>
        <p class="small">{t('case.second.settleText')}</p>
        <PageForm form={form}>
          <Choice
            form={form}
            name="stands"
            label={t('case.second.which')}
            options={findings.map(({ name }) => ({ value: name, label: t('case.second.finding', { name }) }))}
          />
          <ProseField form={form} name="reasons" label={t('case.reasons')} hint={t('case.reasonsHint')} rows={3} />
          <div class="btns">
            <button class="btn s primary" type="submit">
              {t('case.second.settleSend')}
            </button>
          </div>
        </PageForm>
      </section>
    </>
  )
}

/** What is judged twice. */
function SecondPage(view: View) {
  const { reader, second, rejected } = view
  const { locale, t } = reader
  const title = t(second.state === 'differ' ? 'case.second.settle' : 'case.second.title')
  return (
    <Page
      styles={operatorsStyles}
      script={queueKeysScript}
      reader={reader}
      title={`${rejected ? t('form.titlePrefix') : ''}${title}`}
      current="queue"
    >
      <main id="main" class="wrap narrow">
        <Crumb href={link(locale, '/operators/queue')}>{t('case.back')}</Crumb>
        <QueueKeys reader={reader} place="alone" />
        <div class="head">
          <div>
            <h1>{title}</h1>
            <p class="lead">
              {t(
                second.state === 'blind' && second.written.surface === 'appeal'
                  ? 'case.second.lead.blindAppeal'
                  : `case.second.lead.${second.state}`,
              )}
            </p>
          </div>
        </div>
        <div class="stack">
          <Trouble reader={reader} rejected={rejected} />
          <WhatWasWritten reader={reader} written={second.written} />
          {second.state === 'blind' && <JudgeForm {...view} />}
          {second.state === 'differ' && <SettleForm {...view} findings={second.findings} />}
          {second.state === 'over' && (
            <Note icon="check">
              <p>{t('case.second.over')}</p>
            </Note>
          )}
        </div>
      </main>
    </Page>
  )
}

async function showPage(c: PageContext, id: string, rejected?: Rejected): Promise<Response> {
  const world = c.get('world')
  const second = await showSecond(world, personOf(c), id)
  if (!second.ok) return refuse(c, second.problem)
  const reader = readerOf(c)
  const forms = formsOf(reader, { rejected, once: world.newId('jti') })
  return show(
    c,
    <SecondPage reader={reader} second={second.value} forms={forms} rejected={rejected} />,
    rejected ? statusOf(rejected.problem) : 200,
    { scripts: true },
  )
}

const judgeForm = z.object({ breach: choice(['no', 'yes']), reasons: prose(LONGEST_NOTE) })
const settleForm = z.object({ stands: choice(['A', 'B']), reasons: prose(LONGEST_NOTE) })

async function judge(c: PageContext, id: string, fields: Fields): Promise<Outcome<unknown>> {
  const form = parseInput(judgeForm, fields)
  if (!form.ok) return form
  const breach = form.value.breach === 'yes'
  const chosen = kindsIn(fields)
  if (!breach && chosen.length > 0) return malformed([{ path: 'kinds', message: 'noKinds' }])
  return judgeAgain(c.get('world'), personOf(c), id, { breach, kinds: chosen, reasons: form.value.reasons })
}

async function settle(c: PageContext, id: string, fields: Fields): Promise<Outcome<unknown>> {
  const form = parseInput(settleForm, fields)
  if (!form.ok) return form
  const second = await showSecond(c.get('world'), personOf(c), id)
  if (!second.ok) return second
  const { stands, reasons } = form.value
  const found = second.value.state === 'differ' && second.value.findings.find(({ name }) => name === stands)
  if (!found) return fail({ code: 'wrong-state', state: 'settled', detail: 'There is nothing to settle' })
  return settleSecond(c.get('world'), personOf(c), id, { stands: found.of, reasons })
}

async function take(c: PageContext, id: string): Promise<Response> {
  const fields = await readFields(c)
  const act = { judge, settle }[fields.act ?? '']
  const done = act ? await act(c, id, fields) : fail({ code: 'not-found' } as const)
  return done.ok
    ? c.redirect(link(readerOf(c).locale, '/operators/queue'), 303)
    : showPage(c, id, { fields, problem: done.problem })
}

/** Texts that are judged twice, each time by somebody who does not know the other's finding; and differences to be settled. */
export const secondPages = (): Hono<SandboxEnv> =>
  new Hono<SandboxEnv>()
    .get('/operators/second/:id', (c) => showPage(c, c.req.param('id')))
    .post('/operators/second/:id', (c) => take(c, c.req.param('id')))
