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
CREATE INDEX `integrity_cases_of_credential` ON `integrity_cases` (`credential_id`);--> statement-breakpoint
CREATE TABLE `credential_holds` (
	`credential_id` text NOT NULL,
	`cause` text NOT NULL,
	`ref` text NOT NULL,
	`since` integer NOT NULL,
	`until` integer,
	PRIMARY KEY(`credential_id`, `cause`, `ref`, `since`)
);
--> statement-breakpoint
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
);
--> statement-breakpoint
CREATE TABLE `rounds` (
	`name` text PRIMARY KEY NOT NULL,
	`started_at` integer NOT NULL,
	`after` text,
	`finished_at` integer
);
--> statement-breakpoint
ALTER TABLE `credentials` ADD `given_at` integer;--> statement-breakpoint
INSERT INTO `credential_holds` (`credential_id`, `cause`, `ref`, `since`, `until`) SELECT `id`, coalesce(`status_cause`, 'operator'), '', `status_changed_at`, NULL FROM `credentials` WHERE `status` = 'suspended';--> statement-breakpoint
UPDATE `credentials` SET `given_at` = `issued_at` WHERE EXISTS (SELECT 1 FROM `outbox` WHERE `stream` = 'worker:' || `credentials`.`worker` AND `kind` = 'badge' AND `status` = 'delivered');
