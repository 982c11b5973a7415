CREATE TABLE `recent_papers` (
	`exam` text NOT NULL,
	`place` integer NOT NULL,
	`items` text NOT NULL,
	PRIMARY KEY(`exam`, `place`)
);
--> statement-breakpoint
-- the latest sixty papers so far, the newest in the place that the count of papers gives it
INSERT INTO `recent_papers` SELECT `latest`.`exam`, (`exam_papers`.`papers` - `latest`.`nth`) % 60,
	(SELECT json_group_array(`placed`.`value` ->> 'itemId') FROM json_each(`attempts`.`form`, '$.sections') AS `section`, json_each(`section`.`value`, '$.items') AS `placed`)
	FROM (SELECT `rowid` AS `row`, `exam`, row_number() OVER (PARTITION BY `exam` ORDER BY `started_at` DESC) AS `nth` FROM `attempts`) AS `latest`
	JOIN `attempts` ON `attempts`.`rowid` = `latest`.`row` JOIN `exam_papers` ON `exam_papers`.`exam` = `latest`.`exam`
	WHERE `latest`.`nth` <= 60 AND json_valid(`attempts`.`form`);--> statement-breakpoint
DROP INDEX `attempts_of_exam`;
