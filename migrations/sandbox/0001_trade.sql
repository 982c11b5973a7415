CREATE TABLE `test_clock` (
	`id` text PRIMARY KEY NOT NULL,
	`moved_by` integer NOT NULL
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
CREATE INDEX `contracts_timer` ON `contracts` (`timer_at`);--> statement-breakpoint
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
CREATE INDEX `client_histories_stale` ON `client_histories` (`counted`,`marks`);--> statement-breakpoint
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
CREATE INDEX `measures_due` ON `measures` (`until`) WHERE ended_at IS NULL;--> statement-breakpoint
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
CREATE INDEX `moderation_queue` ON `moderation_subjects` (`status`,`points`,`opened_at`);--> statement-breakpoint
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
ALTER TABLE `outbox` ADD `data` text DEFAULT '{}' NOT NULL;