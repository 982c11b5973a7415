CREATE TABLE `process_data` (
	`attempt_id` text NOT NULL,
	`ref` text NOT NULL,
	`data` text NOT NULL,
	`noted_at` integer NOT NULL,
	PRIMARY KEY(`attempt_id`, `ref`)
);
--> statement-breakpoint
CREATE INDEX `process_data_by_age` ON `process_data` (`noted_at`);