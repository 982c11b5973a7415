import type { Assessment } from '../detector/judge/detector.ts'
import type { CaseSignal } from './case-event.ts'
import { detectorPoints } from './report/priority.ts'

/** What the detector made of a job, as a signal. */
export const detection = (
  job: { readonly id: string; readonly client: string },
  { band, probability, reasons, modelVersion }: Assessment,
): CaseSignal => ({
  type: 'detected',
  data: {
    kind: 'job',
    ref: job.id,
    person: job.client,
    points: detectorPoints(probability),
    band,
    probability,
    reasons,
    modelVersion,
  },
})
