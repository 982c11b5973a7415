import { forgetOwnAddress, hashOwnAddress } from '../../flows/hash-own-address.ts'
import { nameHolder } from '../../flows/name-holder.ts'
import { findOwnAttempt, readAttempt } from '../../flows/read-attempt.ts'
import { readCatalogue, readExam, readRecords } from '../../flows/read-catalogue.ts'
import { readFront } from '../../flows/read-front.ts'
import { readHolderStory } from '../../flows/read-holder-story.ts'
import { readJobFeed } from '../../flows/read-job-feed.ts'
import { readPriority } from '../../flows/read-priority.ts'
import { readResult } from '../../flows/read-result.ts'
import { recordResponses } from '../../flows/record-responses.ts'
import { startAttempt } from '../../flows/start-attempt.ts'
import { submitAttempt, withdrawAttempt } from '../../flows/submit-attempt.ts'
import { takeLease } from '../../flows/take-lease.ts'

/** The verbs behind the candidate's pages. Pages know nothing else of what happens to an attempt. */
export const liveFlows = {
  findOwnAttempt,
  forgetOwnAddress,
  hashOwnAddress,
  nameHolder,
  readAttempt,
  readCatalogue,
  readExam,
  readFront,
  readRecords,
  readHolderStory,
  readJobFeed,
  readPriority,
  readResult,
  recordResponses,
  startAttempt,
  submitAttempt,
  takeLease,
  withdrawAttempt,
}

export type CandidateFlows = typeof liveFlows
