import type { Locale } from '../../../item/item.ts'
import { fail, ok, type Result } from '../../../kernel/result.ts'
import { listed, say, sentenceOf } from '../../said.ts'
import {
  type Imported,
  type ImportedItem,
  type ImportProblem,
  type LeftOut,
  type Loss,
  loss,
  problem,
} from '../exchange.ts'
import { type Element, elementsOf, findElement, textOf } from '../markup-tree.ts'
import { readXml } from '../parse-xml.ts'
import { type PictureShelf, pictureShelf } from '../picture-shelf.ts'
import { type ReadWords, readPillWords } from '../pill-words.ts'
import { allElements } from './declarations.ts'
import { isZip, openPackage, type PackageFiles } from './open-package.ts'
import { isItem, readItem } from './read-item.ts'

/** Reads a QTI package (zip with `imsmanifest.xml`) or a single item. */
export function readQti(bytes: Uint8Array, { locale }: { readonly locale: Locale }): Result<Imported, ImportProblem> {
  if (!isZip(bytes)) return readSingle(bytes, locale)
  const opened = openPackage(bytes)
  if (!opened.ok) return opened
  const files = opened.value
  const pictures = pictureShelf()
  const manifestPath = [...files.byPath.keys()]
    .filter((path) => /(^|\/)imsmanifest\.xml$/i.test(path))
    .sort((a, b) => a.length - b.length)[0]
  const read = (path: string, words: ReadWords): ImportedItem | LeftOut =>
    readFile(path, { files, words, locale, pictures })
  if (manifestPath === undefined) {
    const items = [...files.byPath.keys()]
      .filter((path) => /\.xml$/i.test(path))
      .flatMap((path) => (rootOf(files, path)?.ok === false || isItemAt(files, path) ? [path] : []))
    if (items.length === 0) return fail(problem('not-this-format', say('exchange.noManifestNoItems')))
    return ok({
      entries: items.map((path) => read(path, NO_WORDS)),
      losses: [loss('syntax', say('exchange.withoutManifest'))],
      assets: pictures.taken(),
    })
  }
  const manifest = readXml(files.byPath.get(manifestPath) as Uint8Array)
  if (!manifest.ok) return manifest
  const imported = readResources(manifest.value, manifestPath, files, read, pictures)
  return imported.entries.length > 0 ? ok(imported) : fail(noItems(manifest.value, imported.losses))
}

function noItems(manifest: Element, losses: readonly Loss[]): ImportProblem {
  const types = [
    ...new Set(allElements(manifest, ({ name }) => name === 'resource').map(({ attributes }) => attributes.type ?? '')),
  ]
    .slice(0, 5)
    .join(', ')
  const reasons = listed(['', ...losses.map(({ message }) => message)], 'between.sentences')
  return problem('not-this-format', say('exchange.manifestNamesNoItem', { types: types.slice(0, 200), reasons }))
}

const NO_WORDS = readPillWords([])

function readSingle(bytes: Uint8Array, locale: Locale): Result<Imported, ImportProblem> {
  const parsed = readXml(bytes)
  if (!parsed.ok) return parsed
  if (!isItem(parsed.value)) return fail(otherXml(parsed.value))
  const entry = readItem(parsed.value, {
    source: sentenceOf(say('exchange.item'), locale),
    locale,
    words: NO_WORDS,
    image: () => undefined,
    stimulus: () => undefined,
  })
  return ok({ entries: [entry], losses: [], assets: [] })
}

function otherXml({ name }: Element): ImportProblem {
  if (name === 'questestinterop') return problem('not-this-format', say('exchange.qti1'))
  return problem('not-this-format', say('exchange.noQtiItem', { name: name.slice(0, 40) }))
}

const rootOf = (files: PackageFiles, path: string): Result<Element, ImportProblem> | undefined => {
  const bytes = files.byPath.get(path)
  return bytes && readXml(bytes)
}

function isItemAt(files: PackageFiles, path: string): boolean {
  const root = rootOf(files, path)
  return root?.ok === true && isItem(root.value)
}

/** The path of a file of the package as another file names it; undefined when there is none, or it leads elsewhere. */
const located = (files: PackageFiles, from: string, href: string): string | undefined =>
  files.pathOf(resolved(from, href.replaceAll('\\', '/')) ?? '')

