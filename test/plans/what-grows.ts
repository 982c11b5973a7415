/** Tables whose rows do not become more with what people do, and why. All others grow. */
export const aFewRows: Readonly<Record<string, string>> = {
  exam_versions: 'a row for each version that somebody hands in',
  exam_proposals: 'a row for each version that somebody hands in',
  exam_publications: 'a row for each time that an exam is published',
  leaks: 'a row for each item that leaked',
  item_exposures: 'a row for each item of each exam',
  endorsements: 'a row for each exam',
  refused_launches: 'a row for each reason and minute that is not in the log of acts yet',
  rounds: 'a row for each kind of round',
  exam_papers: 'a row for each exam',
  measured_exams: 'a row for each exam',
  item_statistics: 'a row for each version of an item that the latest papers hold',
  recent_papers: 'sixty rows for each exam',
  known_keys: 'a row for each key that there ever was',
  status_lists: 'a row for each 131,072 certificates',
  message_counts: 'a row for each destination and status',
  account_sums: 'a row for each kind of account',
  contract_sums: 'a row for each state',
  sqlite_master: 'a row for each table, index and trigger',
  test_clock: 'one row',
  faults: 'one row',
  review_norms: 'one row',
  exam_beliefs: 'a row for each exam and month',
  first_review_counts: 'six rows for each version of an exam',
}

/** Columns that name a person, an attempt, a certificate, a contract: in every table one value of them has few rows. */
export const ofOne: ReadonlySet<string> = new Set([
  'worker',
  'person',
  'attempt_id',
  'credential_id',
  'message_id',
  'contract',
  'review',
  'actor',
  'settled_by',
  'caller',
])

/** Columns of which one value has few rows in some tables. */
export const narrow: Readonly<Record<string, readonly string[]>> = {
  attempts: ['id', 'worker'],
  postponed_attempts: ['attempt_id'],
  responses: ['attempt_id'],
  attempt_events: ['attempt_id'],
  attempt_signals: ['attempt_id'],
  shown_items: ['worker', 'attempt_id'],
  scored_responses: ['attempt_id'],
  credentials: ['id', 'attempt_id', 'worker', 'predecessor', 'status_index'],
  credential_events: ['credential_id'],
  credential_holds: ['credential_id'],
  integrity_cases: ['id', 'credential_id', 'worker', 'message_id', 'marketplace_case'],
  concerns: ['id', 'credential_id', 'worker'],
  contract_evidence: ['worker'],
  review_evidence: ['worker'],
  workers: ['worker', 'id'],
  used_tokens: ['jti'],
  idempotency_keys: ['key'],
  outbox: ['id', 'stream', 'chain', 'about'],
  delivery_attempts: ['message_id'],
  inbox: ['id'],
  event_log: ['id'],
  // the marketplace
  contracts: ['id', 'worker', 'client', 'request_key'],
  contract_events: ['contract'],
  ledger_entries: ['contract', 'id'],
  transfers: ['id', 'contract', 'retry_of'],
  skill_contexts: ['contract'],
  badges: ['worker', 'credential'],
  ranking_signals: ['worker'],
  jobs: ['id', 'client', 'request_key', 'doc'],
  applications: ['id', 'job', 'worker'],
  client_histories: ['client'],
  moderation_subjects: ['id', 'open_key', 'ref', 'person'],
  moderation_events: ['subject'],
  reporters: ['id'],
  reports: ['id', 'about', 'subject', 'reporter'],
  moderation_decisions: ['id', 'subject', 'person'],
  measures: ['decision', 'target'],
  appeals: ['id', 'decision', 'subject', 'person'],
  notifications: ['id', 'person'],
  labels: ['id', 'job'],
  clients: ['id'],
  sessions: ['token_hash', 'person'],
  past_reviews: ['id', 'worker'],
  review_totals: ['worker'],
  first_reviews: ['worker'],
  review_pairs: ['contract', 'reveal_event'],
  reviews: ['id', 'contract', 'subject', 'author'],
  review_replies: ['review'],
  review_versions: ['worker'],
  hidden_answers: ['review', 'contract'],
  hidden_reads: ['id'],
  review_contradictions: ['review', 'contract'],
  hidden_batches: ['id', 'worker'],
  hidden_batch_members: ['review'],
  aggregates_due: ['worker'],
  worker_texts: ['worker', 'doc'],
  worker_changes: ['worker'],
  received_events: ['id'],
  job_listings: ['doc'],
}

/** Indexes of an expression that names one person. */
export const ofOnePerson: ReadonlySet<string> = new Set(['event_log_of'])

/** Indexes that hold only what is under way, or what has changed since it was last looked at: as much as there is to do, however long the history. */
export const underWay: ReadonlySet<string> = new Set([
  'attempts_overdue',
  'attempts_ungraded',
  'concerns_waiting',
  // only a contract that is not over has a timer
  'contracts_timer',
  // sessions that nobody has ended
  'sessions_of_role',
  'moderation_waiting',
  'measures_due',
  'appeals_waiting',
  'client_histories_due',
  'jobs_unindexed',
  'worker_changes_seq',
])

/** Functions whose statements may walk through what grows, and why. */
export const accepted: Readonly<Record<string, string>> = {
  'src/audit/store.ts insertSeal': 'the entries of one seal, of which there is a most',
  'src/marketplace/events/store.ts forgetNotedStatement': 'the ids that begin with one name',
  'src/marketplace/store.ts forgetWorkerStatements':
    'the last entry of an index below a key, which a condition then reads',
  'src/platform/outbox/store.ts attemptsPerHour': 'the tries of one day',
  'src/credential/lists/store.ts revokedIndices':
    'the revoked entries of one status list, which has 131,072 entries at most',
  'src/credential/signatures/store.ts signedByKey': 'asked by `kentei keys` alone, beside the service',
  'src/sandbox/escrow/store.ts readBalances': 'asked by tests alone, which audit the books',
  'src/sandbox/moderation/decision/store.ts listAppeals': 'the first entries of an index of the judged ones',
  'src/sandbox/moderation/label/store.ts latestLabels': 'walks an index from its end until so many are found',
  'src/sandbox/moderation/label/store.ts readLabels':
    'walks an index from a place to the end of a page; the training command reads all of it',
  'src/sandbox/people/store.ts sampleWorkers': 'looks at two thousand workers at most',
  'src/sandbox/people/store.ts anyWorker': 'an act of the demo, which takes the first or last of the workers',
  'src/sandbox/search/listing/store.ts findPlaces':
    'walks the open jobs in the order of their places until a page is full',
  'src/sandbox/people/store.ts readWorkers': 'these workers; all of them where a test compares the whole order',
  'src/sandbox/people/store.ts presentWorkers': 'all workers, once, when a process begins',
  'src/sandbox/people/store.ts readClaimants': 'all workers, once, when a process begins to remember them',
  'src/sandbox/evidence/store.ts readBadges':
    'those of these workers; all of them where a test compares the whole order',
  'src/sandbox/evidence/store.ts readBadgeClaims': 'all badges, once, when a process begins to remember the workers',
  'src/sandbox/evidence/store.ts readSignals': 'all signals, once, when a process begins to remember the workers',
  'src/sandbox/review/store.ts readTotals': 'all totals, once, when a process begins to remember the workers',
  'src/sandbox/review/store.ts totalsPage':
    'walks an index from a place to the end of a page; few of its workers were erased',
  'src/sandbox/search/store.ts readDocs': 'all texts, once, when a process begins to remember the workers',
}
