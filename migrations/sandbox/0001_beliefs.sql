CREATE TABLE `exam_beliefs` (
	`exam` text NOT NULL,
	`month` text NOT NULL,
	`certified` integer NOT NULL,
	`others` integer NOT NULL,
	`d` real NOT NULL,
	`sigma` real NOT NULL,
	`ratio` real NOT NULL,
	`boost_factor` real NOT NULL,
	`state` text NOT NULL,
	`since` integer NOT NULL,
	`version` text,
	PRIMARY KEY(`exam`, `month`)
);
--> statement-breakpoint
CREATE TABLE `exam_versions` (
	`exam` text NOT NULL,
	`version` text NOT NULL,
	`since` integer NOT NULL,
	PRIMARY KEY(`exam`, `version`)
);
--> statement-breakpoint
CREATE INDEX `exam_versions_newest` ON `exam_versions` (`exam`,`since`);--> statement-breakpoint
CREATE TABLE `first_review_counts` (
	`exam` text NOT NULL,
	`version` text NOT NULL,
	`cohort` text NOT NULL,
	`n` integer NOT NULL,
	`people` integer NOT NULL,
	`stars` integer NOT NULL,
	PRIMARY KEY(`exam`, `version`, `cohort`, `n`)
);
--> statement-breakpoint
CREATE TABLE `first_reviews` (
	`worker` text PRIMARY KEY NOT NULL,
	`exam` text NOT NULL,
	`version` text NOT NULL,
	`cohort` text NOT NULL,
	`n` integer NOT NULL,
	`stars` integer NOT NULL
);
--> statement-breakpoint
CREATE TRIGGER `first_reviews_count_insert` AFTER INSERT ON `first_reviews` BEGIN
	INSERT INTO `first_review_counts` (`exam`, `version`, `cohort`, `n`, `people`, `stars`) VALUES (new.`exam`, new.`version`, new.`cohort`, new.`n`, 1, new.`stars`)
		ON CONFLICT (`exam`, `version`, `cohort`, `n`) DO UPDATE SET `people` = `people` + 1, `stars` = `stars` + excluded.`stars`;
END;
--> statement-breakpoint
CREATE TRIGGER `first_reviews_count_update` AFTER UPDATE ON `first_reviews` BEGIN
	UPDATE `first_review_counts` SET `people` = `people` - 1, `stars` = `stars` - old.`stars` WHERE `exam` = old.`exam` AND `version` = old.`version` AND `cohort` = old.`cohort` AND `n` = old.`n`;
	INSERT INTO `first_review_counts` (`exam`, `version`, `cohort`, `n`, `people`, `stars`) VALUES (new.`exam`, new.`version`, new.`cohort`, new.`n`, 1, new.`stars`)
		ON CONFLICT (`exam`, `version`, `cohort`, `n`) DO UPDATE SET `people` = `people` + 1, `stars` = `stars` + excluded.`stars`;
END;
--> statement-breakpoint
CREATE TRIGGER `first_reviews_count_delete` AFTER DELETE ON `first_reviews` WHEN NOT EXISTS (SELECT 1 FROM `workers` WHERE `id` = old.`worker` AND `erased_at` IS NOT NULL) BEGIN
	UPDATE `first_review_counts` SET `people` = `people` - 1, `stars` = `stars` - old.`stars` WHERE `exam` = old.`exam` AND `version` = old.`version` AND `cohort` = old.`cohort` AND `n` = old.`n`;
END;
