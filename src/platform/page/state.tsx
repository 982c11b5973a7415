import type { Child, PropsWithChildren } from 'hono/jsx'
import { Icon, type IconName } from './icon.tsx'

/** What a state means to the reader: settled, waiting, refused, for them to act on, over, not yet real. */
export type Tone = 'ok' | 'wait' | 'bad' | 'act' | 'off' | 'hollow'

interface StateProps {
  readonly tone?: Tone | undefined
  readonly icon: IconName
}

/** A state: an icon, a word and a tint, never a colour alone. */
export const Chip = ({ tone, icon, children }: PropsWithChildren<StateProps>) => (
  <span class={tone ? `chip ${tone}` : 'chip'}>
    <Icon name={icon} />
    {children}
  </span>
)

interface NoteProps {
  readonly tone?: 'ok' | 'wait' | 'bad' | undefined
  readonly icon?: IconName
  readonly title?: Child
  readonly role?: 'status' | 'alert'
}

/** Something to know before going on. */
export const Note = ({ tone, icon = 'info', title, role, children }: PropsWithChildren<NoteProps>) => (
  <div class={tone ? `note ${tone}` : 'note'} role={role}>
    <Icon name={icon} />
    <div>
      {title && <p class="nt">{title}</p>}
      {children}
    </div>
  </div>
)
