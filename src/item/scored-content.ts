import { canonicalJson } from './canonical-json.ts'
import type { ItemType, Locale, Wording } from './item.ts'

/** Line-break hints are no content: a better segmenter must not make every item look changed. */
const withoutHints = (json: string): string => json.replaceAll('<wbr>', '')

/** What is scored in one locale of an item, as the text whose SHA-256 is the wording's hash. */
export const scoredContent = (type: ItemType, points: number, { secret, stem, variables }: Wording): string =>
  withoutHints(
    canonicalJson({
      key: secret.key,
      points,
      ...(secret.slots ? { slots: secret.slots } : {}),
      stem,
      type,
      ...(variables ? { variables } : {}),
    }),
  )

/** The text whose SHA-256 is `Item.hash`, of the hashes of its wordings. */
export const itemContent = (hashes: Readonly<Partial<Record<Locale, string>>>): string =>
  (Object.keys(hashes) as Locale[])
    .sort()
    .map((locale) => `${locale}:${hashes[locale]}`)
    .join('\n')
