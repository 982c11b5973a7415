import type { Language } from '../authoring/said.ts'
import { itemHeadings } from '../item/source/items-in-file.ts'
import { latest, startChecker } from './ask-checker.ts'
import { BLOCKS } from './blocks.data.ts'
import { openClient, type Source } from './desk-client.ts'
import { cutPart, headOf, joinPart, localeOf, type Part } from './find-part.ts'
import { openHandInLink } from './hand-in-link.ts'
import { openKeptTexts } from './kept-texts.ts'
import { make } from './make-element.ts'
import { type News, openDrafts } from './open-drafts.ts'
import { type Editor, openEditor } from './open-editor.ts'
import type { Looked } from './protocol.ts'
import { showConflicts } from './show-conflicts.ts'
import { openFigures } from './show-figures.ts'
import { openProblems } from './show-problems.ts'
import { openView } from './show-view.ts'
import { openTakeIn } from './take-in.ts'
import { hasItem, openLanguages } from './two-languages.ts'
import { wordsIn } from './words.ts'

// The author's desk in the browser. What the page has without it (a plain field, a check and a view by the service) is put aside.

const SAVE_AFTER_MS = 1_000
const TRY_AGAIN_AFTER_MS = 5_000
/** How often it is asked whether somebody else has changed something. */
const ASK_EVERY_MS = 30_000
/** A parametric item is looked at on so many papers. */
const PAPERS = 5

const byId = (id: string): HTMLElement => {
  const element = document.getElementById(id)
  if (!element) throw new Error(`the page has no ${id}`)
  return element
}

const desk = byId('desk')
const {
  exam = '',
  person = '',
  checker: checkerAddress = '',
  paste: pasteAddress = '',
  viewStyles = '',
  sheetStyles = '',
  writable,
  language: asked = 'ja',
} = desk.dataset
const language = asked as Language
const isReadOnly = writable === '0'
const t = wordsIn(language)
const client = openClient({ exam, person })
// the view never waits for a look at the whole exam
const [look, show] = [startChecker(checkerAddress), startChecker(checkerAddress)]
const kept = openKeptTexts({ exam, person })

/** What is open: a part of a file. */
let open: { readonly path: string; readonly item: string | undefined } = { path: '', item: undefined }
let part: Part = cutPart('', undefined)

const state = byId('desk-state')
const place = byId('desk-editor')
const notices = make('div', { class: 'edsays', role: 'status' })
const disputes = make('div')
const main = make('div', { class: 'edscroll' })
// nothing is open yet that could be written in
const fields = make('div', { class: 'edfields', hidden: true }, main)

const say = (text: string) => {
  notices.textContent = text
}

const handIn = openHandInLink()
const drafts = openDrafts({
  send: client.send,
  keep: kept.keep,
  forget: kept.forget,
  changed: (path, text) => {
    sendToCheckers(path, text)
    if (path === open.path) reshow(text)
    languages.reshow(path, text)
  },
  tell: (news) => tell(news),
})

/** As every time on a page: the marketplace's, wherever the author is. */
const timeOf = (at: number): string =>
  new Date(at).toLocaleTimeString(language, {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone: 'Asia/Tokyo',
  })

const told = (by: string): string => by || t('editor.state.somebody')

function tell(news: News): void {
  desk.dataset.save = news.is
  switch (news.is) {
    case 'saved':
      handIn.count(drafts.paths(), drafts.textOf)
      state.textContent = t('editor.state.saved', { time: timeOf(news.at) })
      return
    case 'merged':
      return say(t('editor.state.merged', { by: told(news.by) }))
    case 'conflict':
      state.textContent = t('editor.state.conflict')
      fields.hidden = true
      return showConflicts(disputes, { conflicts: news.conflicts, by: told(news.by), words: t }, (decide) => {
        fields.hidden = false
        drafts.decide(news.path, decide)
        void save()
        editor.focus()
      })
    default:
      state.textContent = t(`editor.state.${news.is}`)
  }
}

function sendToCheckers(path: string, content: string): void {
  for (const ask of [look, show]) void ask({ ask: 'put', files: [{ path, content }] })
}

// --- saving

let timer: ReturnType<typeof setTimeout> | undefined
function saveAfter(milliseconds: number): void {
  clearTimeout(timer)
  timer = setTimeout(() => void save(), milliseconds)
}

async function save(): Promise<void> {
  clearTimeout(timer)
  const isDone = await drafts.send()
  if (!isDone && drafts.isWaiting() && desk.dataset.save === 'unreachable') saveAfter(TRY_AGAIN_AFTER_MS)
}

