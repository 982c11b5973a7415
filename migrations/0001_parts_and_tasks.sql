CREATE TABLE `task_grades` (
	`attempt_id` text NOT NULL,
	`ref` text NOT NULL,
	`grader` integer NOT NULL,
	`grade` text NOT NULL,
	PRIMARY KEY(`attempt_id`, `ref`, `grader`)
);
--> statement-breakpoint
CREATE TABLE `task_instances` (
	`attempt_id` text NOT NULL,
	`ref` text NOT NULL,
	`exam` text NOT NULL,
	`family` text NOT NULL,
	`family_hash` text NOT NULL,
	`kind` text NOT NULL,
	`seed` text NOT NULL,
	`generator` integer NOT NULL,
	`grader` integer NOT NULL,
	`drawing` text NOT NULL,
	`hash` text NOT NULL,
	`drawn_at` integer NOT NULL,
	PRIMARY KEY(`attempt_id`, `ref`)
);
--> statement-breakpoint
CREATE INDEX `task_instances_of_family` ON `task_instances` (`exam`,`family`,`drawn_at`);--> statement-breakpoint
ALTER TABLE `attempts` ADD `part` text;