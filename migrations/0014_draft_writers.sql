CREATE TABLE `draft_writers` (
	`exam` text NOT NULL,
	`path` text NOT NULL,
	`base` text NOT NULL,
	`by` text NOT NULL,
	`version` integer NOT NULL,
	PRIMARY KEY(`exam`, `path`, `base`, `by`)
);
--> statement-breakpoint
CREATE INDEX `draft_writers_person` ON `draft_writers` (`by`);--> statement-breakpoint
ALTER TABLE `draft_hand_ins` ADD `version` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
INSERT INTO `draft_writers`
  SELECT `exam`, `path`, `base`, CASE WHEN `hash` = `base` THEN '' ELSE `by` END AS `writer`, max(`version`)
  FROM `draft_files` GROUP BY `exam`, `path`, `base`, `writer`;--> statement-breakpoint
UPDATE `draft_hand_ins` SET `version` = coalesce(
  (SELECT max(step.`version`) FROM `draft_files` step
    WHERE step.`exam` = draft_hand_ins.`exam` AND step.`path` = draft_hand_ins.`path` AND step.`hash` = draft_hand_ins.`hash`), 0);
