CREATE TABLE `published_wordings` (
	`exam` text NOT NULL,
	`item` text NOT NULL,
	`version` integer NOT NULL,
	`locale` text NOT NULL,
	`hash` text NOT NULL,
	PRIMARY KEY(`exam`, `item`, `version`, `locale`, `hash`)
);
--> statement-breakpoint
ALTER TABLE `exam_versions` ADD `items_noted` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX `exam_versions_unnoted` ON `exam_versions` (`exam`) WHERE published_at > 0 and items_noted = 0;