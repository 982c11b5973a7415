/**
 * What somebody else's program does with the reference marketplace, by a client that was made from its document: a job, an
 * application, a contract that is paid, and what both sides say of it.
 * @param {(token?: string) => import('./market/Client').Client} clientOf
 * @param {{ client: string, worker: string }} people
 */
export async function doWork(clientOf, people) {
  /** @param {string} user */
  const signIn = async (user) => clientOf((await clientOf().demo.postDemoSession({ requestBody: { user } })).session)
  const [client, worker] = [await signIn(people.client), await signIn(people.worker)]
  const job = await client.jobs.postV1Jobs({
    requestBody: {
      title: 'Typing a list of 1,800 alumni',
      body: 'Type 1,800 names and addresses from scans into a list, two hundred a day. The scans are clear.',
      category: 'business-admin',
      pay: { type: 'fixed', amount: 30_000 },
      closesAt: null,
    },
    idempotencyKey: '"post"',
  })
  const found = await clientOf().jobs.getV1JobsId({ id: job.id })
  const { state } = await worker.jobs.postV1JobsIdApplications({
    id: job.id,
    requestBody: { message: 'I can begin on Monday.' },
  })
  const { applications } = await client.jobs.getV1JobsIdApplications({ id: job.id })

  const { id, version } = await client.escrow.postV1Contracts({
    requestBody: {
      job: job.id,
      worker: people.worker,
      title: job.title,
      category: job.category,
      amount: 30_000,
    },
  })
  await client.escrow.postV1ContractsIdFund({ id, requestBody: { paymentMethod: 'card' } })
  await worker.escrow.postV1ContractsIdStart({ id, requestBody: {} })
  await worker.escrow.postV1ContractsIdDeliver({ id, requestBody: { note: 'All 1,800, checked twice' } })
  const paid = await client.escrow.postV1ContractsIdAccept({ id, requestBody: {} })

  const axes = { quality: 5, schedule: 5, communication: 4, partnership: 5 }
  const hidden = { again: 9, safe: /** @type {const} */ ('yes') }
  await client.reviews.postV1ContractsIdReviews({
    id,
    requestBody: { axes: { skill: 5, ...axes }, comment: 'Careful and on time.', hidden },
  })
  const review = await worker.reviews.postV1ContractsIdReviews({
    id,
    requestBody: { axes: { request: 5, ...axes }, comment: 'Clear from the first line.', hidden },
  })
  const { reviews } = await worker.reviews.getV1ContractsIdReviews({ id })
  return {
    job: found.state,
    application: state,
    applicants: applications.map((one) => one.worker),
    contract: { before: version, status: paid.status, released: paid.released, fee: paid.fee },
    revealed: review.revealedAt,
    said: [reviews.client.review?.comment, reviews.worker.review?.comment],
  }
}
