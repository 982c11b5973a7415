CREATE INDEX `draft_files_saved` ON `draft_files` (`exam`,`saved_at`);--> statement-breakpoint
CREATE INDEX `exam_proposals_proposed` ON `exam_proposals` (`proposed_at`);--> statement-breakpoint
CREATE INDEX `exam_proposals_hash` ON `exam_proposals` (`hash`,`proposed_at`);