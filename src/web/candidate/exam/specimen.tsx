import { badgeSvg } from '../../../credential/badge-artwork.ts'
import type { Instant } from '../../../kernel/instant.ts'
import { Drawing } from '../../ui/drawing.tsx'
import type { PageContext } from '../../ui/page-context.ts'

interface SpecimenProps {
  readonly context: PageContext
  readonly exam: { readonly id: string; readonly title: string; readonly level: number }
}

/** The badge of an exam as a specimen: its rim names no date and no credential. The heading beside it says what it is. */
export const Specimen = ({ context: { locale }, exam }: SpecimenProps) => {
  const art = badgeSvg({
    id: `specimen-${exam.id}`,
    exam: exam.id,
    title: exam.title,
    level: exam.level as 1 | 2 | 3,
    issuedAt: 0 as Instant,
    state: 'active',
    locale,
    placement: 'decoration',
    isSpecimen: true,
  })
  return <Drawing svg={art} />
}
