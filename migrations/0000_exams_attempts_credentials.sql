CREATE TABLE `attempt_events` (
	`attempt_id` text NOT NULL,
	`seq` integer NOT NULL,
	`type` text NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	`data` text NOT NULL,
	PRIMARY KEY(`attempt_id`, `seq`)
);
--> statement-breakpoint
CREATE INDEX `attempt_events_of_actor` ON `attempt_events` (`actor`) WHERE actor not in ('kentei', 'marketplace');--> statement-breakpoint
CREATE TABLE `attempt_signals` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`attempt_id` text NOT NULL,
	`kind` text NOT NULL,
	`item` text,
	`claimed_at` text NOT NULL,
	`received_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `attempt_signals_of_attempt` ON `attempt_signals` (`attempt_id`);--> statement-breakpoint
CREATE TABLE `attempts` (
	`id` text PRIMARY KEY NOT NULL,
	`worker` text NOT NULL,
	`exam` text NOT NULL,
	`bank_hash` text NOT NULL,
	`locale` text NOT NULL,
	`form` text NOT NULL,
	`status` text NOT NULL,
	`reason` text,
	`started_at` integer NOT NULL,
	`deadline` integer NOT NULL,
	`time_multiplier` real NOT NULL,
	`lease` text NOT NULL,
	`closed_at` integer,
	`graded_at` integer,
	`report` text,
	`credential` text,
	`version` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `attempts_one_open` ON `attempts` (`worker`,`exam`) WHERE status = 'open';--> statement-breakpoint
CREATE INDEX `attempts_of_worker` ON `attempts` (`worker`,`exam`,`started_at`);--> statement-breakpoint
CREATE INDEX `attempts_overdue` ON `attempts` (`deadline`) WHERE status = 'open';--> statement-breakpoint
CREATE INDEX `attempts_ungraded` ON `attempts` (`closed_at`) WHERE status = 'closed';--> statement-breakpoint
CREATE INDEX `attempts_graded` ON `attempts` (`exam`,`graded_at`,`id`) WHERE status = 'graded';--> statement-breakpoint
CREATE TABLE `exam_papers` (
	`exam` text PRIMARY KEY NOT NULL,
	`papers` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `item_exposures` (
	`exam` text NOT NULL,
	`item` text NOT NULL,
	`shown` integer NOT NULL,
	`graded` integer DEFAULT 0 NOT NULL,
	`passed` integer DEFAULT 0 NOT NULL,
	PRIMARY KEY(`exam`, `item`)
);
--> statement-breakpoint
CREATE TABLE `postponed_attempts` (
	`attempt_id` text PRIMARY KEY NOT NULL,
	`tries` integer NOT NULL,
	`next_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `postponed_attempts_next` ON `postponed_attempts` (`next_at`);--> statement-breakpoint
CREATE TABLE `recent_papers` (
	`exam` text NOT NULL,
	`place` integer NOT NULL,
	`items` text NOT NULL,
	PRIMARY KEY(`exam`, `place`)
);
--> statement-breakpoint
CREATE TABLE `responses` (
	`attempt_id` text NOT NULL,
	`item` text NOT NULL,
	`revision` integer NOT NULL,
	`response` text NOT NULL,
	`first_saved_at` integer NOT NULL,
	`saved_at` integer NOT NULL,
	PRIMARY KEY(`attempt_id`, `item`)
);
--> statement-breakpoint
CREATE TABLE `scored_responses` (
	`attempt_id` text NOT NULL,
	`item` text NOT NULL,
	`item_hash` text NOT NULL,
	`credit` real NOT NULL,
	`response_ms` integer,
	PRIMARY KEY(`attempt_id`, `item`)
);
--> statement-breakpoint
CREATE TABLE `seen_keys` (
	`worker` text NOT NULL,
	`exam` text NOT NULL,
	`bank_hash` text NOT NULL,
	`seen_at` integer NOT NULL,
	`until` integer NOT NULL,
	PRIMARY KEY(`worker`, `exam`, `bank_hash`)
);
--> statement-breakpoint
CREATE TABLE `shown_items` (
	`worker` text NOT NULL,
	`exam` text NOT NULL,
	`item` text NOT NULL,
	`attempt_id` text NOT NULL,
	PRIMARY KEY(`worker`, `exam`, `item`, `attempt_id`)
);
--> statement-breakpoint
CREATE TABLE `audit_entries` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`at` integer NOT NULL,
	`act` text NOT NULL,
	`actor` text NOT NULL,
	`subject` text,
	`details` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `audit_entries_id_unique` ON `audit_entries` (`id`);--> statement-breakpoint
