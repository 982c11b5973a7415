CREATE TABLE `case_readers` (
	`subject` text NOT NULL,
	`operator` text NOT NULL,
	PRIMARY KEY(`subject`, `operator`),
	FOREIGN KEY (`subject`) REFERENCES `moderation_subjects`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `judged_twice` (
	`id` text PRIMARY KEY NOT NULL,
	`decision` text NOT NULL,
	`subject` text NOT NULL,
	`surface` text NOT NULL,
	`label` text,
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
CREATE INDEX `judged_twice_waiting` ON `judged_twice` (`drawn_at`,`id`) WHERE second_at IS NULL;--> statement-breakpoint
CREATE INDEX `judged_twice_disputed` ON `judged_twice` (`second_at`,`id`) WHERE agrees = 0 AND settled_at IS NULL;--> statement-breakpoint
CREATE INDEX `judged_twice_judged` ON `judged_twice` (`second_at`,`id`) WHERE second_at IS NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX `judged_twice_once` ON `judged_twice` (`decision`,`surface`);--> statement-breakpoint
-- until now only posts were judged twice; `second_judgements` and `decision_readers` stay as they are, and nothing reads them any more
INSERT INTO `judged_twice` (`id`, `decision`, `subject`, `surface`, `label`, `drawn_at`, `first_by`, `first_breach`, `first_kinds`, `second_by`, `second_breach`, `second_kinds`, `second_reasons`, `second_at`, `agrees`, `settled_by`, `settled_for`, `settled_reasons`, `settled_at`) SELECT `id`, `decision`, `subject`, 'job', `label`, `drawn_at`, `first_by`, `first_breach`, `first_kinds`, `second_by`, `second_breach`, `second_kinds`, `second_reasons`, `second_at`, `agrees`, `settled_by`, `settled_for`, `settled_reasons`, `settled_at` FROM `second_judgements`;--> statement-breakpoint
-- whoever had read a decision has read its case
INSERT INTO `case_readers` (`subject`, `operator`) SELECT DISTINCT `second_judgements`.`subject`, `decision_readers`.`operator` FROM `decision_readers` JOIN `second_judgements` ON `second_judgements`.`id` = `decision_readers`.`second`;
