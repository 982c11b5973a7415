ALTER TABLE `credentials` ADD `verified` text;--> statement-breakpoint
ALTER TABLE `workers` ADD `verified` text;--> statement-breakpoint
ALTER TABLE `workers` ADD `is_unnamed` integer DEFAULT false NOT NULL;