import type { Instant } from '../../kernel/instant.ts'
import { say, warning } from '../diagnostic.ts'
import type { Subject } from './subject.ts'

const LAW =
  /(?:著作権|商標|景品表示|景表|薬機|医療|健康増進|個人情報保護|特定商取引|特商|消費税|所得税|印紙税|電子帳簿保存|不正競争防止|独占禁止|フリーランス|下請|取適|民|刑)法|第?\s*[0-9０-９]+\s*条(?:の|第|に|で|、|。|$)/
/** Names that law has left behind, and what they are called now. */
const RENAMED: readonly (readonly [RegExp, string, string])[] = [
  [/薬事法(?!人)/, '薬事法', '薬機法（2014年11月25日から）'],
  [/下請(?:代金支払遅延等防止)?法/, '下請法', '取適法（2026年1月1日から）'],
]
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
        say(`法令（「${LAW.exec(written)?.[0]}」）に触れていますが、出典がありません`, 'the item speaks of law but has no references'),
        say('「### 出典」に法令名と条を書いてください', 'name the law and article under "### References"'),
      ),
    )
  for (const reference of references) {
    const renamed = RENAMED.find(([name]) => name.test(reference))
    if (renamed) report(variant.places.references, warning('refs/stale-law', say(`出典の「${renamed[1]}」は、いまは${renamed[2]}です`, `"${renamed[1]}" is now called ${renamed[2]}`)))
    const year = Math.max(...[...reference.matchAll(/(20\d{2})年?.{0,8}(?:確認|閲覧|時点|取得|as of|accessed)/g)].map((match) => Number(match[1])))
    if (year > 0 && new Date(now).getUTCFullYear() - year >= OLDEST_YEARS)
      report(
        variant.places.references,
        warning('refs/stale-law', say(`出典を${year}年に確かめたままです`, `this reference was last checked in ${year}`), say('最新の条文で確かめてください', 'check it against the law in force')),
      )
  }
  if (item.reviewBy !== undefined && item.status !== 'retired' && Date.parse(`${item.reviewBy}T00:00:00Z`) <= now)
    report(
      at.heading,
      warning(
        'item/review-due',
        say(`見直しの期限（${item.reviewBy}）を過ぎています`, `the review was due on ${item.reviewBy}`),
        say('内容を確かめ、期限を改めてください', 'check the item and set a new date'),
      ),
    )
}

const missingRationale = warning(
  'rationale/missing',
  say('解説がありません', 'there is no rationale'),
  say('「### 解説」に、なぜ正しいか・なぜ誤りかを書いてください', 'say under "### Rationale" why each option is right or wrong'),
)
