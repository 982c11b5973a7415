import type { Child } from 'hono/jsx'
import { Form } from '../../../platform/page/form.tsx'
import { Icon } from '../../../platform/page/icon.tsx'
import type { PlayedStep } from '../../flows/play-story.ts'
import type { Story } from '../../flows/show-story.ts'
import { link } from '../links.ts'
import type { Reader } from '../parts/layout.tsx'

export interface StoryView {
  readonly reader: Reader
  readonly story: Story
  /** Whether this is the step to take now: its button comes filled. */
  readonly lead?: boolean
}

const PEOPLE_PER_PAGE = 10
export const pageOf = (position: number): number => Math.ceil(position / PEOPLE_PER_PAGE)

type Kind = 'primary' | 'outline' | 'ghost'

/** A button that signs somebody in and goes to a page. */
export const SignInButton = ({
  reader,
  user,
  next,
  kind,
  children,
}: {
  reader: Reader
  user: string
  next: string
  kind: Kind
  children: Child
}) => (
  <Form method="post" action={link(reader.locale, '/sign-in')}>
    <input type="hidden" name="user" value={user} />
    <input type="hidden" name="next" value={next} />
    <button class={`btn s ${kind}`} type="submit">
      {children}
    </button>
  </Form>
)

/** A button that moves the marketplace's clock. */
export const ClockButton = ({ reader, days }: { reader: Reader; days: number }) => (
  <Form method="post" action={link(reader.locale, '/clock')}>
    <button class="btn s ghost" type="submit" name="days" value={String(days)}>
      <Icon name="clock" small />
      <span class="unseen">{reader.t('guide.forward')} </span>
      {`+${reader.t('guide.days', { n: days })}`}
    </button>
  </Form>
)

/** A button that takes a step in everybody's place. */
export const PlayButton = ({ reader, story, step }: StoryView & { step: PlayedStep }) => (
  <Form method="post" action={link(reader.locale, '/tour/play')}>
    <input type="hidden" name="worker" value={story.worker.id} />
    <button class="btn s outline" type="submit" name="step" value={step}>
      {reader.t(`guide.play.${step}`)}
    </button>
  </Form>
)
