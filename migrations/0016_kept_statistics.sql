CREATE TABLE `item_statistics` (
	`exam` text NOT NULL,
	`item` text NOT NULL,
	`hash` text NOT NULL,
	`locale` text NOT NULL,
	`figures` text NOT NULL,
	PRIMARY KEY(`exam`, `item`, `hash`, `locale`)
);
--> statement-breakpoint
CREATE TABLE `measured_exams` (
	`exam` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`papers` integer NOT NULL
);
