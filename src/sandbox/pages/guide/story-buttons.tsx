import type { Child } from 'hono/jsx'
import { Form } from '../../../platform/page/form.tsx'
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

/** A button that signs somebody in and goes to a page. */
export const SignInButton = ({
  reader,
  user,
  next,
  look,
  children,
}: {
  reader: Reader
  user: string
  next: string
  /** Classes of the button; none where the form is the whole of what can be pressed. */
  look?: string
  children: Child
}) => (
  <Form method="post" action={link(reader.locale, '/sign-in')}>
    <input type="hidden" name="user" value={user} />
    <input type="hidden" name="next" value={next} />
    <button class={look} type="submit">
      {children}
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
