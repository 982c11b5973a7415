CREATE TABLE `exam_proposals` (
	`id` text PRIMARY KEY NOT NULL,
	`exam` text NOT NULL,
	`version` integer NOT NULL,
	`hash` text NOT NULL,
	`by` text NOT NULL,
	`note` text NOT NULL,
	`lint` text NOT NULL,
	`proposed_at` integer NOT NULL,
	`status` text NOT NULL,
	`decided_by` text,
	`decided_at` integer,
	`why` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `exam_proposals_open` ON `exam_proposals` (`hash`) WHERE status = 'open';--> statement-breakpoint
CREATE INDEX `exam_proposals_exam` ON `exam_proposals` (`exam`,`proposed_at`);--> statement-breakpoint
CREATE TABLE `exam_publications` (
	`id` text PRIMARY KEY NOT NULL,
	`exam` text NOT NULL,
	`version` integer NOT NULL,
	`hash` text NOT NULL,
	`act` text NOT NULL,
	`by` text NOT NULL,
	`why` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `exam_publications_exam` ON `exam_publications` (`exam`,`at`);
--> statement-breakpoint
INSERT INTO `exam_publications` SELECT 'pub_' || `hash`, `exam`, `version`, `hash`, 'deployed', 'machine', '', `published_at` FROM `exam_versions`;
