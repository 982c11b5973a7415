/**
 * What somebody else's program does with Kentei, by a client that was made from its document: a person comes over, sits an
 * exam, and the badge is verified.
 * @param {(token?: string) => import('./kentei/Client').Client} clientOf
 * @param {{ launch: string, exam: string, saves: (sections: import('./kentei/models/Attempt').Attempt['sections']) => { item: string, revision: number, response: unknown }[] }} known
 */
export async function sitExam(clientOf, { launch, exam, saves }) {
  const { session, worker } = await clientOf().launch.postApiSession({ requestBody: { token: launch } })
  const client = clientOf(session)
  const { exams } = await client.candidate.getApiExams()
  const { eligibility } = await client.candidate.getApiExamsExam({ exam })
  if (!exams.some(({ id }) => id === exam) || !eligibility.mayStart) throw new Error(`${exam} is not open to ${worker}`)

  const { id, lease, sections } = await client.candidate.postApiExamsExamAttempts({
    exam,
    requestBody: { locale: 'ja' },
    idempotencyKey: '"begin"',
  })
  if (lease === undefined) throw new Error('an open attempt has a lease')
  const saved = await client.candidate.putApiAttemptsIdResponses({ id, requestBody: { lease, saves: saves(sections) } })
  await client.candidate.postApiAttemptsIdSubmit({ id, requestBody: { lease }, idempotencyKey: '"end"' })
  const { passed, score, credential } = await client.candidate.getApiAttemptsIdResult({ id })
  if (credential === undefined) throw new Error('a pass has a certificate')

  const token = await client.credentials.getCredentialsIdJwt({ id: credential })
  const { verdict, checks } = await client.credentials.postApiCredentialsVerify({ requestBody: { credential: token } })
  const { url } = await client.credentials.getApiCredentialsId({ id: credential })
  return { passed, score, verdict, checks, url, credential, saved: saved.results.map(({ status }) => status) }
}
