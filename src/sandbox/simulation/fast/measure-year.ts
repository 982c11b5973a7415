import {
  type ArmCount,
  type MarketEffect,
  marketEffect,
  medianWait,
  type NoticedEffect,
  noticedEffect,
  type Stratum,
  shareByDay,
  type Waited,
} from '@kentei/marketplace/estimator'
import { quantile } from '../figures.ts'
import { type Group, groupOf, groups } from '../summarise-year.ts'
import type { Person } from './fast-market.ts'
import type { SearchOutcome } from './fast-search.ts'
import type { FastResult } from './fast-year.ts'

/** What is measured of a year. Days are days, shares 0..1, qualities SD of true quality. */
export interface YearFigures {
  /** Half of the newcomers had a first contract so many days after joining. */
  readonly medianDays: Readonly<Record<Group, number>>
  /** Of the certified: on a first page within 7 days of the pass, looked at by then, hired within 30. */
  readonly shown: number
  readonly lookedAt: number
  readonly hired: number
  readonly firstContracts: number
  readonly firstQuality: number
  readonly quality: number
  /** The same of the last quarter. */
  readonly lateQuality: number
  readonly endsWell: number
  readonly filled: number
  readonly incumbentContracts: number
  /** Shows on first pages a waiting day, certified over others, from month 13 on or of the last half-year. */
  readonly displayRatio: number
  /** Mean of r over the exams in the last month. */
  readonly lastRatio: number
  /** Share with a first contract by each day. */
  readonly shares: Readonly<Record<Group, readonly number[]>>
}

const SHOWN_WITHIN = 7
const HIRED_WITHIN = 30
const QUARTER = 91
const HALF_YEAR_MONTHS = 6

export const mean = (values: readonly number[]): number =>
  values.length === 0 ? Number.NaN : values.reduce((sum, value) => sum + value, 0) / values.length
const shareOf = <T>(all: readonly T[], holds: (one: T) => boolean): number => mean(all.map((one) => Number(holds(one))))

type Newcomer = Person & { readonly joinsOn: number }
const isNewcomer = (person: Person): person is Newcomer => person.joinsOn !== null

/** How long the newcomers of a group waited who joined from a day on. */
function waitsOf({ people, options }: FastResult, group: Group, from: number): Waited[] {
  return people
    .filter(isNewcomer)
    .filter((person) => person.joinsOn >= from && person.joinsOn < options.days && groupOf(person) === group)
    .map(({ joinsOn, firstHire, leftOn }) => ({
      days: (firstHire?.on ?? leftOn ?? options.days) - joinsOn,
      came: firstHire !== undefined,
    }))
}

function displayRatio({ exposure }: FastResult): number {
  const late = exposure.slice(-HALF_YEAR_MONTHS)
  const rate = (group: 'certified' | 'other') =>
    late.reduce((sum, { shows }) => sum + shows[group], 0) / late.reduce((sum, { days }) => sum + days[group], 0)
  return rate('certified') / rate('other')
}

/** Measures a year; newcomers who joined before `from` are left out of the waits. */
export function measureYear(result: FastResult, from = 0): YearFigures {
  const { options, people, formed, jobs, beliefs } = result
  const passed = people.flatMap((person) =>
    isNewcomer(person) &&
    person.certifiedOn !== undefined &&
    person.certifiedOn >= from &&
    person.certifiedOn <= options.days - HIRED_WITHIN &&
    !(person.firstHire && person.firstHire.on < person.certifiedOn)
      ? [{ ...person, certifiedOn: person.certifiedOn }]
      : [],
  )
  const within = (on: number | undefined, since: number, days: number) => on !== undefined && on - since <= days
  const first = formed.filter((contract) => contract.first && contract.on >= from)
  const late = formed.filter(({ on }) => on >= options.days - QUARTER)
  const last = beliefs.filter(({ month }) => month === beliefs.at(-1)?.month)
  const waits = Object.fromEntries(groups.map((group) => [group, waitsOf(result, group, from)])) as Record<
    Group,
    Waited[]
  >
  const until = options.days - from
  return {
    medianDays: {
      certified: medianWait(waits.certified, until) ?? Number.POSITIVE_INFINITY,
      uncertified: medianWait(waits.uncertified, until) ?? Number.POSITIVE_INFINITY,
    },
    shown: shareOf(passed, ({ shownOn, certifiedOn }) => within(shownOn, certifiedOn, SHOWN_WITHIN)),
    lookedAt: shareOf(passed, ({ lookedAtOn, certifiedOn }) => within(lookedAtOn, certifiedOn, SHOWN_WITHIN)),
    hired: shareOf(passed, ({ firstHire, certifiedOn }) => within(firstHire?.on, certifiedOn, HIRED_WITHIN)),
    firstContracts: first.length,
    firstQuality: mean(first.map(({ quality }) => quality)),
    quality: mean(formed.map(({ quality }) => quality)),
    lateQuality: mean(late.map(({ quality }) => quality)),
    endsWell: jobs.endedWell / jobs.posted,
    filled: jobs.filled / jobs.posted,
    incumbentContracts: formed.filter(({ incumbent }) => incumbent).length,
    displayRatio: displayRatio(result),
    lastRatio: mean(last.map(({ belief }) => belief.ratio)),
    shares: { certified: shareByDay(waits.certified, until), uncertified: shareByDay(waits.uncertified, until) },
  }
}

/** A reader's day: what the arm was drawn for. */
interface ReaderDay {
  readonly propensity: number
  readonly treated: boolean
  happened: boolean
  wouldTreated: boolean
  wouldHeldOut: boolean
}

function readerDays(searches: readonly SearchOutcome[]): ReaderDay[] {
  const units = new Map<string, ReaderDay>()
  for (const { client, day, arm, propensity, hiredCertified, potential } of searches) {
    const key = `${client}/${day}`
    const treated = arm === 'treated'
    const unit = units.get(key) ?? {
      propensity: treated ? propensity : 1 - propensity,
      treated,
      happened: false,
      wouldTreated: false,
      wouldHeldOut: false,
    }
    units.set(key, unit)
    unit.happened ||= hiredCertified
    unit.wouldTreated ||= potential?.treated ?? false
    unit.wouldHeldOut ||= potential?.heldOut ?? false
  }
  return [...units.values()]
}

export interface Proof {
  /** What being drawn does to being hired by this client; undefined where nothing was drawn. */
  readonly noticed: NoticedEffect | undefined
  /** What the whole scheme does to the share of reader-days on which somebody certified is hired. */
  readonly market: MarketEffect | undefined
  /** What it truly did, where both arms of every search were played. */
  readonly truth: number
}

/** What a year proves, as the marketplace would find it. */
export function proveYear({ draws, searches }: FastResult): Proof {
  const units = readerDays(searches)
  const strata = [...new Set(units.map(({ propensity }) => propensity))].map((propensity): Stratum => {
    const count = (treated: boolean): ArmCount => {
      const arm = units.filter((unit) => unit.propensity === propensity && unit.treated === treated)
      return { units: arm.length, events: arm.filter(({ happened }) => happened).length }
    }
    return { propensity, treated: count(true), heldOut: count(false) }
  })
  return {
    noticed: noticedEffect(draws),
    market: marketEffect(strata),
    truth: mean(units.map(({ wouldTreated, wouldHeldOut }) => Number(wouldTreated) - Number(wouldHeldOut))),
  }
}

export const medianOf = (values: readonly number[]): number => quantile(values, 0.5) ?? Number.NaN
