CREATE TABLE `seen_keys` (
	`worker` text NOT NULL,
	`exam` text NOT NULL,
	`bank_hash` text NOT NULL,
	`seen_at` integer NOT NULL,
	`until` integer NOT NULL,
	PRIMARY KEY(`worker`, `exam`, `bank_hash`)
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
	`ended_why` text
);
--> statement-breakpoint
CREATE INDEX `sessions_of_worker` ON `sessions` (`worker`);--> statement-breakpoint
CREATE INDEX `sessions_of_role` ON `sessions` (`role`) WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX `sessions_over` ON `sessions` (`ends_at`);