CREATE TABLE `draft_files` (
	`exam` text NOT NULL,
	`path` text NOT NULL,
	`version` integer NOT NULL,
	`hash` text NOT NULL,
	`base` text NOT NULL,
	`by` text NOT NULL,
	`by_name` text NOT NULL,
	`saved_at` integer NOT NULL,
	`content` text NOT NULL,
	PRIMARY KEY(`exam`, `path`, `version`)
);
--> statement-breakpoint
CREATE INDEX `draft_files_by` ON `draft_files` (`by`);--> statement-breakpoint
CREATE TABLE `exam_sources` (
	`bank` text PRIMARY KEY NOT NULL,
	`exam` text NOT NULL,
	`files` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `source_files` (
	`hash` text PRIMARY KEY NOT NULL,
	`content` text NOT NULL
);
