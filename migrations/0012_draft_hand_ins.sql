CREATE TABLE `draft_hand_ins` (
	`exam` text NOT NULL,
	`path` text NOT NULL,
	`hash` text NOT NULL,
	`bank` text NOT NULL,
	`by` text NOT NULL,
	PRIMARY KEY(`exam`, `path`, `hash`, `bank`, `by`)
);
--> statement-breakpoint
CREATE INDEX `draft_hand_ins_writer` ON `draft_hand_ins` (`by`,`bank`);