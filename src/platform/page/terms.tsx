import type { Child } from 'hono/jsx'

interface TermsProps {
  readonly className: string
  readonly terms: readonly (readonly [term: Child, is: Child])[]
}

/** Terms and what they are. */
export const Terms = ({ className, terms }: TermsProps) => (
  <dl class={className}>
    {terms.map(([term, is]) => (
      <div>
        <dt>{term}</dt>
        <dd>{is}</dd>
      </div>
    ))}
  </dl>
)
