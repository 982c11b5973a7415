CREATE TABLE `block_turns` (
	`id` integer PRIMARY KEY NOT NULL,
	`turn` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `client_blocks` (
	`client` text PRIMARY KEY NOT NULL,
	`block` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `client_blocks_block` ON `client_blocks` (`block`);--> statement-breakpoint
CREATE TABLE `client_links` (
	`client` text NOT NULL,
	`other` text NOT NULL,
	PRIMARY KEY(`client`, `other`)
);
--> statement-breakpoint
CREATE TABLE `decided_clients` (
	`client` text NOT NULL,
	`block` text NOT NULL,
	PRIMARY KEY(`client`, `block`)
);
--> statement-breakpoint
CREATE INDEX `decided_clients_block` ON `decided_clients` (`block`);--> statement-breakpoint
CREATE TABLE `review_blocks` (
	`id` text PRIMARY KEY NOT NULL,
	`state` text NOT NULL,
	`size` integer NOT NULL,
	`version` integer NOT NULL,
	`opened_at` integer NOT NULL,
	`decided_at` integer,
	`decided_by` text,
	`note` text
);
--> statement-breakpoint
CREATE INDEX `review_blocks_waiting` ON `review_blocks` (`opened_at`,`id`) WHERE state = 'open' AND size > 0;--> statement-breakpoint
CREATE INDEX `review_blocks_decided` ON `review_blocks` (`decided_at`,`id`) WHERE decided_at IS NOT NULL;--> statement-breakpoint
CREATE TABLE `weights_due` (
	`worker` text PRIMARY KEY NOT NULL,
	`marks` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `client_workers` (
	`client` text NOT NULL,
	`worker` text NOT NULL,
	`paid` integer NOT NULL,
	`reviewed_at` integer,
	`due` integer NOT NULL,
	PRIMARY KEY(`client`, `worker`)
);
--> statement-breakpoint
CREATE INDEX `client_workers_reviewed` ON `client_workers` (`worker`,`reviewed_at`) WHERE reviewed_at IS NOT NULL;--> statement-breakpoint
CREATE INDEX `client_workers_of` ON `client_workers` (`client`,`worker`) WHERE reviewed_at IS NOT NULL;--> statement-breakpoint
CREATE INDEX `client_workers_due` ON `client_workers` (`client`,`worker`) WHERE due > 0;--> statement-breakpoint
CREATE TABLE `review_weights` (
	`review` text PRIMARY KEY NOT NULL,
	`others` integer NOT NULL,
	`yen` integer NOT NULL,
	`weight` real NOT NULL,
	`growth` real NOT NULL,
	FOREIGN KEY (`review`) REFERENCES `reviews`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
ALTER TABLE `past_reviews` ADD `growth` real DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE `review_totals` ADD `weight` real DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `review_totals` ADD `grown` real DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `review_totals` ADD `grown_score` real DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `review_totals` ADD `limited` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
UPDATE `past_reviews` SET `growth` = (SELECT (1 << (month / 36)) * json_extract('[1,1.0194406437021448,1.0392592260318434,1.0594630943592953,1.080059738892306,1.1010567954531432,1.122462048309373,1.1442834330597351,1.1665290395761165,1.189207115002721,1.2123260668135445,1.2358944659292892,1.2599210498948732,1.2844147261187115,1.3093845751749735,1.3348398541700344,1.360790000174377,1.3872446337212085,1.4142135623730951,1.4417067843579314,1.4697344922755988,1.4983070768766815,1.5274351309146432,1.5571294530728936,1.5874010519681994,1.618261150231923,1.649721188670605,1.681792830507429,1.7144879657061456,1.7478187153790539,1.7817974362806785,1.8164367253888065,1.8517494245745807,1.8877486253633868,1.9244476737882903,1.9618601753378297]', '$[' || (month % 36) || ']') FROM (SELECT max(0, (CAST(strftime('%Y', `at` / 1000, 'unixepoch') AS INTEGER) - 2000) * 12 + CAST(strftime('%m', `at` / 1000, 'unixepoch') AS INTEGER) - 1) AS month));
--> statement-breakpoint
INSERT INTO `client_workers` (`client`, `worker`, `paid`, `reviewed_at`, `due`) SELECT `client`, `worker`, count(*), NULL, 0 FROM `contracts` WHERE `status` IN ('released', 'decided') AND `released` > 0 AND `refunded` = 0 GROUP BY `client`, `worker`;
--> statement-breakpoint
UPDATE `client_workers` SET `reviewed_at` = s.`at`, `due` = 1 FROM (SELECT p.`client`, p.`worker`, max(p.`revealed_at`) AS `at` FROM `review_pairs` p JOIN `reviews` r ON r.`contract` = p.`contract` AND r.`side` = 'client' JOIN `contracts` c ON c.`id` = p.`contract` WHERE p.`revealed_at` IS NOT NULL AND c.`status` IN ('released', 'decided') AND c.`released` > 0 AND c.`refunded` = 0 GROUP BY p.`client`, p.`worker`) s WHERE s.`client` = `client_workers`.`client` AND s.`worker` = `client_workers`.`worker`;
--> statement-breakpoint
INSERT INTO `review_weights` (`review`, `others`, `yen`, `weight`, `growth`) SELECT `review`, `others`, `yen`, min(1.0, `yen` * 1.0 / 5000) * (1 + `others`) / (3.0 + `others`), (1 << (`month` / 36)) * json_extract('[1,1.0194406437021448,1.0392592260318434,1.0594630943592953,1.080059738892306,1.1010567954531432,1.122462048309373,1.1442834330597351,1.1665290395761165,1.189207115002721,1.2123260668135445,1.2358944659292892,1.2599210498948732,1.2844147261187115,1.3093845751749735,1.3348398541700344,1.360790000174377,1.3872446337212085,1.4142135623730951,1.4417067843579314,1.4697344922755988,1.4983070768766815,1.5274351309146432,1.5571294530728936,1.5874010519681994,1.618261150231923,1.649721188670605,1.681792830507429,1.7144879657061456,1.7478187153790539,1.7817974362806785,1.8164367253888065,1.8517494245745807,1.8877486253633868,1.9244476737882903,1.9618601753378297]', '$[' || (`month` % 36) || ']') FROM (
	SELECT r.`id` AS `review`, c.`released` + c.`fee` AS `yen`,
		(SELECT count(*) FROM (SELECT 1 FROM `contracts` o WHERE o.`client` = p.`client` AND o.`worker` <> p.`worker` AND o.`settled_at` < p.`revealed_at` AND o.`status` IN ('released', 'decided') AND o.`released` > 0 AND o.`refunded` = 0 LIMIT 20)) AS `others`,
		max(0, (CAST(strftime('%Y', p.`revealed_at` / 1000, 'unixepoch') AS INTEGER) - 2000) * 12 + CAST(strftime('%m', p.`revealed_at` / 1000, 'unixepoch') AS INTEGER) - 1) AS `month`
	FROM `review_pairs` p JOIN `reviews` r ON r.`contract` = p.`contract` AND r.`side` = 'client' JOIN `contracts` c ON c.`id` = p.`contract` WHERE p.`revealed_at` IS NOT NULL
);
--> statement-breakpoint
UPDATE `review_totals` SET `weight` = s.`weight`, `grown` = s.`grown`, `grown_score` = s.`grown_score` FROM (
	SELECT `worker`, sum(`weight`) AS `weight`, sum(`weight` * `growth`) AS `grown`, sum(`weight` * `growth` * (`skill` + `quality` + `schedule` + `communication` + `partnership`) / 5.0) AS `grown_score` FROM (
		SELECT `worker`, 1.0 AS `weight`, `growth`, `skill`, `quality`, `schedule`, `communication`, `partnership` FROM `past_reviews`
		UNION ALL
		SELECT `worker`, `weight`, `growth`, `skill`, `quality`, `schedule`, `communication`, `partnership` FROM (
			SELECT r.`subject` AS `worker`, w.`weight`, w.`growth`, r.`skill`, r.`quality`, r.`schedule`, r.`communication`, r.`partnership`, row_number() OVER (PARTITION BY r.`subject`, r.`author` ORDER BY r.`written_at` DESC, r.`id` DESC) AS `nth`
			FROM `reviews` r JOIN `review_weights` w ON w.`review` = r.`id` JOIN `contracts` c ON c.`id` = r.`contract` WHERE c.`status` IN ('released', 'decided') AND c.`released` > 0 AND c.`refunded` = 0
		) WHERE `nth` = 1
	) GROUP BY `worker`
) s WHERE s.`worker` = `review_totals`.`worker`;
--> statement-breakpoint
INSERT INTO `block_turns` (`id`, `turn`) VALUES (1, 0);
--> statement-breakpoint
CREATE TRIGGER `contracts_count_insert` AFTER INSERT ON `contracts` WHEN new.`status` IN ('released', 'decided') AND new.`released` > 0 AND new.`refunded` = 0 BEGIN
	INSERT INTO `client_workers` (`client`, `worker`, `paid`, `reviewed_at`, `due`) VALUES (new.`client`, new.`worker`, 1, NULL, 0) ON CONFLICT (`client`, `worker`) DO UPDATE SET `paid` = `paid` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `contracts_count_update` AFTER UPDATE OF `status`, `released`, `refunded` ON `contracts` WHEN (old.`status` IN ('released', 'decided') AND old.`released` > 0 AND old.`refunded` = 0) <> (new.`status` IN ('released', 'decided') AND new.`released` > 0 AND new.`refunded` = 0) BEGIN
	INSERT INTO `client_workers` (`client`, `worker`, `paid`, `reviewed_at`, `due`) VALUES (new.`client`, new.`worker`, new.`status` IN ('released', 'decided') AND new.`released` > 0 AND new.`refunded` = 0, NULL, 0) ON CONFLICT (`client`, `worker`) DO UPDATE SET `paid` = `paid` + iif(excluded.`paid` > 0, 1, -1);
END;
