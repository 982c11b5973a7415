CREATE TABLE `remembered_keys` (
	`key` integer NOT NULL,
	`good` integer NOT NULL,
	`text` integer NOT NULL,
	PRIMARY KEY(`key`, `good`, `text`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `remembered_texts` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`decision` text NOT NULL,
	`subject` text NOT NULL,
	`person` text,
	`good` integer NOT NULL,
	`kinds` text NOT NULL,
	`suspicion` real NOT NULL,
	`fingerprint` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`decision`) REFERENCES `moderation_decisions`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`subject`) REFERENCES `moderation_subjects`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `remembered_texts_decision_unique` ON `remembered_texts` (`decision`);--> statement-breakpoint
CREATE INDEX `remembered_texts_person` ON `remembered_texts` (`person`,`good`,`id`);