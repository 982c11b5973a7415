ALTER TABLE `attempts` ADD `archived` text;--> statement-breakpoint
CREATE INDEX `attempts_unarchived` ON `attempts` (`exam`,`graded_at`) WHERE status = 'graded' and archived is null;