CREATE TABLE `idempotency_keys` (
	`caller` text NOT NULL,
	`key` text NOT NULL,
	`payload_hash` text NOT NULL,
	`status` integer,
	`body` text,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`caller`, `key`)
);
--> statement-breakpoint
CREATE INDEX `idempotency_keys_age` ON `idempotency_keys` (`created_at`);--> statement-breakpoint
CREATE TABLE `used_tokens` (
	`jti` text PRIMARY KEY NOT NULL,
	`expires_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `used_tokens_end` ON `used_tokens` (`expires_at`);--> statement-breakpoint
CREATE TABLE `delivery_attempts` (
	`message_id` text NOT NULL,
	`at` integer NOT NULL,
	`lease` text NOT NULL,
	`outcome` text NOT NULL,
	`detail` text NOT NULL,
	`elapsed_ms` integer NOT NULL,
	PRIMARY KEY(`message_id`, `lease`)
);
--> statement-breakpoint
CREATE INDEX `delivery_attempts_at` ON `delivery_attempts` (`at`);--> statement-breakpoint
CREATE TABLE `message_counts` (
	`destination` text NOT NULL,
	`status` text NOT NULL,
	`n` integer NOT NULL,
	PRIMARY KEY(`destination`, `status`)
);
--> statement-breakpoint
CREATE TABLE `outbox` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`destination` text NOT NULL,
	`stream` text NOT NULL,
	`chain` text NOT NULL,
	`kind` text NOT NULL,
	`request` text NOT NULL,
	`status` text NOT NULL,
	`attempts` integer NOT NULL,
	`next_at` integer NOT NULL,
	`not_before` integer NOT NULL,
	`lease` text,
	`lease_until` integer NOT NULL,
	`last_error` text,
	`created_at` integer NOT NULL,
	`settled_at` integer,
	`about` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `outbox_id_unique` ON `outbox` (`id`);--> statement-breakpoint
CREATE INDEX `outbox_waiting` ON `outbox` (`destination`,`next_at`) WHERE status = 'pending';--> statement-breakpoint
CREATE INDEX `outbox_stream_status` ON `outbox` (`stream`,`status`,`seq`);--> statement-breakpoint
CREATE INDEX `outbox_chain_status` ON `outbox` (`chain`,`status`,`seq`);--> statement-breakpoint
CREATE INDEX `outbox_status` ON `outbox` (`status`);--> statement-breakpoint
CREATE INDEX `outbox_about` ON `outbox` (`about`);--> statement-breakpoint
CREATE TABLE `test_clock` (
	`id` text PRIMARY KEY NOT NULL,
	`moved_by` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `account_sums` (
	`kind` text PRIMARY KEY NOT NULL,
	`debit` integer NOT NULL,
	`credit` integer NOT NULL,
	`lines` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `contract_events` (
	`contract` text NOT NULL,
	`seq` integer NOT NULL,
	`type` text NOT NULL,
	`actor` text NOT NULL,
	`at` integer NOT NULL,
	`data` text NOT NULL,
	PRIMARY KEY(`contract`, `seq`),
	FOREIGN KEY (`contract`) REFERENCES `contracts`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `contract_sums` (
	`status` text PRIMARY KEY NOT NULL,
	`contracts` integer NOT NULL,
	`funded` integer NOT NULL,
	`released` integer NOT NULL,
	`fee` integer NOT NULL,
	`refunded` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `contracts` (
	`id` text PRIMARY KEY NOT NULL,
	`job` text,
	`client` text NOT NULL,
	`worker` text NOT NULL,
	`category` text NOT NULL,
	`title` text NOT NULL,
	`status` text NOT NULL,
	`version` integer NOT NULL,
	`amount` integer NOT NULL,
	`fee_basis_points` integer NOT NULL,
	`funded` integer NOT NULL,
	`released` integer NOT NULL,
	`fee` integer NOT NULL,
	`refunded` integer NOT NULL,
	`milestones` text NOT NULL,
	`payment` text,
	`cancel_proposed_by` text,
	`created_at` integer NOT NULL,
	`funded_at` integer,
	`first_delivered_at` integer,
	`last_delivered_at` integer,
	`disputed_at` integer,
	`money_moved_at` integer,
	`settled_at` integer,
	`timer` text,
	`timer_at` integer,
	`request_key` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `contracts_request_key_unique` ON `contracts` (`request_key`);--> statement-breakpoint
CREATE INDEX `contracts_worker` ON `contracts` (`worker`,`created_at`);--> statement-breakpoint
CREATE INDEX `contracts_client` ON `contracts` (`client`,`created_at`);--> statement-breakpoint
CREATE INDEX `contracts_timer` ON `contracts` (`timer_at`,`id`);--> statement-breakpoint
CREATE INDEX `contracts_newest` ON `contracts` (`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `contracts_status` ON `contracts` (`status`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `contracts_job` ON `contracts` (`job`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `contracts_settled` ON `contracts` (`worker`,`settled_at`);--> statement-breakpoint
CREATE TABLE `ledger_entries` (
	`id` text PRIMARY KEY NOT NULL,
	`txn` text NOT NULL,
	`contract` text NOT NULL,
	`kind` text NOT NULL,
	`account` text NOT NULL,
	`debit` integer NOT NULL,
	`credit` integer NOT NULL,
	`at` integer NOT NULL,
	`transfer` text,
	FOREIGN KEY (`contract`) REFERENCES `contracts`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "ledger_one_side" CHECK(("ledger_entries"."debit" > 0 AND "ledger_entries"."credit" = 0) OR ("ledger_entries"."credit" > 0 AND "ledger_entries"."debit" = 0))
);
--> statement-breakpoint
CREATE INDEX `ledger_contract` ON `ledger_entries` (`contract`);--> statement-breakpoint
CREATE INDEX `ledger_account` ON `ledger_entries` (`account`);--> statement-breakpoint
CREATE TABLE `skill_contexts` (
	`contract` text PRIMARY KEY NOT NULL,
	`credential` text NOT NULL,
	`frozen_at` integer NOT NULL,
	FOREIGN KEY (`contract`) REFERENCES `contracts`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `transfers` (
	`id` text PRIMARY KEY NOT NULL,
	`contract` text NOT NULL,
	`kind` text NOT NULL,
	`party` text NOT NULL,
	`amount` integer NOT NULL,
	`method` text NOT NULL,
	`state` text NOT NULL,
	`attempt` integer NOT NULL,
	`retry_of` text,
	`created_at` integer NOT NULL,
	`resolved_at` integer,
	FOREIGN KEY (`contract`) REFERENCES `contracts`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `transfers_retry_of_unique` ON `transfers` (`retry_of`);--> statement-breakpoint
CREATE INDEX `transfers_contract` ON `transfers` (`contract`);--> statement-breakpoint
CREATE TABLE `badges` (
	`worker` text NOT NULL,
	`credential` text NOT NULL,
	`exam` text NOT NULL,
	`level` integer NOT NULL,
	`title` text NOT NULL,
	`status` text NOT NULL,
	`version` integer NOT NULL,
	`url` text NOT NULL,
	`image` text NOT NULL,
	`jwt` text NOT NULL,
	`issued_at` integer NOT NULL,
	`valid_until` integer NOT NULL,
	`verified_at` integer NOT NULL,
	PRIMARY KEY(`worker`, `credential`),
	FOREIGN KEY (`worker`) REFERENCES `workers`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `badges_credential` ON `badges` (`credential`);--> statement-breakpoint
CREATE TABLE `ranking_signals` (
	`worker` text NOT NULL,
	`exam` text NOT NULL,
	`version` integer NOT NULL,
	`withdrawn` integer NOT NULL,
	`prior_mean` real NOT NULL,
	`equivalent_reviews` real NOT NULL,
	`valid_until` integer NOT NULL,
	`explanation_ja` text NOT NULL,
	`explanation_en` text NOT NULL,
	PRIMARY KEY(`worker`, `exam`),
	FOREIGN KEY (`worker`) REFERENCES `workers`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `faults` (
	`id` text PRIMARY KEY NOT NULL,
	`status` integer,
	`delay_ms` integer NOT NULL,
	`remaining` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `applications` (
	`id` text PRIMARY KEY NOT NULL,
	`job` text NOT NULL,
	`worker` text NOT NULL,
	`message` text NOT NULL,
	`amount` integer,
	`state` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`job`) REFERENCES `jobs`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `applications_once` ON `applications` (`job`,`worker`);--> statement-breakpoint
CREATE INDEX `applications_worker` ON `applications` (`worker`,`created_at`);--> statement-breakpoint
CREATE TABLE `client_histories` (
	`client` text PRIMARY KEY NOT NULL,
	`marks` integer NOT NULL,
	`counted` integer NOT NULL,
	`concluded` integer NOT NULL,
	`paid` integer NOT NULL,
	`accepted` integer NOT NULL,
	`acceptance_days` real NOT NULL,
	`requests` integer NOT NULL,
	`request_sum` integer NOT NULL,
	`score` real NOT NULL
);
--> statement-breakpoint
CREATE INDEX `client_histories_due` ON `client_histories` (`client`) WHERE counted < marks;--> statement-breakpoint
CREATE TABLE `job_listings` (
	`doc` integer PRIMARY KEY NOT NULL,
	`category` text NOT NULL,
	`pay_type` text NOT NULL,
	`pay_amount` integer NOT NULL,
	`closes_at` integer,
	`rank` real NOT NULL
);
--> statement-breakpoint
CREATE INDEX `job_listings_rank` ON `job_listings` (`rank`);--> statement-breakpoint
CREATE INDEX `job_listings_category` ON `job_listings` (`category`,`rank`);--> statement-breakpoint
CREATE INDEX `job_listings_closing` ON `job_listings` (`closes_at`);--> statement-breakpoint
CREATE TABLE `jobs` (
	`doc` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`client` text NOT NULL,
	`post_number` integer NOT NULL,
	`category` text NOT NULL,
	`pay_type` text NOT NULL,
	`pay_amount` integer NOT NULL,
	`headcount` integer NOT NULL,
	`hired` integer NOT NULL,
	`state` text NOT NULL,
	`restored_to` text NOT NULL,
	`taken_down_until` integer,
	`created_at` integer NOT NULL,
	`published_at` integer NOT NULL,
	`closes_at` integer,
	`client_standing` text NOT NULL,
	`version` integer NOT NULL,
	`clarity_score` real NOT NULL,
	`suspicion_score` real NOT NULL,
	`client_score` real NOT NULL,
	`listed` integer GENERATED ALWAYS AS (("state" IN ('published', 'queued') AND "client_standing" <> 'suspended')) VIRTUAL,
	`rank` real GENERATED ALWAYS AS (("clarity_score" + "suspicion_score" + "client_score" + CASE "client_standing" WHEN 'restricted' THEN -1.0 ELSE 0.0 END + "published_at" / 604800000.0)) VIRTUAL,
	`request_key` text,
	`title` text NOT NULL,
	`body` text NOT NULL,
	`search_text` text NOT NULL,
	`assessment` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `jobs_id_unique` ON `jobs` (`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `jobs_request_key_unique` ON `jobs` (`request_key`);--> statement-breakpoint
CREATE UNIQUE INDEX `jobs_client` ON `jobs` (`client`,`post_number`);--> statement-breakpoint
CREATE INDEX `jobs_unindexed` ON `jobs` (`doc`) WHERE search_text = '';--> statement-breakpoint
CREATE TABLE `appeals` (
	`id` text PRIMARY KEY NOT NULL,
	`decision` text NOT NULL,
	`subject` text NOT NULL,
	`person` text NOT NULL,
	`text` text NOT NULL,
	`at` integer NOT NULL,
	`outcome` text,
	`reasons` text,
	`decided_by` text,
	`decided_at` integer,
	FOREIGN KEY (`decision`) REFERENCES `moderation_decisions`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `appeals_decision_unique` ON `appeals` (`decision`);--> statement-breakpoint
CREATE INDEX `appeals_subject` ON `appeals` (`subject`,`at`);--> statement-breakpoint
CREATE INDEX `appeals_person` ON `appeals` (`person`);--> statement-breakpoint
CREATE INDEX `appeals_waiting` ON `appeals` (`at`,`id`) WHERE outcome IS NULL;--> statement-breakpoint
CREATE INDEX `appeals_judged` ON `appeals` (`decided_at`,`id`) WHERE outcome IS NOT NULL;--> statement-breakpoint
CREATE TABLE `labels` (
	`id` text PRIMARY KEY NOT NULL,
	`job` text NOT NULL,
	`title` text NOT NULL,
	`body` text NOT NULL,
	`category` text NOT NULL,
	`pay` text NOT NULL,
	`account_age_days` integer NOT NULL,
	`kinds` text NOT NULL,
	`decision` text NOT NULL,
	`operator` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `labels_at` ON `labels` (`at`,`id`);--> statement-breakpoint
CREATE INDEX `labels_job` ON `labels` (`job`,`at`);--> statement-breakpoint
CREATE TABLE `measures` (
	`decision` text NOT NULL,
	`kind` text NOT NULL,
	`target` text NOT NULL,
	`effect` text NOT NULL,
	`until` integer,
	`ended_at` integer,
	`ended_by` text,
	PRIMARY KEY(`decision`, `kind`),
	FOREIGN KEY (`decision`) REFERENCES `moderation_decisions`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `measures_standing` ON `measures` (`target`,`ended_at`);--> statement-breakpoint
CREATE INDEX `measures_due` ON `measures` (`until`,`decision`) WHERE ended_at IS NULL;--> statement-breakpoint
CREATE TABLE `moderation_decisions` (
	`id` text PRIMARY KEY NOT NULL,
	`subject` text NOT NULL,
	`person` text,
	`action` text NOT NULL,
	`kinds` text NOT NULL,
	`until` integer,
	`operator` text NOT NULL,
	`decided_at` integer NOT NULL,
	`statement` text NOT NULL,
	FOREIGN KEY (`subject`) REFERENCES `moderation_subjects`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `moderation_decisions_subject` ON `moderation_decisions` (`subject`);--> statement-breakpoint
CREATE INDEX `moderation_decisions_person` ON `moderation_decisions` (`person`,`decided_at`);--> statement-breakpoint
CREATE TABLE `moderation_events` (
	`subject` text NOT NULL,
	`seq` integer NOT NULL,
	`type` text NOT NULL,
	`actor` text NOT NULL,
	`at` integer NOT NULL,
	`data` text NOT NULL,
	PRIMARY KEY(`subject`, `seq`),
	FOREIGN KEY (`subject`) REFERENCES `moderation_subjects`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `moderation_subjects` (
	`id` text PRIMARY KEY NOT NULL,
	`open_key` text,
	`kind` text NOT NULL,
	`ref` text NOT NULL,
	`person` text,
	`status` text NOT NULL,
	`version` integer NOT NULL,
	`opened_by` text NOT NULL,
	`opened_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`points` integer NOT NULL,
	`reports` integer NOT NULL,
	`alleged` integer NOT NULL,
	`policy` text,
	`automated` integer NOT NULL,
	`claimed_by` text,
	`claimed_until` integer,
	`decision` text,
	`action` text,
	`until` integer,
	`decided_by` text,
	`decided_at` integer,
	`appeal_until` integer,
	`appeal` text,
	`appeal_outcome` text,
	`appeal_decided_at` integer,
	`final` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `moderation_subjects_open_key_unique` ON `moderation_subjects` (`open_key`);--> statement-breakpoint
CREATE INDEX `moderation_queue` ON `moderation_subjects` (`status`,points DESC,`opened_at`,`id`);--> statement-breakpoint
CREATE INDEX `moderation_waiting` ON `moderation_subjects` (`status`) WHERE status IN ('open', 'escalated');--> statement-breakpoint
CREATE INDEX `moderation_ref` ON `moderation_subjects` (`kind`,`ref`);--> statement-breakpoint
CREATE INDEX `moderation_appealable` ON `moderation_subjects` (`appeal_until`);--> statement-breakpoint
CREATE INDEX `moderation_person` ON `moderation_subjects` (`person`);--> statement-breakpoint
CREATE TABLE `notifications` (
	`id` text PRIMARY KEY NOT NULL,
	`person` text NOT NULL,
	`at` integer NOT NULL,
	`notice` text NOT NULL,
	`read_at` integer
);
--> statement-breakpoint
CREATE INDEX `notifications_person` ON `notifications` (`person`,`at`);--> statement-breakpoint
CREATE TABLE `reporters` (
	`id` text PRIMARY KEY NOT NULL,
	`upheld` integer DEFAULT 0 NOT NULL,
	`rejected` integer DEFAULT 0 NOT NULL,
	`muting` text DEFAULT 'by-record' NOT NULL,
	`muted_by` text,
	`muted_at` integer,
	`mute_note` text
);
--> statement-breakpoint
CREATE TABLE `reports` (
	`id` text PRIMARY KEY NOT NULL,
	`about` text NOT NULL,
	`subject` text,
	`reporter` text NOT NULL,
	`ordinal` integer NOT NULL,
	`reason` text NOT NULL,
	`detail` text NOT NULL,
	`at` integer NOT NULL,
	`muted` integer NOT NULL,
	`outcome` text,
	FOREIGN KEY (`reporter`) REFERENCES `reporters`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `reports_subject` ON `reports` (`subject`);--> statement-breakpoint
CREATE INDEX `reports_reporter` ON `reports` (`reporter`,`at`);--> statement-breakpoint
CREATE UNIQUE INDEX `reports_once` ON `reports` (`about`,`reporter`);--> statement-breakpoint
CREATE UNIQUE INDEX `reports_ordinal` ON `reports` (`reporter`,`ordinal`);--> statement-breakpoint
CREATE TABLE `clients` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`reading` text NOT NULL,
	`about_ja` text NOT NULL,
	`about_en` text NOT NULL,
	`joined_at` integer NOT NULL,
	`standing` text NOT NULL,
	`standing_version` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `sessions` (
	`token_hash` text PRIMARY KEY NOT NULL,
	`person` text NOT NULL,
	`expires_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `sessions_end` ON `sessions` (`expires_at`);--> statement-breakpoint
CREATE INDEX `sessions_person` ON `sessions` (`person`);--> statement-breakpoint
CREATE TABLE `workers` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`reading` text NOT NULL,
	`categories` text NOT NULL,
	`skills_ja` text NOT NULL,
	`skills_en` text NOT NULL,
	`hourly_rate` integer NOT NULL,
	`joined_at` integer NOT NULL,
	`standing` text NOT NULL,
	`standing_version` integer NOT NULL,
	`erased_at` integer
);
--> statement-breakpoint
CREATE TABLE `aggregates_due` (
	`worker` text PRIMARY KEY NOT NULL,
	`marks` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `hidden_answers` (
	`review` text PRIMARY KEY NOT NULL,
	`contract` text NOT NULL,
	`side` text NOT NULL,
	`again` integer NOT NULL,
	`safe` text NOT NULL,
	`note` text NOT NULL,
	FOREIGN KEY (`review`) REFERENCES `reviews`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `hidden_answers_contract` ON `hidden_answers` (`contract`);--> statement-breakpoint
CREATE TABLE `hidden_batch_members` (
	`review` text PRIMARY KEY NOT NULL,
	`batch` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `hidden_batches` (
	`id` text NOT NULL,
	`worker` text NOT NULL,
	`seq` integer NOT NULL,
	`n` integer NOT NULL,
	`again_mean` real NOT NULL,
	`safe_share` real NOT NULL,
	`month` text NOT NULL,
	PRIMARY KEY(`worker`, `seq`)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `hidden_batches_id` ON `hidden_batches` (`id`);--> statement-breakpoint
CREATE TABLE `hidden_reads` (
	`id` text PRIMARY KEY NOT NULL,
	`operator` text NOT NULL,
	`kind` text NOT NULL,
	`contracts` text NOT NULL,
	`reason` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `past_reviews` (
	`id` text PRIMARY KEY NOT NULL,
	`worker` text NOT NULL,
	`client` text NOT NULL,
	`at` integer NOT NULL,
	`skill` integer NOT NULL,
	`quality` integer NOT NULL,
	`schedule` integer NOT NULL,
	`communication` integer NOT NULL,
	`partnership` integer NOT NULL,
	`comment_ja` text NOT NULL,
	`comment_en` text NOT NULL,
	FOREIGN KEY (`worker`) REFERENCES `workers`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `past_reviews_worker` ON `past_reviews` (`worker`,`at`);--> statement-breakpoint
CREATE TABLE `review_contradictions` (
	`review` text PRIMARY KEY NOT NULL,
	`contract` text NOT NULL,
	`side` text NOT NULL,
	`kind` text NOT NULL,
	`score` integer NOT NULL,
	`opened_at` integer NOT NULL,
	`settled_at` integer,
	`settled_by` text,
	`note` text,
	FOREIGN KEY (`review`) REFERENCES `reviews`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `review_contradictions_open` ON `review_contradictions` (`settled_at`,`score`,`review`);--> statement-breakpoint
CREATE INDEX `review_contradictions_contract` ON `review_contradictions` (`contract`);--> statement-breakpoint
CREATE TABLE `review_norms` (
	`id` text PRIMARY KEY NOT NULL,
	`mean` real NOT NULL,
	`sd` real NOT NULL
);
--> statement-breakpoint
CREATE TABLE `review_pairs` (
	`contract` text PRIMARY KEY NOT NULL,
	`worker` text NOT NULL,
	`client` text NOT NULL,
	`category` text NOT NULL,
	`closes_at` integer NOT NULL,
	`revealed_at` integer,
	`reveal_event` text
);
--> statement-breakpoint
CREATE INDEX `review_pairs_open` ON `review_pairs` (`closes_at`) WHERE revealed_at IS NULL;--> statement-breakpoint
CREATE UNIQUE INDEX `review_pairs_event` ON `review_pairs` (`reveal_event`);--> statement-breakpoint
CREATE TABLE `review_replies` (
	`review` text PRIMARY KEY NOT NULL,
	`text` text NOT NULL,
	`at` integer NOT NULL,
	`request_key` text,
	FOREIGN KEY (`review`) REFERENCES `reviews`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `review_totals` (
	`worker` text PRIMARY KEY NOT NULL,
	`count` integer NOT NULL,
	`clients` integer NOT NULL,
	`skill` integer NOT NULL,
	`quality` integer NOT NULL,
	`schedule` integer NOT NULL,
	`communication` integer NOT NULL,
	`partnership` integer NOT NULL,
	FOREIGN KEY (`worker`) REFERENCES `workers`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `review_versions` (
	`worker` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `reviews` (
	`id` text PRIMARY KEY NOT NULL,
	`contract` text NOT NULL,
	`side` text NOT NULL,
	`author` text NOT NULL,
	`subject` text NOT NULL,
	`skill` integer,
	`request` integer,
	`quality` integer NOT NULL,
	`schedule` integer NOT NULL,
	`communication` integer NOT NULL,
	`partnership` integer NOT NULL,
	`comment` text NOT NULL,
	`written_at` integer NOT NULL,
	`request_key` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `reviews_side` ON `reviews` (`contract`,`side`);--> statement-breakpoint
CREATE INDEX `reviews_subject` ON `reviews` (`subject`);--> statement-breakpoint
CREATE INDEX `reviews_author` ON `reviews` (`author`);--> statement-breakpoint
CREATE TABLE `trial_draws` (
	`day` text NOT NULL,
	`category` text NOT NULL,
	`position` integer NOT NULL,
	`worker` text NOT NULL,
	`propensity` real NOT NULL,
	`pool_size` integer NOT NULL,
	`first_shown_at` integer NOT NULL,
	PRIMARY KEY(`day`, `category`, `position`, `worker`, `pool_size`)
);
--> statement-breakpoint
CREATE TABLE `worker_changes` (
	`worker` text PRIMARY KEY NOT NULL,
	`seq` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `worker_changes_seq` ON `worker_changes` (`seq`);--> statement-breakpoint
CREATE TABLE `worker_texts` (
	`doc` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`worker` text NOT NULL,
	`text` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `worker_texts_worker_unique` ON `worker_texts` (`worker`);--> statement-breakpoint
CREATE TABLE `received_events` (
	`id` text PRIMARY KEY NOT NULL,
	`type` text NOT NULL,
	`body` text NOT NULL,
	`received_at` integer NOT NULL
);--> statement-breakpoint
-- what drizzle-kit does not write: the search, and the triggers
CREATE TRIGGER `contract_events_stay` BEFORE DELETE ON `contract_events` BEGIN SELECT RAISE(ABORT, 'contract events are immutable'); END;
--> statement-breakpoint
CREATE TRIGGER `hidden_reads_are_kept` BEFORE UPDATE ON `hidden_reads` BEGIN SELECT RAISE(ABORT, 'the audit log is immutable'); END;
--> statement-breakpoint
CREATE TRIGGER `hidden_reads_stay` BEFORE DELETE ON `hidden_reads` BEGIN SELECT RAISE(ABORT, 'the audit log is immutable'); END;
--> statement-breakpoint
CREATE TRIGGER `hidden_batches_are_kept` BEFORE UPDATE ON `hidden_batches` BEGIN SELECT RAISE(ABORT, 'published aggregates are immutable'); END;
--> statement-breakpoint
CREATE TRIGGER `hidden_batches_stay` BEFORE DELETE ON `hidden_batches` BEGIN SELECT RAISE(ABORT, 'published aggregates are immutable'); END;
--> statement-breakpoint
CREATE TRIGGER `hidden_batch_members_are_kept` BEFORE UPDATE ON `hidden_batch_members` BEGIN SELECT RAISE(ABORT, 'published aggregates are immutable'); END;
--> statement-breakpoint
CREATE TRIGGER `hidden_batch_members_stay` BEFORE DELETE ON `hidden_batch_members` BEGIN SELECT RAISE(ABORT, 'published aggregates are immutable'); END;
--> statement-breakpoint
CREATE TRIGGER `ledger_entries_are_kept` BEFORE UPDATE ON `ledger_entries` BEGIN SELECT RAISE(ABORT, 'ledger entries are immutable'); END;
--> statement-breakpoint
CREATE TRIGGER `ledger_entries_stay` BEFORE DELETE ON `ledger_entries` BEGIN SELECT RAISE(ABORT, 'ledger entries are immutable'); END;
--> statement-breakpoint
CREATE TRIGGER `transfers_begin_pending` BEFORE INSERT ON `transfers` WHEN NEW.`state` <> 'pending' BEGIN SELECT RAISE(ABORT, 'transfers begin pending'); END;
--> statement-breakpoint
CREATE TRIGGER `transfers_resolve_once` BEFORE UPDATE ON `transfers` WHEN OLD.`state` <> 'pending' OR NEW.`state` = 'pending' OR NEW.`amount` <> OLD.`amount` OR NEW.`party` <> OLD.`party` OR NEW.`contract` <> OLD.`contract` OR NEW.`kind` <> OLD.`kind` BEGIN SELECT RAISE(ABORT, 'transfers resolve once'); END;
--> statement-breakpoint
CREATE TRIGGER `transfers_stay` BEFORE DELETE ON `transfers` BEGIN SELECT RAISE(ABORT, 'transfers are kept'); END;
--> statement-breakpoint
CREATE TRIGGER `skill_contexts_are_kept` BEFORE UPDATE ON `skill_contexts` BEGIN SELECT RAISE(ABORT, 'skill contexts are frozen'); END;
--> statement-breakpoint
CREATE TRIGGER `moderation_events_stay` BEFORE DELETE ON `moderation_events` BEGIN SELECT RAISE(ABORT, 'moderation events are immutable'); END;
--> statement-breakpoint
CREATE TRIGGER `moderation_decisions_stay` BEFORE DELETE ON `moderation_decisions` BEGIN SELECT RAISE(ABORT, 'statements of reasons are immutable'); END;
--> statement-breakpoint
CREATE TRIGGER `labels_are_kept` BEFORE UPDATE ON `labels` BEGIN SELECT RAISE(ABORT, 'labels are immutable'); END;
--> statement-breakpoint
CREATE TRIGGER `labels_stay` BEFORE DELETE ON `labels` BEGIN SELECT RAISE(ABORT, 'labels are immutable'); END;
--> statement-breakpoint
CREATE VIRTUAL TABLE `job_index` USING fts5(`text`, content='', contentless_delete=1, tokenize='trigram case_sensitive 1');
--> statement-breakpoint
CREATE VIRTUAL TABLE `job_terms` USING fts5vocab(`job_index`, 'row');
--> statement-breakpoint
CREATE VIRTUAL TABLE `job_instances` USING fts5vocab(`job_index`, 'instance');
--> statement-breakpoint
CREATE TRIGGER `jobs_enter_the_search` AFTER INSERT ON `jobs` WHEN new.`listed` BEGIN
	INSERT INTO `job_listings` (`doc`, `category`, `pay_type`, `pay_amount`, `closes_at`, `rank`) VALUES (new.`doc`, new.`category`, new.`pay_type`, new.`pay_amount`, new.`closes_at`, new.`rank`);
	INSERT INTO `job_index` (`rowid`, `text`) VALUES (new.`doc`, new.`search_text`);
END;
--> statement-breakpoint
CREATE TRIGGER `jobs_keep_their_listing` AFTER UPDATE ON `jobs` WHEN old.`listed` OR new.`listed` BEGIN
	DELETE FROM `job_listings` WHERE `doc` = old.`doc`;
	INSERT INTO `job_listings` (`doc`, `category`, `pay_type`, `pay_amount`, `closes_at`, `rank`) SELECT new.`doc`, new.`category`, new.`pay_type`, new.`pay_amount`, new.`closes_at`, new.`rank` WHERE new.`listed`;
END;
--> statement-breakpoint
CREATE TRIGGER `jobs_keep_their_words` AFTER UPDATE ON `jobs` WHEN old.`listed` <> new.`listed` OR old.`search_text` <> new.`search_text` BEGIN
	DELETE FROM `job_index` WHERE `rowid` = old.`doc`;
	INSERT INTO `job_index` (`rowid`, `text`) SELECT new.`doc`, new.`search_text` WHERE new.`listed`;
END;
--> statement-breakpoint
CREATE TRIGGER `jobs_leave_the_search` AFTER DELETE ON `jobs` BEGIN
	DELETE FROM `job_listings` WHERE `doc` = old.`doc`;
	DELETE FROM `job_index` WHERE `rowid` = old.`doc`;
END;
--> statement-breakpoint
CREATE TRIGGER `jobs_follow_their_client` AFTER UPDATE OF `standing` ON `clients` WHEN old.`standing` <> new.`standing` BEGIN
	UPDATE `jobs` SET `client_standing` = new.`standing` WHERE `client` = new.`id`;
END;
--> statement-breakpoint
CREATE VIRTUAL TABLE `worker_index` USING fts5(`text`, content='', contentless_delete=1, tokenize='trigram case_sensitive 1');
--> statement-breakpoint
CREATE VIRTUAL TABLE `worker_terms` USING fts5vocab(`worker_index`, 'row');
--> statement-breakpoint
CREATE VIRTUAL TABLE `worker_instances` USING fts5vocab(`worker_index`, 'instance');
--> statement-breakpoint
CREATE TRIGGER `worker_texts_enter` AFTER INSERT ON `worker_texts` BEGIN
	INSERT INTO `worker_index` (`rowid`, `text`) VALUES (new.`doc`, new.`text`);
END;
--> statement-breakpoint
CREATE TRIGGER `worker_texts_change` AFTER UPDATE ON `worker_texts` BEGIN
	DELETE FROM `worker_index` WHERE `rowid` = old.`doc`;
	INSERT INTO `worker_index` (`rowid`, `text`) VALUES (new.`doc`, new.`text`);
END;
--> statement-breakpoint
CREATE TRIGGER `worker_texts_leave` AFTER DELETE ON `worker_texts` BEGIN
	DELETE FROM `worker_index` WHERE `rowid` = old.`doc`;
END;
--> statement-breakpoint
CREATE TRIGGER `workers_erased` AFTER UPDATE OF `erased_at` ON `workers` WHEN new.`erased_at` IS NOT NULL BEGIN
	DELETE FROM `worker_texts` WHERE `worker` = new.`id`;
	UPDATE `applications` SET `message` = '', `state` = CASE `state` WHEN 'open' THEN 'withdrawn' ELSE `state` END WHERE `worker` = new.`id`;
END;
--> statement-breakpoint
CREATE TRIGGER `workers_count_insert` AFTER INSERT ON `workers` BEGIN
	INSERT INTO `worker_changes` (`worker`, `seq`) VALUES (new.`id`, (SELECT coalesce(max(`seq`), 0) + 1 FROM `worker_changes`)) ON CONFLICT (`worker`) DO UPDATE SET `seq` = excluded.`seq`;
END;
--> statement-breakpoint
CREATE TRIGGER `workers_count_update` AFTER UPDATE ON `workers` BEGIN
	INSERT INTO `worker_changes` (`worker`, `seq`) VALUES (new.`id`, (SELECT coalesce(max(`seq`), 0) + 1 FROM `worker_changes`)) ON CONFLICT (`worker`) DO UPDATE SET `seq` = excluded.`seq`;
END;
--> statement-breakpoint
CREATE TRIGGER `workers_count_delete` AFTER DELETE ON `workers` BEGIN
	INSERT INTO `worker_changes` (`worker`, `seq`) VALUES (old.`id`, (SELECT coalesce(max(`seq`), 0) + 1 FROM `worker_changes`)) ON CONFLICT (`worker`) DO UPDATE SET `seq` = excluded.`seq`;
END;
--> statement-breakpoint
CREATE TRIGGER `review_totals_count_insert` AFTER INSERT ON `review_totals` BEGIN
	INSERT INTO `worker_changes` (`worker`, `seq`) VALUES (new.`worker`, (SELECT coalesce(max(`seq`), 0) + 1 FROM `worker_changes`)) ON CONFLICT (`worker`) DO UPDATE SET `seq` = excluded.`seq`;
END;
--> statement-breakpoint
CREATE TRIGGER `review_totals_count_update` AFTER UPDATE ON `review_totals` BEGIN
	INSERT INTO `worker_changes` (`worker`, `seq`) VALUES (new.`worker`, (SELECT coalesce(max(`seq`), 0) + 1 FROM `worker_changes`)) ON CONFLICT (`worker`) DO UPDATE SET `seq` = excluded.`seq`;
END;
--> statement-breakpoint
CREATE TRIGGER `review_totals_count_delete` AFTER DELETE ON `review_totals` BEGIN
	INSERT INTO `worker_changes` (`worker`, `seq`) VALUES (old.`worker`, (SELECT coalesce(max(`seq`), 0) + 1 FROM `worker_changes`)) ON CONFLICT (`worker`) DO UPDATE SET `seq` = excluded.`seq`;
END;
--> statement-breakpoint
CREATE TRIGGER `badges_count_insert` AFTER INSERT ON `badges` BEGIN
	INSERT INTO `worker_changes` (`worker`, `seq`) VALUES (new.`worker`, (SELECT coalesce(max(`seq`), 0) + 1 FROM `worker_changes`)) ON CONFLICT (`worker`) DO UPDATE SET `seq` = excluded.`seq`;
END;
--> statement-breakpoint
CREATE TRIGGER `badges_count_update` AFTER UPDATE ON `badges` BEGIN
	INSERT INTO `worker_changes` (`worker`, `seq`) VALUES (new.`worker`, (SELECT coalesce(max(`seq`), 0) + 1 FROM `worker_changes`)) ON CONFLICT (`worker`) DO UPDATE SET `seq` = excluded.`seq`;
END;
--> statement-breakpoint
CREATE TRIGGER `badges_count_delete` AFTER DELETE ON `badges` BEGIN
	INSERT INTO `worker_changes` (`worker`, `seq`) VALUES (old.`worker`, (SELECT coalesce(max(`seq`), 0) + 1 FROM `worker_changes`)) ON CONFLICT (`worker`) DO UPDATE SET `seq` = excluded.`seq`;
END;
--> statement-breakpoint
CREATE TRIGGER `ranking_signals_count_insert` AFTER INSERT ON `ranking_signals` BEGIN
	INSERT INTO `worker_changes` (`worker`, `seq`) VALUES (new.`worker`, (SELECT coalesce(max(`seq`), 0) + 1 FROM `worker_changes`)) ON CONFLICT (`worker`) DO UPDATE SET `seq` = excluded.`seq`;
END;
--> statement-breakpoint
CREATE TRIGGER `ranking_signals_count_update` AFTER UPDATE ON `ranking_signals` BEGIN
	INSERT INTO `worker_changes` (`worker`, `seq`) VALUES (new.`worker`, (SELECT coalesce(max(`seq`), 0) + 1 FROM `worker_changes`)) ON CONFLICT (`worker`) DO UPDATE SET `seq` = excluded.`seq`;
END;
--> statement-breakpoint
CREATE TRIGGER `ranking_signals_count_delete` AFTER DELETE ON `ranking_signals` BEGIN
	INSERT INTO `worker_changes` (`worker`, `seq`) VALUES (old.`worker`, (SELECT coalesce(max(`seq`), 0) + 1 FROM `worker_changes`)) ON CONFLICT (`worker`) DO UPDATE SET `seq` = excluded.`seq`;
END;
--> statement-breakpoint
CREATE TRIGGER `contracts_mark_their_client` AFTER UPDATE OF `status` ON `contracts` WHEN old.`status` <> new.`status` BEGIN
	INSERT INTO `client_histories` (`client`, `marks`, `counted`, `concluded`, `paid`, `accepted`, `acceptance_days`, `requests`, `request_sum`, `score`) VALUES (new.`client`, 1, 0, 0, 0, 0, 0, 0, 0, 0) ON CONFLICT (`client`) DO UPDATE SET `marks` = `marks` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `reviews_mark_their_client` AFTER UPDATE OF `revealed_at` ON `review_pairs` WHEN old.`revealed_at` IS NULL AND new.`revealed_at` IS NOT NULL BEGIN
	INSERT INTO `client_histories` (`client`, `marks`, `counted`, `concluded`, `paid`, `accepted`, `acceptance_days`, `requests`, `request_sum`, `score`) VALUES (new.`client`, 1, 0, 0, 0, 0, 0, 0, 0, 0) ON CONFLICT (`client`) DO UPDATE SET `marks` = `marks` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `ledger_entries_sum` AFTER INSERT ON `ledger_entries` BEGIN
	INSERT INTO `account_sums` (`kind`, `debit`, `credit`, `lines`) VALUES (substr(new.`account`, 1, instr(new.`account` || ':', ':') - 1), new.`debit`, new.`credit`, 1)
		ON CONFLICT (`kind`) DO UPDATE SET `debit` = `debit` + excluded.`debit`, `credit` = `credit` + excluded.`credit`, `lines` = `lines` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `contracts_sum_insert` AFTER INSERT ON `contracts` BEGIN
	INSERT INTO `contract_sums` (`status`, `contracts`, `funded`, `released`, `fee`, `refunded`) VALUES (new.`status`, 1, new.`funded`, new.`released`, new.`fee`, new.`refunded`)
		ON CONFLICT (`status`) DO UPDATE SET `contracts` = `contracts` + 1, `funded` = `funded` + excluded.`funded`, `released` = `released` + excluded.`released`, `fee` = `fee` + excluded.`fee`, `refunded` = `refunded` + excluded.`refunded`;
END;
--> statement-breakpoint
CREATE TRIGGER `contracts_sum_update` AFTER UPDATE OF `status`, `funded`, `released`, `fee`, `refunded` ON `contracts` BEGIN
	UPDATE `contract_sums` SET `contracts` = `contracts` - 1, `funded` = `funded` - old.`funded`, `released` = `released` - old.`released`, `fee` = `fee` - old.`fee`, `refunded` = `refunded` - old.`refunded` WHERE `status` = old.`status`;
	INSERT INTO `contract_sums` (`status`, `contracts`, `funded`, `released`, `fee`, `refunded`) VALUES (new.`status`, 1, new.`funded`, new.`released`, new.`fee`, new.`refunded`)
		ON CONFLICT (`status`) DO UPDATE SET `contracts` = `contracts` + 1, `funded` = `funded` + excluded.`funded`, `released` = `released` + excluded.`released`, `fee` = `fee` + excluded.`fee`, `refunded` = `refunded` + excluded.`refunded`;
END;
--> statement-breakpoint
CREATE TRIGGER `outbox_count_insert` AFTER INSERT ON `outbox` BEGIN
	INSERT INTO `message_counts` (`destination`, `status`, `n`) VALUES (new.`destination`, new.`status`, 1) ON CONFLICT (`destination`, `status`) DO UPDATE SET `n` = `n` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `outbox_count_update` AFTER UPDATE OF `status` ON `outbox` WHEN new.`status` <> old.`status` BEGIN
	UPDATE `message_counts` SET `n` = `n` - 1 WHERE `destination` = old.`destination` AND `status` = old.`status`;
	INSERT INTO `message_counts` (`destination`, `status`, `n`) VALUES (new.`destination`, new.`status`, 1) ON CONFLICT (`destination`, `status`) DO UPDATE SET `n` = `n` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `outbox_count_delete` AFTER DELETE ON `outbox` BEGIN
	UPDATE `message_counts` SET `n` = `n` - 1 WHERE `destination` = old.`destination` AND `status` = old.`status`;
END;
--> statement-breakpoint
CREATE TRIGGER `reviews_are_kept` BEFORE UPDATE OF `id`, `contract`, `side`, `author`, `subject`, `skill`, `request`, `quality`, `schedule`, `communication`, `partnership`, `written_at`, `request_key` ON `reviews` BEGIN SELECT RAISE(ABORT, 'reviews are immutable'); END;
--> statement-breakpoint
CREATE TRIGGER `reviews_keep_their_words` BEFORE UPDATE OF `comment` ON `reviews` WHEN new.`comment` <> '' OR NOT EXISTS (SELECT 1 FROM `workers` WHERE `id` IN (old.`author`, old.`subject`) AND `erased_at` IS NOT NULL) BEGIN SELECT RAISE(ABORT, 'reviews are immutable'); END;
--> statement-breakpoint
CREATE TRIGGER `review_replies_are_kept` BEFORE UPDATE OF `review`, `at`, `request_key` ON `review_replies` BEGIN SELECT RAISE(ABORT, 'replies are immutable'); END;
--> statement-breakpoint
CREATE TRIGGER `review_replies_keep_their_words` BEFORE UPDATE OF `text` ON `review_replies` WHEN new.`text` <> '' OR NOT EXISTS (SELECT 1 FROM `reviews` r JOIN `workers` w ON w.`id` IN (r.`author`, r.`subject`) WHERE r.`id` = old.`review` AND w.`erased_at` IS NOT NULL) BEGIN SELECT RAISE(ABORT, 'replies are immutable'); END;
--> statement-breakpoint
CREATE TRIGGER `hidden_answers_are_kept` BEFORE UPDATE OF `review`, `contract`, `side`, `again`, `safe` ON `hidden_answers` BEGIN SELECT RAISE(ABORT, 'hidden answers are immutable'); END;
--> statement-breakpoint
CREATE TRIGGER `hidden_answers_keep_their_words` BEFORE UPDATE OF `note` ON `hidden_answers` WHEN new.`note` <> '' OR NOT EXISTS (SELECT 1 FROM `reviews` r JOIN `workers` w ON w.`id` IN (r.`author`, r.`subject`) WHERE r.`id` = old.`review` AND w.`erased_at` IS NOT NULL) BEGIN SELECT RAISE(ABORT, 'hidden answers are immutable'); END;
--> statement-breakpoint
CREATE TRIGGER `contract_events_are_kept` BEFORE UPDATE OF `contract`, `seq`, `type`, `actor`, `at` ON `contract_events` BEGIN SELECT RAISE(ABORT, 'contract events are immutable'); END;
--> statement-breakpoint
CREATE TRIGGER `contract_events_keep_their_words` BEFORE UPDATE OF `data` ON `contract_events` WHEN new.`data` IS NOT json_replace(old.`data`, '$.note', '', '$.remark.reason', '') OR NOT EXISTS (SELECT 1 FROM `contracts` c JOIN `workers` w ON w.`id` = c.`worker` WHERE c.`id` = old.`contract` AND w.`erased_at` IS NOT NULL) BEGIN SELECT RAISE(ABORT, 'contract events are immutable'); END;
--> statement-breakpoint
CREATE TRIGGER `moderation_events_are_kept` BEFORE UPDATE OF `subject`, `seq`, `type`, `actor`, `at` ON `moderation_events` BEGIN SELECT RAISE(ABORT, 'moderation events are immutable'); END;
--> statement-breakpoint
CREATE TRIGGER `moderation_events_keep_their_words` BEFORE UPDATE OF `data` ON `moderation_events` WHEN new.`data` IS NOT json_replace(old.`data`, '$.note', '', '$.evidence', json('null')) OR NOT EXISTS (SELECT 1 FROM `moderation_subjects` s JOIN `workers` w ON w.`id` = s.`person` WHERE s.`id` = old.`subject` AND w.`erased_at` IS NOT NULL) BEGIN SELECT RAISE(ABORT, 'moderation events are immutable'); END;
--> statement-breakpoint
CREATE TRIGGER `moderation_decisions_are_kept` BEFORE UPDATE OF `id`, `subject`, `person`, `action`, `kinds`, `until`, `operator`, `decided_at` ON `moderation_decisions` BEGIN SELECT RAISE(ABORT, 'statements of reasons are immutable'); END;
--> statement-breakpoint
CREATE TRIGGER `moderation_decisions_keep_their_words` BEFORE UPDATE OF `statement` ON `moderation_decisions` WHEN new.`statement` IS NOT json_replace(old.`statement`, '$.facts', '', '$.rule.text.ja', '', '$.rule.text.en', '', '$.text.ja', '', '$.text.en', '') OR NOT EXISTS (SELECT 1 FROM `workers` WHERE `id` = old.`person` AND `erased_at` IS NOT NULL) BEGIN SELECT RAISE(ABORT, 'statements of reasons are immutable'); END;
