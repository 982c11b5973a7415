import { signed } from '../draw-plot.ts'
import type { Mean } from '../figures.ts'
import { describeScams, type ScamWords } from './draw-scams.ts'
import { tactics } from './scammers.ts'
import { type FigureName, type ScamStudy, seenShare } from './study-scams.ts'

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')

const rows: readonly (readonly [name: FigureName, told: string, digits: number])[] = [
  ['lost', 'yen lost per 1,000 contracts', 0],
  ['daysSeen', 'days for which a scam that was seen could be seen', 2],
  ['unseen', 'share of scams that nobody could see', 3],
  ['hurt', 'lawful posts held or taken down, of 1,000', 1],
  ['takenDown', '… taken down', 1],
  ['contracts', 'contracts', 0],
]

const interval = (mean: Mean | undefined, digits: number): string =>
  mean ? `${signed(mean.mean, digits)} [${signed(mean.low, digits)}, ${signed(mean.high, digits)}]` : 'too few'

const percent = ({ posts, share }: { readonly posts: number; readonly share: number }): string =>
  `${(100 * share).toFixed(0)} % of ${posts}`

/** The report of the study, as Markdown. */
export function writeScams(
  study: ScamStudy,
  of: { readonly seconds: number; readonly days: number; readonly model: string; readonly words: ScamWords },
): string {
  const { words } = of
  return `# Scammers who learn: ${2 * study.seeds} simulated years

The detector (model ${of.model}) and what is remembered of decisions are the marketplace's own code; everybody's behaviour is an
assumption. In memory, without HTTP, ${of.days} days a year, in ${of.seconds.toFixed(0)} seconds.

![${describeScams(study)}](scams.svg)

Before: each post is judged as a whole and for itself. Now: as the marketplace does.

${table(
  ['mean of the seeds [95 % interval]', 'before', 'now', 'change within a seed'],
  rows.map(([name, told, digits]) => [
    told,
    ...(['before', 'now', 'change'] as const).map((one) => interval(study.figures[name][one], digits)),
  ]),
)}

Posts of a way to write that anybody could see, all seeds:

${table(
  ['way', 'before', 'now'],
  tactics.map((tactic) => [
    words.tactic(tactic),
    percent(seenShare(study.years.before, tactic)),
    percent(seenShare(study.years.now, tactic)),
  ]),
)}

## How it was played

Twelve scammers, none of whose texts a detector was trained on, come in the first half of the year. Each tries six ways to write and
place a post, and uses more of what stayed in sight or brought money, less of what was taken down: as it is; among 400 to 2,000
characters of other people's published posts; in other words; with a sign after every second letter; the very text that was taken down,
from a new account; from an account that was left alone for 20 to 40 days. Two posts taken down end an account.
Readers open 60 posts a day, the newest more often. One in four who reads a scam reports it; of the others one in eight loses what it
asks for, and half of those report it days later. Six lawful posts come a day, three in ten of which speak of what scams speak of; clients ask
for the same again and again. Operators decide about 30 posts a day, at the day's end, and err in one of twenty-five; who is wronged appeals.
`
}
