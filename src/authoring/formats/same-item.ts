import { canonicalJson } from '../../item/canonical-json.ts'
import type { ItemSource } from '../bank-source.ts'
import { renderBlocks } from '../render-markdown.ts'
import { writtenTypeOf } from '../written-types.ts'
import type { ItemField } from './exchange.ts'

const FIELDS: readonly ItemField[] = [
  'id',
  'title',
  'pills',
  'stem',
  'answer',
  'variables',
  'rationale',
  'references',
  'notes',
]

/** The parts in which two items say different things. Markdown that is spelled otherwise but shows the same is the same. */
export const differences = (a: ItemSource, b: ItemSource): ItemField[] =>
  FIELDS.filter((field) => meaningOf(a, field) !== meaningOf(b, field))

function meaningOf(item: ItemSource, field: ItemField): string {
  switch (field) {
    case 'stem':
      return shown(item.stem)
    case 'rationale':
    case 'notes':
      return shown(item[field])
    case 'references':
      return item.references.map(shown).join('\n')
    case 'title':
      return shown(item.title)
    case 'answer':
      return canonicalJson(writtenTypeOf(item.pills.type).meaning(item.answer, shown))
    case 'pills':
      return canonicalJson(JSON.parse(JSON.stringify({ ...item.pills, enemies: [...item.pills.enemies].sort() })))
    case 'id':
    case 'variables':
      return canonicalJson(item[field])
    default:
      return field satisfies never
  }
}

/** What a piece of Markdown shows. Images are compared by their path. */
const shown = (source: string): string =>
  PLAIN.test(source) ? source : renderBlocks(source, { refuse: () => {}, image: (src) => ({ src }) }).html

const PLAIN = /^[^\\`*_~[\]<&\n#>|+=-]*$/