// --- the part that is open

const refresh = latest(async () => {
  await Promise.all([showNow(), lookNow()])
})
const refreshView = latest(showNow)

function written(path: string, text: string): void {
  drafts.write(path, text)
  refreshView()
  lookSoon(path, text)
  saveAfter(SAVE_AFTER_MS)
}

let lookTimer: ReturnType<typeof setTimeout> | undefined
let lookTook = 0
const lookLatest = latest(lookNow)
/** At once in a small exam; in one that takes long to look over, when the author pauses. */
function lookSoon(path: string, text: string): void {
  clearTimeout(lookTimer)
  lookTimer = setTimeout(
    () => {
      void look({ ask: 'put', files: [{ path, content: text }] })
      lookLatest()
    },
    Math.min(lookTook, 400),
  )
}

async function showNow(): Promise<void> {
  const family = /^tasks\/([^./]+)/.exec(open.path)?.[1]
  if (family !== undefined) {
    const text = drafts.textOf(open.path)
    if (text !== undefined) await show({ ask: 'put', files: [{ path: open.path, content: text }] })
    const shown = await show({ ask: 'task', family, look: view.task() })
    if (shown) view.showTask(shown)
    return
  }
  const place = localeOf(open.path)
  const path = place && place.locale !== view.locale() ? place.sibling : open.path
  const file = drafts.textOf(path)
  if (open.path.startsWith('sheets/')) {
    if (file !== undefined) await show({ ask: 'put', files: [{ path, content: file }] })
    return view.showSheets(file === undefined ? '' : await show({ ask: 'sheets', path, skill: open.item }))
  }
  if (open.item === undefined || part.text.trim() === '') return view.showNothing()
  if (file === undefined || (path !== open.path && !hasItem(file, open.item)))
    return view.showItem(`${path} ${open.item}`, [])
  const text = path === open.path ? part.text : cutPart(file, open.item).text
  const papers = /\{\{/.test(text) ? PAPERS : 1
  const first = view.shuffles() === 0 && papers === 1 ? undefined : view.shuffles() * papers
  const { number, total } = placeInFile()
  const shown = await show({
    ask: 'item',
    part: { path, head: headOf(file), text },
    looks: Array.from({ length: papers }, (_, i) => ({
      ...(first === undefined ? {} : { draw: first + i }),
      number,
      total,
    })),
  })
  view.showItem(`${path} ${open.item}`, shown)
}

/** The links of what is listed in the tree, with what each opens. */
const leaves = () =>
  [...desk.querySelectorAll<HTMLAnchorElement>('#desk-tree a:not(.branch)')].flatMap((link) => {
    const { path, item } = partOf(link.href)
    return path === null ? [] : [{ link, path, item }]
  })

function placeInFile(): { number: number; total: number } {
  const headings = itemHeadings(drafts.textOf(open.path) ?? '')
  const at = headings.findIndex(({ id }) => id === open.item)
  return { number: Math.max(1, at + 1), total: Math.max(1, headings.length) }
}

async function lookNow(): Promise<void> {
  const { path } = open
  const looked = await look({ ask: 'look', now: Date.now(), path })
  if (path === open.path) showLooked(looked)
}

function showLooked(looked: Looked): void {
  lookTook = looked.took
  const lines = part.text.split('\n').length
  const inPart = (line: number) => line > part.linesAbove && line <= part.linesAbove + lines
  const here = looked.here.flatMap((diagnostic) =>
    inPart(diagnostic.line) || part.item === undefined ? [{ diagnostic, line: diagnostic.line - part.linesAbove }] : [],
  )
  editor.mark(here.map(({ diagnostic, line }) => ({ ...diagnostic, line })))
  const next = looked.found.find(
    ({ worst, path, item }) => worst === 'error' && (path !== open.path || item !== open.item),
  )
  problems.show(here, looked, next && (() => goToPart(next.path, next.item)))
  desk.dataset.found = String(here.length)
  for (const { link, path, item } of leaves()) {
    const found = looked.found.find((one) => one.path === path && one.item === item)
    if (found) link.dataset.found = found.worst
    else delete link.dataset.found
  }
  for (const count of document.querySelectorAll('[data-count="problems"]'))
    count.textContent = here.length === 0 ? '' : String(here.length)
  handIn.allow(looked.errors === 0)
}

/** Puts a text that came from elsewhere into the field; lines above it may have moved. */
function reshow(file: string): void {
  const next = cutPart(file, open.item)
  part = next
  editor.replace(next.text)
  showTitle()
  refresh()
}

function openPart(path: string, item: string | undefined): void {
  const file = drafts.textOf(path)
  if (file === undefined) return
  const place = localeOf(path)
  part = cutPart(file, item)
  open = { path, item: part.item }
  say('')
  disputes.replaceChildren()
  fields.hidden = false
  editor.show(`${path}#${item ?? ''}`, part.text)
  if (place) view.setLocale(place.locale)
  const saves = document.querySelector<HTMLAnchorElement>('#desk-history')
  if (saves) saves.search = new URLSearchParams({ path }).toString()
  for (const { link, ...leaf } of leaves()) {
    if (leaf.path === path && leaf.item === item) {
      link.setAttribute('aria-current', 'true')
      link.scrollIntoView({ block: 'nearest' })
    } else link.removeAttribute('aria-current')
  }
  showTitle()
  const conflicts = drafts.disputes(path)
  if (conflicts.length > 0) tell({ is: 'conflict', path, by: '', conflicts })
  languages.show()
  if ('ready' in desk.dataset) showFigures()
  refresh()
}

/** Opens a part as its link in the tree would. */
function goToPart(path: string, item: string | undefined): void {
  const address = new URL(location.href)
  address.search = new URLSearchParams({ path, ...(item === undefined ? {} : { item }) }).toString()
  address.hash = ''
  history.pushState(null, '', address)
  openPart(path, item)
  // on a phone one part of the desk is seen at a time
  location.hash = 'edit'
}

/** The page, and the link that leads here, are called by what is open, as the service would call it. */
function showTitle(): void {
  const title = itemHeadings(part.text)[0]?.title
  const heading = document.querySelector('h1')
  if (part.item === undefined || !title || !heading) return
  const called = document.querySelector('#desk-tree a[aria-current] > span')
  if (called) called.textContent = title
  if (title === heading.textContent) return
  document.title = document.title.replace(heading.textContent, title)
  heading.textContent = title
}

const assets = new Set<string>()
const takeIn = openTakeIn({
  words: t,
  client,
  language,
  program: pasteAddress,
  put: (file) => Promise.all([look, show].map((ask) => ask({ ask: 'put', files: [file] }))),
  say,
  nameOf: () => open.item ?? 'picture',
  assets,
})
const openField = (parent: HTMLElement, label: string, write: (text: string) => void): Editor => {
  const field: Editor = openEditor({
    parent,
    label,
    describedBy: t('editor.leave'),
    words: t,
    isReadOnly,
    written: write,
    pasted: (data) => takeIn.pasted(() => field, data),
  })
  return field
}

// --- the page

const languages = openLanguages({
  words: t,
  isReadOnly,
  current: () => open,
  textOf: drafts.textOf,
  open: ({ path, item }) => openPart(path, item),
  openField,
  written,
  begin: beginTranslation,
  say,
  fields,
})

async function beginTranslation(sibling: string): Promise<boolean> {
  const { path, item = '' } = open
  await look({ ask: 'put', files: [{ path, content: drafts.textOf(path) ?? '' }] })
  const begun = await look({ ask: 'sibling', item, path, sibling })
  if (begun) written(begun.path, begun.text)
  return begun !== undefined
}

const pictureField = make('input', {
  type: 'file',
  accept: 'image/png,image/jpeg,image/gif,image/webp',
  class: 'unseen',
  multiple: true,
  tabindex: '-1',
  'aria-hidden': 'true',
  onchange: () => {
    void takeIn.pictures(() => editor, [...(pictureField.files ?? [])])
    pictureField.value = ''
  },
})

const tools = Object.entries(BLOCKS).map(([name, blockOf]) =>
  make(
    'button',
    {
      type: 'button',
      onclick: () => editor.insertBlock(blockOf(localeOf(open.path)?.locale ?? language, editor.selected())),
    },
    t(`editor.tool.${name as keyof typeof BLOCKS}`),
  ),
)
const toolbar = make(
  'div',
  { class: 'edtools', role: 'toolbar', 'aria-label': t('editor.tools') },
  make(
    'span',
    { class: 'edgroup', hidden: isReadOnly },
    ...tools,
    make('button', { type: 'button', onclick: () => pictureField.click() }, t('editor.tool.picture')),
    pictureField,
  ),
  languages.buttons,
)
const island = make('div', { class: 'edisland' }, toolbar, notices, disputes, fields)
for (const id of ['desk-editor', 'desk-tools']) document.getElementById(id)?.setAttribute('hidden', '')
place.parentNode?.insertBefore(island, place)
// what changes with every letter is not read out
byId('desk-problems').removeAttribute('role')
desk.dataset.island = ''

const editor = openField(main, t('editor.label'), (text) => {
  const id = itemHeadings(text)[0]?.id
  // who gives an item another number is still in it
  if (part.item !== undefined && id !== undefined) open = { ...open, item: id }
  part = { ...part, text }
  say(part.item !== undefined && text.trim() === '' ? t('editor.emptied') : '')
  showTitle()
  written(open.path, joinPart(part, text))
})
const problems = openProblems({
  place: byId('desk-problems'),
  words: t,
  goTo: (line, column) => editor.goTo(line, column),
  mend: (edits) => void editor.mend(edits.map((edit) => ({ ...edit, line: edit.line - part.linesAbove }))),
  explain: (rule) => look({ ask: 'explain', rule }),
})
const view = openView({
  place: byId('desk-view'),
  styles: { paper: viewStyles, sheet: sheetStyles },
  words: t,
  language,
  changed: () => refreshView(),
})

const showFigures = openFigures(byId('desk-figures'))

const partOf = (address: string) => {
  const { searchParams } = new URL(address, location.href)
  return { path: searchParams.get('path'), item: searchParams.get('item') ?? undefined }
}

document.addEventListener('click', (event) => {
  const link = (event.target as Element).closest<HTMLAnchorElement>('#desk-tree a:not(.branch)')
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return
  const { path, item } = partOf(link.href)
  if (path === null || drafts.textOf(path) === undefined) return
  event.preventDefault()
  goToPart(path, item)
})
// pages beside this one show what the service has: what was written last goes ahead
document.addEventListener('click', (event) => {
  const link = (event.target as Element).closest<HTMLAnchorElement>('a[data-shows-saved]')
  if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || !drafts.isWaiting()) return
  event.preventDefault()
  void save().finally(() => location.assign(link.href))
})
addEventListener('popstate', () => {
  const { path, item } = partOf(location.href)
  if (path !== null) openPart(path, item)
})
addEventListener('online', () => void save())
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'hidden') void save()
  else void takeAndSend()
})
// what was not sent is kept here, but who leaves should know
addEventListener('beforeunload', (event) => {
  if (drafts.isWaiting() && desk.dataset.save !== 'saved') event.preventDefault()
})

