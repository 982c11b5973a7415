CREATE TABLE `exam_versions` (
	`hash` text PRIMARY KEY NOT NULL,
	`exam` text NOT NULL,
	`version` integer NOT NULL,
	`bank` text NOT NULL,
	`published_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `exam_versions_latest` ON `exam_versions` (`exam`,`published_at`);--> statement-breakpoint
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
CREATE TABLE `item_exposures` (
	`exam` text NOT NULL,
	`item` text NOT NULL,
	`shown` integer NOT NULL,
	PRIMARY KEY(`exam`, `item`)
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
CREATE INDEX `scored_responses_of_item` ON `scored_responses` (`item_hash`);--> statement-breakpoint
CREATE TABLE `shown_items` (
	`worker` text NOT NULL,
	`exam` text NOT NULL,
	`item` text NOT NULL,
	`attempt_id` text NOT NULL,
	PRIMARY KEY(`worker`, `exam`, `item`, `attempt_id`)
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
	`bank_hash` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `credentials_one_per_attempt` ON `credentials` (`attempt_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `credentials_one_per_index` ON `credentials` (`status_list`,`status_index`);--> statement-breakpoint
CREATE INDEX `credentials_of_worker` ON `credentials` (`worker`,`exam`,`issued_at`);--> statement-breakpoint
CREATE INDEX `credentials_by_end` ON `credentials` (`status`,`valid_until`);--> statement-breakpoint
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
CREATE TABLE `used_tokens` (
	`jti` text PRIMARY KEY NOT NULL,
	`expires_at` integer NOT NULL
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
	`seen_at` integer NOT NULL
);
--> statement-breakpoint
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
CREATE TABLE `event_log` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`type` text NOT NULL,
	`at` integer NOT NULL,
	`data` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `event_log_id_unique` ON `event_log` (`id`);--> statement-breakpoint
CREATE TABLE `inbox` (
	`id` text PRIMARY KEY NOT NULL,
	`type` text NOT NULL,
	`data` text NOT NULL,
	`received_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `outbox` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`destination` text NOT NULL,
	`stream` text NOT NULL,
	`chain` text NOT NULL,
	`kind` text NOT NULL,
	`letter` text NOT NULL,
	`status` text NOT NULL,
	`attempts` integer NOT NULL,
	`next_at` integer NOT NULL,
	`not_before` integer NOT NULL,
	`lease` text,
	`lease_until` integer NOT NULL,
	`last_error` text,
	`created_at` integer NOT NULL,
	`settled_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `outbox_id_unique` ON `outbox` (`id`);--> statement-breakpoint
CREATE INDEX `outbox_due` ON `outbox` (`status`,`next_at`);--> statement-breakpoint
CREATE INDEX `outbox_stream` ON `outbox` (`stream`,`seq`);