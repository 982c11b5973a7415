CREATE TABLE `work_samples` (
	`worker` text NOT NULL,
	`category` text NOT NULL,
	`place` text NOT NULL,
	`id` text NOT NULL,
	`title` text NOT NULL,
	`text` text NOT NULL,
	`waiting_since` integer,
	`operator` text,
	`reason` text NOT NULL,
	`decided_at` integer,
	PRIMARY KEY(`worker`, `category`, `place`)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `work_samples_id` ON `work_samples` (`id`);--> statement-breakpoint
CREATE INDEX `work_samples_waiting` ON `work_samples` (`waiting_since`,`id`) WHERE waiting_since IS NOT NULL;