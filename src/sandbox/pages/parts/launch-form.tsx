import type { Child } from 'hono/jsx'
import type { Role } from '../../../contract/tokens.ts'
import { Form } from '../../../platform/page/form.tsx'
import type { Locale } from '../texts.ts'

/** A button that sends a person over to the plugin. */
export const LaunchForm = ({
  person,
  locale,
  look,
  children,
}: {
  person: { readonly id: string; readonly role: Role; readonly exam?: string }
  locale: Locale
  /** Classes of the button; none where the form is the whole of what can be pressed. */
  look?: string
  children: Child
}) => (
  <Form method="post" action="/launch">
    <input type="hidden" name="worker" value={person.id} />
    <input type="hidden" name="role" value={person.role} />
    {person.exam && <input type="hidden" name="exam" value={person.exam} />}
    <input type="hidden" name="locale" value={locale} />
    <button class={look} type="submit">
      {children}
    </button>
  </Form>
)
