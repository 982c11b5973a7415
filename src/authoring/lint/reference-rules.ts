import type { Instant } from '../../kernel/instant.ts'
import { warning } from '../diagnostic.ts'
import { say } from '../said.ts'
import type { Subject } from './subject.ts'
import { CHECKED, LAW, RENAMED } from './words.data.ts'

/** A reference older than this is looked at again; law changes every spring. */
const OLDEST_YEARS = 5

export function lintReferences(subject: Subject, now: Instant): void {
  const { wording, at, variant, item } = subject
  const { rationale, references } = wording.secret
  const report = (place = at.heading, finding = missingRationale) => subject.report(place, finding)
  if (rationale.trim() === '') report()
  const written = `${subject.stemText}\n${subject.options.map((option) => option.text).join('\n')}\n${rationale}`
  if (references.length === 0 && LAW.test(written))
    report(
      at.heading,
      warning(
        'refs/missing-law',
        say('finding.lawWithoutReferences', { law: LAW.exec(written)?.[0] ?? '' }),
        say('advice.nameTheLaw'),
      ),
    )
  for (const reference of references) {
    const renamed = RENAMED.find(([name]) => name.test(reference))
    if (renamed)
      report(
        variant.places.references,
        warning('refs/stale-law', say('finding.lawRenamed', { was: renamed[1], now: renamed[2] })),
      )
    const year = Math.max(...[...reference.matchAll(CHECKED)].map((match) => Number(match[1])))
    if (year > 0 && new Date(now).getUTCFullYear() - year >= OLDEST_YEARS)
      report(
        variant.places.references,
        warning('refs/stale-law', say('finding.referenceOld', { year }), say('advice.checkLawInForce')),
      )
  }
  if (item.reviewBy !== undefined && item.status !== 'retired' && Date.parse(`${item.reviewBy}T00:00:00Z`) <= now)
    report(
      at.heading,
      warning('item/review-due', say('finding.reviewDue', { reviewBy: item.reviewBy }), say('advice.checkAndSetDate')),
    )
}

const missingRationale = warning('rationale/missing', say('finding.noRationale'), say('advice.sayWhy'))