/** Takes what others have saved meanwhile. */
async function ask(): Promise<void> {
  const askedAt = drafts.sends()
  const source = await client.source()
  if (!source) return
  for (const { path } of source.assets) assets.add(path)
  const before = new Map(drafts.paths().map((path) => [path, drafts.textOf(path)]))
  if (askedAt !== drafts.sends()) client.forgetTag()
  drafts.receive(source.files, askedAt)
  for (const path of drafts.paths()) {
    const text = drafts.textOf(path)
    if (text !== undefined && text !== before.get(path)) sendToCheckers(path, text)
  }
}
/** Whoever was signed out may have signed in elsewhere since: what could not be sent is tried again. */
async function takeAndSend(): Promise<void> {
  await ask()
  if (drafts.isWaiting()) await save()
}
const askRegularly = () => {
  if (document.visibilityState === 'visible') void takeAndSend()
}

/** Until somebody answers. */
async function readSource(): Promise<Source> {
  for (;;) {
    const source = await client.source()
    if (source) return source
    say(t('editor.offline'))
    await new Promise((resolve) => {
      setTimeout(resolve, TRY_AGAIN_AFTER_MS)
      addEventListener('online', resolve, { once: true })
    })
  }
}

async function start(): Promise<void> {
  state.textContent = t('editor.loading')
  const source = await readSource()
  say('')
  state.textContent = ''
  drafts.receive(source.files)
  for (const text of await kept.all()) drafts.restore(text)
  for (const { path } of source.assets) assets.add(path)
  handIn.know(source.files)
  handIn.count(drafts.paths(), drafts.textOf)
  const files = drafts.paths().map((path) => ({ path, content: drafts.textOf(path) ?? '' }))
  const pictures = await Promise.all(
    [...assets].map(async (path) => ({ path, content: (await client.asset(path)) ?? '' })),
  )
  await Promise.all([look, show].map((ask) => ask({ ask: 'open', language, files: [...files, ...pictures] })))
  const { path, item } = partOf(location.href)
  openPart(path ?? desk.dataset.path ?? '', item ?? desk.dataset.item)
  setInterval(askRegularly, ASK_EVERY_MS)
  if (drafts.isWaiting()) void save()
  desk.dataset.ready = ''
}

void start().catch((failure: unknown) => {
  say(t('editor.offline'))
  reportError(failure)
})
