ALTER TABLE `badges` ADD `parts` text;--> statement-breakpoint
ALTER TABLE `badges` ADD `exam_version` text;