import * as z from 'zod'
import type { OwnIntroduction } from '../../flows/introduce-worker.ts'
import {
  bitOf,
  dayParts,
  type Introduction,
  LONGEST_ABOUT,
  LONGEST_CONDITION,
  LONGEST_HEADLINE,
  replyTimes,
  weekdays,
} from '../../people/introduction/introduction.ts'
import type { Offer } from '../../people/introduction/store.ts'
import { holdsAddress } from '../../people/sample/sample.ts'
import { skillBits, skills, skillsIn } from '../../people/skill.ts'
import { count, dayTyped, type Fields, maybeDay, maybeLine, maybeProse, yen } from '../form-fields.ts'
import {
  Checks,
  type FormState,
  type Forms,
  isTicked,
  PageForm,
  ProseField,
  SelectField,
  TextField,
  YenField,
} from '../parts/form-parts.tsx'
import type { Reader } from '../parts/layout.tsx'

const MOST_HOURS = 80
const LONGEST_SKILLS = 120
const [LEAST_RATE, MOST_RATE] = [300, 100_000]

const plain = (text: z.ZodType<string>) => text.refine((typed) => !holdsAddress(typed), 'address')
/** The same in English takes about twice the letters. */
const IN_ENGLISH = 2
const line = (most: number) => plain(maybeLine(most))
const prose = (most: number) => plain(maybeProse(most))

const form = z.object({
  headline: line(LONGEST_HEADLINE),
  headlineEn: line(LONGEST_HEADLINE * IN_ENGLISH),
  about: prose(LONGEST_ABOUT),
  aboutEn: prose(LONGEST_ABOUT * IN_ENGLISH),
  hourlyRate: yen(LEAST_RATE, MOST_RATE),
  hoursPerWeek: z.union([z.literal('').transform(() => null), count(1, MOST_HOURS)]).default(null),
  startsAt: maybeDay,
  replyHours: z
    .enum(['', ...replyTimes.map(String)])
    .default('')
    .transform((typed) => replyTimes.find((hours) => String(hours) === typed) ?? null),
  smallest: line(LONGEST_CONDITION),
  smallestEn: line(LONGEST_CONDITION * IN_ENGLISH),
  declines: line(LONGEST_CONDITION),
  declinesEn: line(LONGEST_CONDITION * IN_ENGLISH),
  otherSkills: line(LONGEST_SKILLS),
  otherSkillsEn: line(LONGEST_SKILLS * IN_ENGLISH),
})

/** The skills that were ticked and written, as they are shown. */
function skillsOf(fields: Fields, written: { readonly ja: string; readonly en: string }) {
  const ticked = skills.filter(({ id }) => fields[`skills-${id}`] === '1')
  const joined = (known: readonly string[], more: string, between: string) =>
    [...new Set([...known, ...skillsIn(more)])].join(between)
  return {
    skillsJa: joined(
      ticked.map(({ ja }) => ja),
      written.ja,
      '、',
    ),
    skillsEn: joined(
      ticked.map(({ en }) => en),
      written.en || written.ja,
      ', ',
    ),
  }
}

const allTimes = dayParts.flatMap((part) => weekdays.map((day) => ({ day, part, name: `times-${day}-${part}` })))

/** What the form says, for the worker who sent it. */
export const introductionForm = (worker: string, fields: Fields) =>
  form.transform((typed): { readonly introduction: Introduction; readonly offer: Offer } => ({
    introduction: {
      worker,
      headlineJa: typed.headline,
      headlineEn: typed.headlineEn,
      aboutJa: typed.about,
      aboutEn: typed.aboutEn,
      week: allTimes.reduce((bits, { day, part, name }) => (fields[name] === '1' ? bits | bitOf(day, part) : bits), 0),
      hoursPerWeek: typed.hoursPerWeek,
      startsAt: typed.startsAt ?? null,
      replyHours: typed.replyHours,
      fixedPrice: fields['fixed-price'] === '1',
      smallestJa: typed.smallest,
      smallestEn: typed.smallestEn,
      declinesJa: typed.declines,
      declinesEn: typed.declinesEn,
    },
    offer: {
      ...skillsOf(fields, { ja: typed.otherSkills, en: typed.otherSkillsEn }),
      hourlyRate: typed.hourlyRate,
    },
  }))

