import type { InboxTexts } from './inbox-texts.ts'

/** The list of an inbox: which mail is open, and what is done with each. The exam's island saves them. */

const byId = <T extends HTMLElement>(id: string) => document.getElementById(id) as T
const inbox = byId('inbox')
const texts = JSON.parse(inbox.dataset.texts ?? '{}') as InboxTexts
const mails = [...inbox.querySelectorAll<HTMLElement>('.mail')]
const lengthOf = (text: string) => [...text.trim()].length
const listed = (id: string) => inbox.querySelector(`nav [data-mail="${id}"]`) as HTMLElement

/** Brings one mail's line in the list, and its length, in line with its controls; the answer is whether it is done. */
function draw(mail: HTMLElement): boolean {
  const act = mail.querySelector<HTMLInputElement>('.ways :checked')
  const body = lengthOf(mail.querySelector('textarea')?.value ?? '')
  const isOpen = /^(?:reply|report)$/.test(act?.value ?? '') && body < Number(inbox.dataset.least)
  const state = act ? (isOpen ? 'writing' : 'done') : 'todo'
  const standing = listed(mail.id).querySelector('.standing') as HTMLElement
  standing.dataset.state = state
  ;(standing.lastElementChild as HTMLElement).textContent = texts[state].replace(
    '{act}',
    act?.parentElement?.textContent?.trim() ?? '',
  )
  const length = mail.querySelector('[data-length]')
  if (length) length.textContent = String(body)
  return state === 'done'
}

const drawAll = () => {
  byId('mails-done').textContent = String(mails.filter(draw).length)
}

/** Opens a mail, or on a phone the list. The address keeps it, so that a reload comes back to it. */
function open(id: string) {
  const mail = mails.find((one) => one.id === id)
  if (mail) {
    for (const one of mails) one.hidden = one !== mail
    inbox.querySelector('[aria-current]')?.removeAttribute('aria-current')
    listed(id).setAttribute('aria-current', 'true')
    inbox.dataset.view = id
  } else delete inbox.dataset.view
  const address = new URL(location.href)
  if (mail) address.searchParams.set('view', id)
  else address.searchParams.delete('view')
  history.replaceState(null, '', address)
  scrollTo(0, 0)
  const target = mail?.querySelector('h2') ?? inbox.querySelector<HTMLElement>('nav [aria-current]')
  target?.focus({ preventScroll: true })
}

inbox.addEventListener('click', (e) => {
  const button = (e.target as Element).closest<HTMLElement>('[data-mail]')
  if (!button) return
  e.preventDefault()
  open(button.dataset.mail ?? '')
})
for (const kind of ['input', 'change'] as const) inbox.addEventListener(kind, drawAll)
drawAll()
