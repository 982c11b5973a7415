CREATE TABLE `exam_days` (
	`day` integer NOT NULL,
	`exam` text NOT NULL,
	`locale` text NOT NULL,
	`part` text NOT NULL,
	`started` integer NOT NULL,
	`submitted` integer NOT NULL,
	`expired` integer NOT NULL,
	`withdrawn` integer NOT NULL,
	`voided` integer NOT NULL,
	`passed` integer NOT NULL,
	`failed` integer NOT NULL,
	`shown` integer NOT NULL,
	PRIMARY KEY(`day`, `exam`, `locale`, `part`)
);
--> statement-breakpoint
CREATE TABLE `exam_minutes` (
	`day` integer NOT NULL,
	`exam` text NOT NULL,
	`locale` text NOT NULL,
	`part` text NOT NULL,
	`minutes` integer NOT NULL,
	`n` integer NOT NULL,
	PRIMARY KEY(`day`, `exam`, `locale`, `part`, `minutes`)
);
--> statement-breakpoint
CREATE INDEX `attempts_by_start` ON `attempts` (`started_at`,`id`,`exam`,`locale`,`status`,`reason`);
--> statement-breakpoint
-- what was started before; of exams without parts the part is empty
INSERT INTO `exam_days` (`day`, `exam`, `locale`, `part`, `started`, `submitted`, `expired`, `withdrawn`, `voided`, `passed`, `failed`, `shown`)
	SELECT (`started_at` + 32400000) / 86400000, `attempts`.`exam`, `locale`, coalesce(`part`, ''),
		count(*),
		sum(`attempts`.`reason` IS 'submitted'),
		sum(`attempts`.`reason` IS 'deadline'),
		sum(`attempts`.`reason` IS 'withdrawn'),
		sum(`attempts`.`reason` IS 'voided'),
		sum(CASE WHEN `attempts`.`status` = 'graded' AND `attempts`.`reason` IN ('submitted', 'deadline') THEN (`attempts`.`report` ->> '$.passed') IS 1 ELSE 0 END),
		sum(CASE WHEN `attempts`.`status` = 'graded' AND `attempts`.`reason` IN ('submitted', 'deadline') THEN (`attempts`.`report` ->> '$.passed') IS NOT 1 AND (`attempts`.`report` ->> '$.part.decision.state') IS NOT 'open' ELSE 0 END),
		sum(`credentials`.`given_at` IS NOT NULL)
	FROM `attempts` LEFT JOIN `credentials` ON `credentials`.`id` = `attempts`.`credential`
	GROUP BY 1, 2, 3, 4;
--> statement-breakpoint
INSERT INTO `exam_minutes` (`day`, `exam`, `locale`, `part`, `minutes`, `n`)
	SELECT (`started_at` + 32400000) / 86400000, `exam`, `locale`, coalesce(`part`, ''), min(600, (`closed_at` - `started_at`) / 60000), count(*)
	FROM `attempts` WHERE `reason` IN ('submitted', 'deadline')
	GROUP BY 1, 2, 3, 4, 5;
--> statement-breakpoint
-- what drizzle-kit does not write: the triggers
CREATE TRIGGER `attempts_counted_insert` AFTER INSERT ON `attempts` BEGIN
	INSERT INTO `exam_days` (`day`, `exam`, `locale`, `part`, `started`, `submitted`, `expired`, `withdrawn`, `voided`, `passed`, `failed`, `shown`)
		VALUES ((new.`started_at` + 32400000) / 86400000, new.`exam`, new.`locale`, coalesce(new.`part`, ''),
			1,
			(new.`reason` IS 'submitted'),
			(new.`reason` IS 'deadline'),
			(new.`reason` IS 'withdrawn'),
			(new.`reason` IS 'voided'),
			CASE WHEN new.`status` = 'graded' AND new.`reason` IN ('submitted', 'deadline') THEN (new.`report` ->> '$.passed') IS 1 ELSE 0 END,
			CASE WHEN new.`status` = 'graded' AND new.`reason` IN ('submitted', 'deadline') THEN (new.`report` ->> '$.passed') IS NOT 1 AND (new.`report` ->> '$.part.decision.state') IS NOT 'open' ELSE 0 END,
			0)
		ON CONFLICT (`day`, `exam`, `locale`, `part`) DO UPDATE SET `started` = `started` + excluded.`started`, `submitted` = `submitted` + excluded.`submitted`, `expired` = `expired` + excluded.`expired`, `withdrawn` = `withdrawn` + excluded.`withdrawn`, `voided` = `voided` + excluded.`voided`, `passed` = `passed` + excluded.`passed`, `failed` = `failed` + excluded.`failed`, `shown` = `shown` + excluded.`shown`;
	INSERT INTO `exam_minutes` (`day`, `exam`, `locale`, `part`, `minutes`, `n`)
		SELECT (new.`started_at` + 32400000) / 86400000, new.`exam`, new.`locale`, coalesce(new.`part`, ''), min(600, (new.`closed_at` - new.`started_at`) / 60000), 1
		WHERE new.`reason` IN ('submitted', 'deadline')
		ON CONFLICT (`day`, `exam`, `locale`, `part`, `minutes`) DO UPDATE SET `n` = `n` + excluded.`n`;