/** What stands in the form before anybody types. */
function givenOf({ worker, introduction: told }: OwnIntroduction): Fields {
  const bits = skillBits(worker)
  const known = skills.filter((_, nth) => (bits >>> nth) & 1)
  const names = new Set(known.flatMap(({ ja, en }) => [ja.toLowerCase(), en.toLowerCase()]))
  const rest = (text: string) => skillsIn(text).filter((skill) => !names.has(skill.toLowerCase()))
  const ticks = [
    ...known.map(({ id }) => `skills-${id}`),
    ...allTimes.flatMap(({ day, part, name }) => ((told.week & bitOf(day, part)) === 0 ? [] : [name])),
    ...(told.fixedPrice ? ['fixed-price'] : []),
  ]
  return {
    ...Object.fromEntries(ticks.map((name) => [name, '1'])),
    headline: told.headlineJa,
    headlineEn: told.headlineEn,
    about: told.aboutJa,
    aboutEn: told.aboutEn,
    hourlyRate: String(worker.hourlyRate),
    hoursPerWeek: told.hoursPerWeek?.toString() ?? '',
    startsAt: dayTyped(told.startsAt),
    replyHours: told.replyHours?.toString() ?? '',
    smallest: told.smallestJa,
    smallestEn: told.smallestEn,
    declines: told.declinesJa,
    declinesEn: told.declinesEn,
    otherSkills: rest(worker.skillsJa).join('、'),
    otherSkillsEn: rest(worker.skillsEn).join(', '),
  }
}

/** The week as a table of boxes, each with its day and time of day for who hears it. */
function WeekField({ form: state }: { form: FormState }) {
  const { t } = state.reader
  return (
    <fieldset class="field" id={`${state.id}-times`}>
      <legend>
        {t('market.introduced.times')}
        <small>{t('form.optional')}</small>
      </legend>
      <table class="week-field">
        <thead>
          <tr>
            <td />
            {weekdays.map((day) => (
              <th scope="col">{t(`market.introduced.days.${day}`)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {dayParts.map((part) => (
            <tr>
              <th scope="row">{t(`market.introduced.parts.${part}`)}</th>
              {weekdays.map((day) => (
                <td>
                  <label>
                    <input
                      type="checkbox"
                      name={`times-${day}-${part}`}
                      value="1"
                      checked={isTicked(state, `times-${day}-${part}`)}
                    />
                    <span class="unseen">
                      {t('market.introduced.at', {
                        day: t(`market.introduced.days.${day}`),
                        part: t(`market.introduced.parts.${part}`),
                      })}
                    </span>
                  </label>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </fieldset>
  )
}

/** What a worker tells of themselves and on what terms they work. */
export function IntroductionPart({ reader, own, forms }: { reader: Reader; own: OwnIntroduction; forms: Forms }) {
  const { t, locale } = reader
  const state = forms('introduce', givenOf(own), 'introduction')
  const field = (name: keyof z.input<typeof form>, hint?: string) => ({
    form: state,
    name,
    label: t(`form.names.introduction-${name}`),
    hint,
  })
  const offered = skills.filter(({ category }) => own.worker.categories.includes(category))
  return (
    <section class="card flow" aria-labelledby="own-introduction">
      <h2 id="own-introduction">{t('account.introduction')}</h2>
      <p class="small">{t('account.introductionRule')}</p>
      <PageForm form={state}>
        <TextField {...field('headline', t('account.headlineHint', { most: LONGEST_HEADLINE }))} optional />
        <ProseField {...field('about', t('account.aboutHint', { most: LONGEST_ABOUT }))} optional rows={6} />
        <WeekField form={state} />
        <TextField {...field('hoursPerWeek')} type="count" optional />
        <TextField {...field('startsAt')} type="date" optional />
        <SelectField
          {...field('replyHours')}
          optional
          options={replyTimes.map((hours) => ({
            value: String(hours),
            label: t('market.introduced.within', { n: hours }),
          }))}
        />
        <YenField {...field('hourlyRate')} />
        <Checks
          form={state}
          name="fixed"
          label={t('account.fixedPrice')}
          optional
          options={[{ value: 'price', label: t('account.takesFixedPrice') }]}
        />
        <TextField {...field('smallest', t('account.smallestHint'))} optional />
        <TextField {...field('declines', t('account.declinesHint'))} optional />
        <Checks
          form={state}
          name="skills"
          label={t('account.skills')}
          optional
          options={offered.map((skill) => ({ value: skill.id, label: skill[locale] }))}
        />
        <TextField {...field('otherSkills', t('account.otherSkillsHint'))} optional />
        <details class="in-english">
          <summary>{t('account.inEnglish')}</summary>
          <div class="form">
            <TextField {...field('headlineEn')} optional />
            <ProseField {...field('aboutEn')} optional rows={6} />
            <TextField {...field('smallestEn')} optional />
            <TextField {...field('declinesEn')} optional />
            <TextField {...field('otherSkillsEn')} optional />
          </div>
        </details>
        <div class="btns">
          <button class="btn s primary" type="submit">
            {t('account.introductionSave')}
          </button>
        </div>
      </PageForm>
    </section>
  )
}
