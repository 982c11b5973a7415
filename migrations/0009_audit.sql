CREATE TABLE `audit_entries` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`at` integer NOT NULL,
	`act` text NOT NULL,
	`actor` text NOT NULL,
	`subject` text,
	`details` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `audit_entries_id_unique` ON `audit_entries` (`id`);--> statement-breakpoint
CREATE INDEX `audit_entries_at` ON `audit_entries` (`at`);--> statement-breakpoint
CREATE INDEX `audit_entries_of_act` ON `audit_entries` (`act`,`at`);--> statement-breakpoint
CREATE INDEX `audit_entries_of_actor` ON `audit_entries` (`actor`,`at`);--> statement-breakpoint
CREATE INDEX `audit_entries_of_actor_act` ON `audit_entries` (`actor`,`act`,`at`);--> statement-breakpoint
CREATE INDEX `audit_entries_of_subject` ON `audit_entries` (`subject`,`at`);--> statement-breakpoint
CREATE TABLE `audit_people` (
	`person` text PRIMARY KEY NOT NULL,
	`pseudonym` text NOT NULL,
	`key` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `audit_people_pseudonym_unique` ON `audit_people` (`pseudonym`);--> statement-breakpoint
CREATE TABLE `audit_seals` (
	`number` integer PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`previous` text NOT NULL,
	`last` integer NOT NULL,
	`entries` text NOT NULL,
	`hash` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `audit_signatures` (
	`seal` integer PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`token` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `known_keys` (
	`thumbprint` text PRIMARY KEY NOT NULL,
	`use` text NOT NULL,
	`state` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `refused_launches` (
	`minute` integer NOT NULL,
	`reason` text NOT NULL,
	`id` text NOT NULL,
	`count` integer NOT NULL,
	`samples` text NOT NULL,
	PRIMARY KEY(`minute`, `reason`)
);

--> statement-breakpoint
CREATE TRIGGER `audit_entries_are_kept` BEFORE UPDATE ON `audit_entries` BEGIN SELECT RAISE(ABORT, 'the log of acts is immutable'); END;
--> statement-breakpoint
CREATE TRIGGER `audit_entries_stay` BEFORE DELETE ON `audit_entries` BEGIN SELECT RAISE(ABORT, 'the log of acts is immutable'); END;
--> statement-breakpoint
CREATE TRIGGER `audit_entries_are_not_replaced` BEFORE INSERT ON `audit_entries` WHEN EXISTS (SELECT 1 FROM `audit_entries` WHERE `seq` = NEW.`seq` OR `id` = NEW.`id`) BEGIN SELECT RAISE(ABORT, 'UNIQUE constraint failed: the log of acts is immutable'); END;
--> statement-breakpoint
CREATE TRIGGER `audit_entries_come_last` AFTER INSERT ON `audit_entries` WHEN EXISTS (SELECT 1 FROM `audit_entries` WHERE `seq` > NEW.`seq`) BEGIN SELECT RAISE(ABORT, 'the log of acts only grows at its end'); END;
--> statement-breakpoint
CREATE TRIGGER `audit_seals_are_kept` BEFORE UPDATE ON `audit_seals` BEGIN SELECT RAISE(ABORT, 'seals are immutable'); END;
--> statement-breakpoint
CREATE TRIGGER `audit_seals_stay` BEFORE DELETE ON `audit_seals` BEGIN SELECT RAISE(ABORT, 'seals are immutable'); END;
--> statement-breakpoint
CREATE TRIGGER `audit_seals_follow_each_other` BEFORE INSERT ON `audit_seals` WHEN NEW.`number` <> (SELECT coalesce(max(`number`), 0) + 1 FROM `audit_seals`) BEGIN SELECT RAISE(ABORT, 'UNIQUE constraint failed: seals follow each other'); END;
--> statement-breakpoint
CREATE TRIGGER `audit_signatures_are_kept` BEFORE UPDATE ON `audit_signatures` BEGIN SELECT RAISE(ABORT, 'signed seals are immutable'); END;
--> statement-breakpoint
CREATE TRIGGER `audit_signatures_stay` BEFORE DELETE ON `audit_signatures` BEGIN SELECT RAISE(ABORT, 'signed seals are immutable'); END;
--> statement-breakpoint
CREATE TRIGGER `audit_signatures_are_not_replaced` BEFORE INSERT ON `audit_signatures` WHEN NEW.`seal` <= (SELECT coalesce(max(`seal`), 0) FROM `audit_signatures`) BEGIN SELECT RAISE(ABORT, 'UNIQUE constraint failed: signed seals are immutable'); END;
--> statement-breakpoint
CREATE TRIGGER `audit_people_keep_their_keys` BEFORE UPDATE ON `audit_people` BEGIN SELECT RAISE(ABORT, 'a key is destroyed, never changed'); END;
