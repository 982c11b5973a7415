import type { Child, PropsWithChildren } from 'hono/jsx'

/** Words beside what they are about, and what whoever hears them alone is told in their place. */
export const ShortLabel = ({ heard, children }: PropsWithChildren<{ heard: Child }>) => (
  <>
    <span aria-hidden="true">{children}</span>
    <span class="unseen">{heard}</span>
  </>
)
