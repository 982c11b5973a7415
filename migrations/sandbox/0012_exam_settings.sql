CREATE TABLE `exam_settings` (
	`exam` text NOT NULL,
	`version` integer NOT NULL,
	`setting` text NOT NULL,
	`operator` text NOT NULL,
	`note` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`exam`, `version`)
);
--> statement-breakpoint
ALTER TABLE `search_draws` ADD `setting` text DEFAULT 'bold' NOT NULL;