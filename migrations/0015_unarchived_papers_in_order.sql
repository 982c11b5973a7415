DROP INDEX `attempts_practical`;--> statement-breakpoint
DROP INDEX `attempts_unarchived`;--> statement-breakpoint
CREATE INDEX `attempts_unarchived` ON `attempts` (`exam`,`graded_at`,`id`) WHERE status = 'graded' and archived is null;
