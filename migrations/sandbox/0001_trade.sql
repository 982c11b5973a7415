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
	`created_at` integer NOT NULL,
	`funded_at` integer,
	`first_delivered_at` integer,
	`last_delivered_at` integer,
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
ALTER TABLE `outbox` ADD `data` text DEFAULT '{}' NOT NULL;