END;
--> statement-breakpoint
CREATE TRIGGER `attempts_counted_update` AFTER UPDATE OF `status`, `reason`, `report` ON `attempts` BEGIN
	INSERT INTO `exam_days` (`day`, `exam`, `locale`, `part`, `started`, `submitted`, `expired`, `withdrawn`, `voided`, `passed`, `failed`, `shown`)
		VALUES ((new.`started_at` + 32400000) / 86400000, new.`exam`, new.`locale`, coalesce(new.`part`, ''),
			0,
			(new.`reason` IS 'submitted') - (old.`reason` IS 'submitted'),
			(new.`reason` IS 'deadline') - (old.`reason` IS 'deadline'),
			(new.`reason` IS 'withdrawn') - (old.`reason` IS 'withdrawn'),
			(new.`reason` IS 'voided') - (old.`reason` IS 'voided'),
			CASE WHEN new.`status` = 'graded' AND new.`reason` IN ('submitted', 'deadline') THEN (new.`report` ->> '$.passed') IS 1 ELSE 0 END - CASE WHEN old.`status` = 'graded' AND old.`reason` IN ('submitted', 'deadline') THEN (old.`report` ->> '$.passed') IS 1 ELSE 0 END,
			CASE WHEN new.`status` = 'graded' AND new.`reason` IN ('submitted', 'deadline') THEN (new.`report` ->> '$.passed') IS NOT 1 AND (new.`report` ->> '$.part.decision.state') IS NOT 'open' ELSE 0 END - CASE WHEN old.`status` = 'graded' AND old.`reason` IN ('submitted', 'deadline') THEN (old.`report` ->> '$.passed') IS NOT 1 AND (old.`report` ->> '$.part.decision.state') IS NOT 'open' ELSE 0 END,
			0)
		ON CONFLICT (`day`, `exam`, `locale`, `part`) DO UPDATE SET `started` = `started` + excluded.`started`, `submitted` = `submitted` + excluded.`submitted`, `expired` = `expired` + excluded.`expired`, `withdrawn` = `withdrawn` + excluded.`withdrawn`, `voided` = `voided` + excluded.`voided`, `passed` = `passed` + excluded.`passed`, `failed` = `failed` + excluded.`failed`, `shown` = `shown` + excluded.`shown`;
	INSERT INTO `exam_minutes` (`day`, `exam`, `locale`, `part`, `minutes`, `n`)
		SELECT (old.`started_at` + 32400000) / 86400000, old.`exam`, old.`locale`, coalesce(old.`part`, ''), min(600, (old.`closed_at` - old.`started_at`) / 60000), -1
		WHERE old.`reason` IN ('submitted', 'deadline')
		ON CONFLICT (`day`, `exam`, `locale`, `part`, `minutes`) DO UPDATE SET `n` = `n` + excluded.`n`;
	INSERT INTO `exam_minutes` (`day`, `exam`, `locale`, `part`, `minutes`, `n`)
		SELECT (new.`started_at` + 32400000) / 86400000, new.`exam`, new.`locale`, coalesce(new.`part`, ''), min(600, (new.`closed_at` - new.`started_at`) / 60000), 1
		WHERE new.`reason` IN ('submitted', 'deadline')
		ON CONFLICT (`day`, `exam`, `locale`, `part`, `minutes`) DO UPDATE SET `n` = `n` + excluded.`n`;
