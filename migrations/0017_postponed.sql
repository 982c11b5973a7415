CREATE TABLE `postponed_attempts` (
	`attempt_id` text PRIMARY KEY NOT NULL,
	`tries` integer NOT NULL,
	`next_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `postponed_attempts_next` ON `postponed_attempts` (`next_at`);