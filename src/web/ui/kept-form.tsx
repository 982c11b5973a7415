import { Form } from '../../platform/page/form.tsx'
import { Icon } from '../../platform/page/icon.tsx'

interface KeptFormProps {
  readonly action: string
  /** What was in the form before: it goes along unseen. */
  readonly fields: readonly (readonly [name: string, value: string])[]
  readonly look: 'primary' | 'outline'
  readonly label: string
}

/** A form that was filled in already and waits for a word: one button, and what it sends. */
export const KeptForm = ({ action, fields, look, label }: KeptFormProps) => (
  <Form method="post" action={action}>
    {fields.map(([name, value]) => (
      <input type="hidden" name={name} value={value} />
    ))}
    <button class={`btn ${look}`}>
      {label}
      <Icon name="right" />
    </button>
  </Form>
)