END;
--> statement-breakpoint
CREATE TRIGGER `attempts_counted_delete` AFTER DELETE ON `attempts` BEGIN
	INSERT INTO `exam_days` (`day`, `exam`, `locale`, `part`, `started`, `submitted`, `expired`, `withdrawn`, `voided`, `passed`, `failed`, `shown`)
		VALUES ((old.`started_at` + 32400000) / 86400000, old.`exam`, old.`locale`, coalesce(old.`part`, ''),
			-1,
			-(old.`reason` IS 'submitted'),
			-(old.`reason` IS 'deadline'),
			-(old.`reason` IS 'withdrawn'),
			-(old.`reason` IS 'voided'),
			-CASE WHEN old.`status` = 'graded' AND old.`reason` IN ('submitted', 'deadline') THEN (old.`report` ->> '$.passed') IS 1 ELSE 0 END,
			-CASE WHEN old.`status` = 'graded' AND old.`reason` IN ('submitted', 'deadline') THEN (old.`report` ->> '$.passed') IS NOT 1 AND (old.`report` ->> '$.part.decision.state') IS NOT 'open' ELSE 0 END,
			0)
		ON CONFLICT (`day`, `exam`, `locale`, `part`) DO UPDATE SET `started` = `started` + excluded.`started`, `submitted` = `submitted` + excluded.`submitted`, `expired` = `expired` + excluded.`expired`, `withdrawn` = `withdrawn` + excluded.`withdrawn`, `voided` = `voided` + excluded.`voided`, `passed` = `passed` + excluded.`passed`, `failed` = `failed` + excluded.`failed`, `shown` = `shown` + excluded.`shown`;
	INSERT INTO `exam_minutes` (`day`, `exam`, `locale`, `part`, `minutes`, `n`)
		SELECT (old.`started_at` + 32400000) / 86400000, old.`exam`, old.`locale`, coalesce(old.`part`, ''), min(600, (old.`closed_at` - old.`started_at`) / 60000), -1
		WHERE old.`reason` IN ('submitted', 'deadline')
		ON CONFLICT (`day`, `exam`, `locale`, `part`, `minutes`) DO UPDATE SET `n` = `n` + excluded.`n`;
END;
--> statement-breakpoint
CREATE TRIGGER `credentials_shown_insert` AFTER INSERT ON `credentials` WHEN new.`given_at` IS NOT NULL BEGIN
	UPDATE `exam_days` SET `shown` = `shown` + 1
		WHERE (`day`, `exam`, `locale`, `part`) IN (SELECT (`started_at` + 32400000) / 86400000, `exam`, `locale`, coalesce(`part`, '') FROM `attempts` WHERE `id` = new.`attempt_id` AND `credential` = new.`id`);
END;
--> statement-breakpoint
CREATE TRIGGER `credentials_shown` AFTER UPDATE OF `given_at` ON `credentials` WHEN old.`given_at` IS NULL AND new.`given_at` IS NOT NULL BEGIN
	UPDATE `exam_days` SET `shown` = `shown` + 1
		WHERE (`day`, `exam`, `locale`, `part`) IN (SELECT (`started_at` + 32400000) / 86400000, `exam`, `locale`, coalesce(`part`, '') FROM `attempts` WHERE `id` = new.`attempt_id` AND `credential` = new.`id`);
END;
--> statement-breakpoint
CREATE TRIGGER `credentials_hidden` AFTER UPDATE OF `given_at` ON `credentials` WHEN old.`given_at` IS NOT NULL AND new.`given_at` IS NULL BEGIN
	UPDATE `exam_days` SET `shown` = `shown` - 1
		WHERE (`day`, `exam`, `locale`, `part`) IN (SELECT (`started_at` + 32400000) / 86400000, `exam`, `locale`, coalesce(`part`, '') FROM `attempts` WHERE `id` = old.`attempt_id` AND `credential` = old.`id`);
END;
