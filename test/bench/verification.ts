import { readFile } from 'node:fs/promises'
import { convertV4MiniflareOptions, Miniflare } from 'miniflare'
import { bundleTestEntry } from '../support/test-bundle.ts'
import { type Measure, median, rounded, timed } from './measure.ts'
import { openWorkload, type VerificationWorkload } from './verification-workload.ts'

const TOKENS = 1_000

/** Rounds, and tokens of a turn: few, so that whatever else the machine does hits all acts alike; in workerd enough to outweigh a request. */
const PACE = { Node: { rounds: 120, turn: 25 }, workerd: { rounds: 200, turn: 40 } } as const

/** What takes next to nothing is done so often that a turn can be measured. */
const REPEATS = { raw: 1, jose: 1, fresh: 1, seen: 200, digest: 4 } as const

type ActName = Exclude<keyof VerificationWorkload, 'renew'>
/** Does an act to a part of the tokens, whose texts are new, some times: milliseconds. */
type Place = (act: ActName, from: number, count: number, times: number) => Promise<number>

/** Milliseconds per token of each act, taken in turn: one list per act, of which the n-th entries belong together. */
async function inTurns(
  place: Place,
  { rounds, turn }: (typeof PACE)[keyof typeof PACE],
): Promise<Record<keyof typeof REPEATS, number[]>> {
  const names = Object.keys(REPEATS) as (keyof typeof REPEATS)[]
  const times = { raw: [], jose: [], fresh: [], seen: [], digest: [] } as Record<keyof typeof REPEATS, number[]>
  for (let round = -4; round < rounds; round += 1) {
    const from = ((round + 4) * turn) % TOKENS
    for (let i = 0; i < names.length; i += 1) {
      const name = names[(i + round + 4) % names.length] as keyof typeof REPEATS
      const took = await place(name, from, turn, REPEATS[name])
      if (round >= 0) times[name].push(took / (turn * REPEATS[name]))
    }
  }
  return times
}

/** Skills that a badge shows: as the tests' exam has, and as the shipped ones do, whose tokens have 15 KB. */
const SKILLS = [4, 47] as const

async function measurePlace(runtime: keyof typeof PACE, skills: number, place: Place): Promise<Measure[]> {
  const where = `${runtime}, ${skills} skills`
  const times = await inTurns(place, PACE[runtime])
  const batches = [
    await place('batch', 0, TOKENS, 1),
    await place('batch', 0, TOKENS, 1),
    await place('batch', 0, TOKENS, 1),
  ]
  const perSecond = (name: keyof typeof times) => rounded(1_000 / median(times[name]))
  const ratio = (name: keyof typeof times, to: keyof typeof times) =>
    median(times[name].map((time, i) => (times[to][i] as number) / time))
  const against = (name: keyof typeof times, to: keyof typeof times) => `${perSecond(name)} ÷ ${perSecond(to)} per s`
  return [
    {
      name: `${where}: a new token, all checks ÷ jose.jwtVerify`,
      value: ratio('fresh', 'jose'),
      unit: '×',
      least: 0.9,
      detail: against('fresh', 'jose'),
    },
    {
      name: `${where}: a new token, all checks ÷ raw ES256 verify`,
      value: ratio('fresh', 'raw'),
      unit: '×',
      detail: against('fresh', 'raw'),
    },
    {
      name: `${where}: a token seen before ÷ jose.jwtVerify`,
      value: ratio('seen', 'jose'),
      unit: '×',
      least: 20,
      detail: against('seen', 'jose'),
    },
    {
      name: `${where}: its whole verification ÷ only a SHA-256 of its text`,
      value: ratio('seen', 'digest'),
      unit: '×',
      detail: against('seen', 'digest'),
    },
    {
      name: `${where}: 1,000 new tokens in one call`,
      value: median(batches),
      unit: 'ms',
      detail: `${rounded(median(times.jose) * TOKENS)} ms by jose.jwtVerify, one after the other`,
    },
  ]
}

/** The same in workerd, whose clock stands still while it works: the requests are timed from here, and an empty one taken off. */
async function inWorkerd(): Promise<Measure[]> {
  const script = await readFile(await bundleTestEntry('test/support/verification-worker.ts', 'workerd'), 'utf8')
  const worker = new Miniflare(convertV4MiniflareOptions({ modules: true, script, compatibilityDate: '2026-11-02' }))
  const ask = async (path: string) => (await worker.dispatchFetch(`http://worker${path}`)).text()
  const place: Place = async (name, from, count, times) => {
    await ask(`/renew?from=${from}&count=${count}&times=1`)
    const empty = await timed(() => ask(`/${name}?times=0`))
    return Math.max(0.01, (await timed(() => ask(`/${name}?from=${from}&count=${count}&times=${times}`))) - empty)
  }
  const measures: Measure[] = []
  try {
    for (const skills of SKILLS) {
      await ask(`/open?count=${TOKENS}&skills=${skills}`)
      measures.push(...(await measurePlace('workerd', skills, place)))
    }
  } finally {
    await worker.dispose()
  }
  return measures
}

async function onNode(skills: number): Promise<Measure[]> {
  const workload = await openWorkload(TOKENS, skills)
  return measurePlace('Node', skills, async (name, from, count, times) => {
    await workload.renew(from, count)
    return timed(async () => {
      for (let i = 0; i < times; i += 1) await workload[name](from, count)
    })
  })
}

/** Verification with a known key against bare jose and bare WebCrypto, on Node and in workerd. */
export async function measureVerification(): Promise<Measure[]> {
  const measures: Measure[] = []
  for (const skills of SKILLS) measures.push(...(await onNode(skills)))
  return [...measures, ...(await inWorkerd())]
}
