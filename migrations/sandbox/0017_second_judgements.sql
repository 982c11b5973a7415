CREATE TABLE `decision_readers` (
	`second` text NOT NULL,
	`operator` text NOT NULL,
	PRIMARY KEY(`second`, `operator`),
	FOREIGN KEY (`second`) REFERENCES `second_judgements`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `second_judgements` (
	`id` text PRIMARY KEY NOT NULL,
	`decision` text NOT NULL,
	`subject` text NOT NULL,
	`label` text NOT NULL,
	`drawn_at` integer NOT NULL,
	`first_by` text NOT NULL,
	`first_breach` integer NOT NULL,
	`first_kinds` text NOT NULL,
	`second_by` text,
	`second_breach` integer,
	`second_kinds` text,
	`second_reasons` text,
	`second_at` integer,
	`agrees` integer,
	`settled_by` text,
	`settled_for` text,
	`settled_reasons` text,
	`settled_at` integer,
	FOREIGN KEY (`decision`) REFERENCES `moderation_decisions`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`subject`) REFERENCES `moderation_subjects`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`label`) REFERENCES `labels`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `second_judgements_decision_unique` ON `second_judgements` (`decision`);--> statement-breakpoint
CREATE INDEX `second_judgements_waiting` ON `second_judgements` (`drawn_at`,`id`) WHERE second_at IS NULL;--> statement-breakpoint
CREATE INDEX `second_judgements_disputed` ON `second_judgements` (`second_at`,`id`) WHERE agrees = 0 AND settled_at IS NULL;--> statement-breakpoint
CREATE INDEX `second_judgements_judged` ON `second_judgements` (`second_at`,`id`) WHERE second_at IS NOT NULL;