CREATE INDEX `audit_entries_at` ON `audit_entries` (`at`);--> statement-breakpoint
CREATE INDEX `audit_entries_of_act` ON `audit_entries` (`act`,`at`);--> statement-breakpoint
CREATE INDEX `audit_entries_of_actor` ON `audit_entries` (`actor`,`at`);--> statement-breakpoint
CREATE INDEX `audit_entries_of_actor_act` ON `audit_entries` (`actor`,`act`,`at`);--> statement-breakpoint
CREATE INDEX `audit_entries_of_subject` ON `audit_entries` (`subject`,`at`);--> statement-breakpoint
CREATE TABLE `audit_people` (
	`person` text PRIMARY KEY NOT NULL,
	`pseudonym` text NOT NULL,
	`key` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `audit_people_pseudonym_unique` ON `audit_people` (`pseudonym`);--> statement-breakpoint
CREATE TABLE `audit_seals` (
	`number` integer PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`previous` text NOT NULL,
	`last` integer NOT NULL,
	`entries` text NOT NULL,
	`hash` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `audit_signatures` (
	`seal` integer PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`token` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `known_keys` (
	`thumbprint` text PRIMARY KEY NOT NULL,
	`use` text NOT NULL,
	`state` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `refused_launches` (
	`minute` integer NOT NULL,
	`reason` text NOT NULL,
	`id` text NOT NULL,
	`count` integer NOT NULL,
	`samples` text NOT NULL,
	PRIMARY KEY(`minute`, `reason`)
);
--> statement-breakpoint
CREATE TABLE `credential_events` (
	`credential_id` text NOT NULL,
	`version` integer NOT NULL,
	`at` integer NOT NULL,
	`change` text NOT NULL,
	`from_status` text,
	`to_status` text NOT NULL,
	`cause` text NOT NULL,
	`actor` text NOT NULL,
	`why` text NOT NULL,
	`other` text,
	PRIMARY KEY(`credential_id`, `version`)
);
--> statement-breakpoint
CREATE INDEX `credential_events_of_actor` ON `credential_events` (`actor`) WHERE actor <> '';--> statement-breakpoint
CREATE TABLE `credential_holds` (
	`credential_id` text NOT NULL,
	`cause` text NOT NULL,
	`ref` text NOT NULL,
	`since` integer NOT NULL,
	`until` integer,
	PRIMARY KEY(`credential_id`, `cause`, `ref`, `since`)
);
--> statement-breakpoint
CREATE TABLE `credentials` (
	`id` text PRIMARY KEY NOT NULL,
	`attempt_id` text NOT NULL,
	`worker` text NOT NULL,
	`exam` text NOT NULL,
	`level` integer NOT NULL,
	`exam_version` integer NOT NULL,
	`title` text NOT NULL,
	`holder_name` text NOT NULL,
	`subject` text NOT NULL,
	`issued_at` integer NOT NULL,
	`valid_until` integer NOT NULL,
	`status` text NOT NULL,
	`status_cause` text,
	`status_changed_at` integer NOT NULL,
	`version` integer NOT NULL,
	`status_list` integer NOT NULL,
	`status_index` integer NOT NULL,
	`jwt` text NOT NULL,
	`wallet_export` text,
	`bank_hash` text NOT NULL,
	`given_at` integer,
	`awarded_at` integer,
	`edition` integer DEFAULT 1 NOT NULL,
	`predecessor` text,
	`relation` text,
	`remind_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `credentials_one_per_edition` ON `credentials` (`attempt_id`,`edition`);--> statement-breakpoint
CREATE UNIQUE INDEX `credentials_one_per_index` ON `credentials` (`status_list`,`status_index`);--> statement-breakpoint
CREATE UNIQUE INDEX `credentials_one_successor` ON `credentials` (`predecessor`,`relation`);--> statement-breakpoint
CREATE INDEX `credentials_of_worker` ON `credentials` (`worker`,`exam`,`issued_at`);--> statement-breakpoint
CREATE INDEX `credentials_ending` ON `credentials` (`valid_until`) WHERE status in ('active', 'suspended');--> statement-breakpoint
CREATE INDEX `credentials_by_reminder` ON `credentials` (`remind_at`) WHERE status = 'active';--> statement-breakpoint
CREATE INDEX `credentials_revoked` ON `credentials` (`status_list`,`status_index`) WHERE status = 'revoked';--> statement-breakpoint
CREATE TABLE `endorsements` (
	`exam` text PRIMARY KEY NOT NULL,
	`jwt` text NOT NULL,
	`public_jwk` text NOT NULL,
	`received_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `status_lists` (
	`list` integer PRIMARY KEY NOT NULL,
	`used` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `concerns` (
	`id` text PRIMARY KEY NOT NULL,
	`credential_id` text NOT NULL,
	`worker` text NOT NULL,
	`kind` text NOT NULL,
	`note` text NOT NULL,
	`raised_at` integer NOT NULL,
	`settled_at` integer,
	`settled_by` text
);
--> statement-breakpoint
CREATE INDEX `concerns_of_credential` ON `concerns` (`credential_id`);--> statement-breakpoint
CREATE INDEX `concerns_of_worker` ON `concerns` (`worker`);--> statement-breakpoint
CREATE INDEX `concerns_of_settler` ON `concerns` (`settled_by`);--> statement-breakpoint
CREATE INDEX `concerns_waiting` ON `concerns` (`raised_at`,`id`) WHERE settled_at is null;--> statement-breakpoint
CREATE TABLE `integrity_cases` (
	`id` text PRIMARY KEY NOT NULL,
	`credential_id` text NOT NULL,
	`worker` text NOT NULL,
	`policy` text NOT NULL,
	`note` text NOT NULL,
	`actor` text NOT NULL,
	`opened_at` integer NOT NULL,
	`message_id` text,
	`marketplace_case` text,
	`status` text NOT NULL,
	`action` text,
	`decided_at` integer,
	`appeal_outcome` text,
	`appeal_decided_at` integer,
	`final` integer NOT NULL,
	`version` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `integrity_cases_at_marketplace` ON `integrity_cases` (`marketplace_case`);--> statement-breakpoint
CREATE UNIQUE INDEX `integrity_cases_by_message` ON `integrity_cases` (`message_id`);--> statement-breakpoint
CREATE INDEX `integrity_cases_of_worker` ON `integrity_cases` (`worker`);--> statement-breakpoint
CREATE INDEX `integrity_cases_of_actor` ON `integrity_cases` (`actor`);--> statement-breakpoint
CREATE INDEX `integrity_cases_of_credential` ON `integrity_cases` (`credential_id`);--> statement-breakpoint
CREATE TABLE `exam_proposals` (
	`id` text PRIMARY KEY NOT NULL,
	`exam` text NOT NULL,
	`version` integer NOT NULL,
	`hash` text NOT NULL,
	`by` text NOT NULL,
	`note` text NOT NULL,
	`lint` text NOT NULL,
	`proposed_at` integer NOT NULL,
	`status` text NOT NULL,
	`decided_by` text,
	`decided_at` integer,
	`why` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `exam_proposals_open` ON `exam_proposals` (`hash`) WHERE status = 'open';--> statement-breakpoint
CREATE INDEX `exam_proposals_exam` ON `exam_proposals` (`exam`,`proposed_at`);--> statement-breakpoint
CREATE INDEX `exam_proposals_by` ON `exam_proposals` (`by`);--> statement-breakpoint
CREATE INDEX `exam_proposals_decided_by` ON `exam_proposals` (`decided_by`);--> statement-breakpoint
CREATE TABLE `exam_publications` (
	`id` text PRIMARY KEY NOT NULL,
	`exam` text NOT NULL,
	`version` integer NOT NULL,
	`hash` text NOT NULL,
	`act` text NOT NULL,
	`by` text NOT NULL,
	`why` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `exam_publications_exam` ON `exam_publications` (`exam`,`at`);--> statement-breakpoint
CREATE INDEX `exam_publications_by` ON `exam_publications` (`by`);--> statement-breakpoint
CREATE TABLE `exam_versions` (
	`hash` text PRIMARY KEY NOT NULL,
	`exam` text NOT NULL,
	`version` integer NOT NULL,
	`bank` text NOT NULL,
	`published_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `exam_versions_latest` ON `exam_versions` (`exam`,`published_at`);--> statement-breakpoint
CREATE TABLE `leaks` (
	`exam` text NOT NULL,
	`item` text NOT NULL,
	`leaked_at` integer NOT NULL,
	`by` text NOT NULL,
	`why` text NOT NULL,
	PRIMARY KEY(`exam`, `item`)
);
--> statement-breakpoint
CREATE INDEX `leaks_by` ON `leaks` (`by`);--> statement-breakpoint
CREATE TABLE `event_log` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`type` text NOT NULL,
	`at` integer NOT NULL,
	`data` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `event_log_id_unique` ON `event_log` (`id`);--> statement-breakpoint
CREATE INDEX `event_log_of` ON `event_log` (data ->> 'worker') WHERE json_valid(data);--> statement-breakpoint
CREATE TABLE `inbox` (
	`id` text PRIMARY KEY NOT NULL,
	`type` text NOT NULL,
	`data` text NOT NULL,
	`received_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `rounds` (
	`name` text PRIMARY KEY NOT NULL,
	`started_at` integer NOT NULL,
	`after` text,
	`finished_at` integer
);
--> statement-breakpoint
CREATE TABLE `sessions` (
	`id` text PRIMARY KEY NOT NULL,
	`worker` text NOT NULL,
	`role` text NOT NULL,
	`name` text NOT NULL,
	`locale` text NOT NULL,
	`return_url` text,
	`launched_at` integer NOT NULL,
	`seen_at` integer NOT NULL,
	`ends_at` integer NOT NULL,
	`ended_at` integer,
	`ended_why` text,
	`listed_as` text
);
--> statement-breakpoint
CREATE INDEX `sessions_of_worker` ON `sessions` (`worker`);--> statement-breakpoint
CREATE INDEX `sessions_of_role` ON `sessions` (`role`) WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX `sessions_over` ON `sessions` (`ends_at`);--> statement-breakpoint
CREATE TABLE `tombstones` (
	`tombstone` text PRIMARY KEY NOT NULL,
	`erased_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `workers` (
	`worker` text PRIMARY KEY NOT NULL,
	`subject` text NOT NULL,
	`name` text NOT NULL,
	`locale` text NOT NULL,
	`time_multiplier` real NOT NULL,
	`standing` text,
	`standing_version` integer NOT NULL,
	`erased_at` integer,
	`identity` text,
	`seen_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `workers_named_tombstones` ON `workers` (`erased_at`) WHERE erased_at is not null;--> statement-breakpoint
CREATE TABLE `item_statistics` (
	`exam` text NOT NULL,
	`item` text NOT NULL,
	`hash` text NOT NULL,
	`locale` text NOT NULL,
	`figures` text NOT NULL,
	PRIMARY KEY(`exam`, `item`, `hash`, `locale`)
);
--> statement-breakpoint
CREATE TABLE `measured_exams` (
	`exam` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`papers` integer NOT NULL
);
--> statement-breakpoint
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
CREATE TABLE `contract_evidence` (
	`worker` text NOT NULL,
	`contract` text NOT NULL,
	`exam` text,
	`formed_at` integer,
	`credential_id` text,
	`frozen_at` integer,
	`client` text,
	`amount_bucket` text,
	`released_at` integer,
	`refunded` integer NOT NULL,
	`status` text,
	`reviewed` integer NOT NULL,
	`version` integer NOT NULL,
	PRIMARY KEY(`worker`, `contract`)
);
--> statement-breakpoint
CREATE INDEX `contract_evidence_by_exam` ON `contract_evidence` (`worker`,`exam`);--> statement-breakpoint
CREATE TABLE `review_evidence` (
	`worker` text PRIMARY KEY NOT NULL,
	`revealed` text NOT NULL,
	`hidden` text,
	`version` integer NOT NULL
);--> statement-breakpoint
-- what drizzle-kit does not write: an index of an expression, and the triggers
CREATE TRIGGER `audit_entries_are_kept` BEFORE UPDATE ON `audit_entries` BEGIN SELECT RAISE(ABORT, 'the log of acts is immutable'); END;
--> statement-breakpoint
CREATE TRIGGER `audit_entries_stay` BEFORE DELETE ON `audit_entries` BEGIN SELECT RAISE(ABORT, 'the log of acts is immutable'); END;
--> statement-breakpoint
CREATE TRIGGER `audit_entries_are_not_replaced` BEFORE INSERT ON `audit_entries` WHEN EXISTS (SELECT 1 FROM `audit_entries` WHERE `seq` = NEW.`seq` OR `id` = NEW.`id`) BEGIN SELECT RAISE(ABORT, 'UNIQUE constraint failed: the log of acts is immutable'); END;
--> statement-breakpoint
CREATE TRIGGER `audit_entries_come_last` AFTER INSERT ON `audit_entries` WHEN EXISTS (SELECT 1 FROM `audit_entries` WHERE `seq` > NEW.`seq`) BEGIN SELECT RAISE(ABORT, 'the log of acts only grows at its end'); END;
--> statement-breakpoint
CREATE TRIGGER `audit_seals_are_kept` BEFORE UPDATE ON `audit_seals` BEGIN SELECT RAISE(ABORT, 'seals are immutable'); END;
--> statement-breakpoint
CREATE TRIGGER `audit_seals_stay` BEFORE DELETE ON `audit_seals` BEGIN SELECT RAISE(ABORT, 'seals are immutable'); END;
--> statement-breakpoint
CREATE TRIGGER `audit_seals_follow_each_other` BEFORE INSERT ON `audit_seals` WHEN NEW.`number` <> (SELECT coalesce(max(`number`), 0) + 1 FROM `audit_seals`) BEGIN SELECT RAISE(ABORT, 'UNIQUE constraint failed: seals follow each other'); END;
--> statement-breakpoint
CREATE TRIGGER `audit_signatures_are_kept` BEFORE UPDATE ON `audit_signatures` BEGIN SELECT RAISE(ABORT, 'signed seals are immutable'); END;
--> statement-breakpoint
CREATE TRIGGER `audit_signatures_stay` BEFORE DELETE ON `audit_signatures` BEGIN SELECT RAISE(ABORT, 'signed seals are immutable'); END;
--> statement-breakpoint
CREATE TRIGGER `audit_signatures_are_not_replaced` BEFORE INSERT ON `audit_signatures` WHEN NEW.`seal` <= (SELECT coalesce(max(`seal`), 0) FROM `audit_signatures`) BEGIN SELECT RAISE(ABORT, 'UNIQUE constraint failed: signed seals are immutable'); END;
--> statement-breakpoint
CREATE TRIGGER `audit_people_keep_their_keys` BEFORE UPDATE ON `audit_people` BEGIN SELECT RAISE(ABORT, 'a key is destroyed, never changed'); END;
--> statement-breakpoint
-- the first part of a token names the key that signed it; queries use these very words
CREATE INDEX `credentials_by_header` ON `credentials` (substr(jwt, 1, instr(jwt, '.') - 1), `valid_until`, `id`);
--> statement-breakpoint
CREATE TRIGGER `credentials_take_a_place` AFTER INSERT ON `credentials` BEGIN
	INSERT INTO `status_lists` (`list`, `used`) VALUES (new.`status_list`, 1) ON CONFLICT (`list`) DO UPDATE SET `used` = `used` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `credentials_leave_a_place` AFTER DELETE ON `credentials` BEGIN
	UPDATE `status_lists` SET `used` = `used` - 1 WHERE `list` = old.`status_list`;
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