function resolved(from: string, href: string): string | undefined {
  if (/^([a-z][a-z0-9+.-]*:|\/\/)/i.test(href)) return undefined
  const parts = href.startsWith('/') ? [] : from.split('/').slice(0, -1)
  for (const part of decoded(href.replace(/[?#].*$/, '')).split('/')) {
    if (part === '..') {
      if (parts.length === 0) return undefined
      parts.pop()
    } else if (part !== '.' && part !== '') parts.push(part)
  }
  return parts.join('/')
}

function decoded(href: string): string {
  try {
    return decodeURIComponent(href)
  } catch {
    return href
  }
}

function readResources(
  manifest: Element,
  path: string,
  files: PackageFiles,
  read: (path: string, words: ReadWords) => ImportedItem | LeftOut,
  pictures: PictureShelf,
): Imported {
  const resources = allElements(manifest, ({ name }) => name === 'resource')
  const losses: Loss[] = []
  const named = new Set<string>()
  const entries = resources.flatMap((resource): (ImportedItem | LeftOut)[] => {
    const { type = '', href = '', identifier = '' } = resource.attributes
    const target = located(files, path, href)
    if (target !== undefined) named.add(target)
    if (/^imsqti_(apip)?item_xmlv[23]/i.test(type)) {
      const { words, lost } = keywordsOf(resource)
      const source = href === '' ? identifier : href
      if (target === undefined)
        return [
          {
            kind: 'left-out',
            source,
            losses: [loss('syntax', say('exchange.fileNotInPackage', { source: source.slice(0, 80) }))],
          },
        ]
      const entry = read(target, words)
      return [{ ...entry, losses: [...entry.losses, ...lost] }]
    }
    if (/^imsqti_(xmlv1|item_xmlv1)/i.test(type))
      return [{ kind: 'left-out', source: href || identifier, losses: [loss('unsupported', say('exchange.qti1Item'))] }]
    if (/^imsqti_(test|assessment|section)/i.test(type))
      losses.push(loss('metadata', say('exchange.testStructureLost', { href: href.slice(0, 60) })))
    return []
  })
  if (
    resources.some((resource) => holdsOtherMetadata(resource)) ||
    elementsOf(manifest, 'metadata').some((metadata) => findElement(metadata.children, 'lom'))
  )
    losses.push(loss('metadata', say('exchange.metadataLost')))
  const parts = new Set(
    resources.flatMap((resource) =>
      elementsOf(resource, 'file').map(({ attributes }) => located(files, path, attributes.href ?? '')),
    ),
  )
  const unlisted = [...files.byPath.keys()].filter(
    (file) => /\.xml$/i.test(file) && file !== path && !named.has(file) && isItemAt(files, file),
  )
  // some writers list the items of a test as its files only
  entries.push(...unlisted.filter((file) => parts.has(file)).map((file) => read(file, NO_WORDS)))
  const unnamed = unlisted.filter((file) => !parts.has(file))
  if (unnamed.length > 0)
    losses.push(loss('syntax', say('exchange.itemsNotInManifest', { unnamed: listed(unnamed.slice(0, 5)) })))
  return { entries, losses, assets: pictures.taken() }
}

function keywordsOf(resource: Element): { readonly words: ReadWords; readonly lost: readonly Loss[] } {
  const words = readPillWords(
    allElements(resource, ({ name }) => name === 'keyword')
      .map((keyword) => textOf(keyword).replace(/\s+/g, ' ').trim())
      .filter((word) => word !== ''),
  )
  return {
    words,
    lost: words.unknown.map((word) => loss('metadata', say('exchange.keywordLost', { word: word.slice(0, 60) }))),
  }
}

/** Whether it says anything that stands in no keyword. */
const holdsOtherMetadata = (resource: Element): boolean =>
  elementsOf(resource, 'metadata').some((metadata) =>
    allElements(
      metadata,
      (one) => one.name === 'keyword' || (textOf(one).trim() !== '' && elementsOf(one).length === 0),
    ).some(({ name }) => name !== 'keyword'),
  )

interface FileContext {
  readonly files: PackageFiles
  readonly words: ReadWords
  readonly locale: Locale
  readonly pictures: PictureShelf
}

function readFile(path: string, { files, words, locale, pictures }: FileContext): ImportedItem | LeftOut {
  const root = rootOf(files, path)
  if (!root?.ok)
    return {
      kind: 'left-out',
      source: path,
      losses: [
        {
          code: 'syntax',
          message: root?.problem.message ?? otherXml({ name: '', attributes: {}, children: [] }).message,
        },
      ],
    }
  if (!isItem(root.value))
    return { kind: 'left-out', source: path, losses: [{ code: 'unsupported', message: otherXml(root.value).message }] }
  return readItem(root.value, {
    source: path,
    locale,
    words,
    image: (src) => takePicture(pictures, files, located(files, path, src)),
    stimulus: (href) => {
      const passage = rootOf(files, located(files, path, href) ?? '')
      return passage?.ok ? passage.value : undefined
    },
  })
}

/** Those of our own packages keep their name. */
function takePicture(pictures: PictureShelf, { byPath }: PackageFiles, path: string | undefined): string | undefined {
  const content = path === undefined ? undefined : byPath.get(path)
  if (path === undefined || !content) return undefined
  return pictures.take(path, content, /^items\/(assets\/[\w./-]+)$/.exec(path)?.[1])
}
