import { Question, type QuestionProps } from './question.tsx'

/** A question as candidates meet it, for those who write it: the exam's own component, so that the two cannot drift apart. */
export const CandidateView = (seen: Pick<QuestionProps, 'item' | 'number' | 'total' | 'locale' | 't'>) => (
  <Question {...seen} section={1} response={undefined} revision={0} flagged={false} />
)
