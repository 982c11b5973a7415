ALTER TABLE `exam_papers` ADD `takers` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `exam_papers` ADD `first_passes` integer DEFAULT 0 NOT NULL;