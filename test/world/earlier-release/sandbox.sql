-- a database of an earlier release: what its migrator wrote down, and one table of many
CREATE TABLE "__drizzle_migrations" (
	id SERIAL PRIMARY KEY,
	hash text NOT NULL,
	created_at numeric
);
CREATE TABLE `faults` (
	`id` text PRIMARY KEY NOT NULL,
	`status` integer,
	`delay_ms` integer NOT NULL,
	`remaining` integer NOT NULL
);
INSERT INTO `__drizzle_migrations` (`hash`, `created_at`) VALUES
	('90eb42f4fb975b1731f1d1179336a042132256b855b09e16c04f881be420a58b', 1795568780190),
	('0aeb5199108b4a4904b47f003d7dc5d569d81f4c2ae02049faa56823c2f05574', 1795578950015),
	('09f498ac7474feaca077ff1cacf8b656f28021d4bf673d9a77a3c725443ea495', 1795578952056),
	('e8d11a8625eee18d020a5f9cf79365c15040350e390d8360e426e93ccd9a140f', 1795786476780),
	('59dff0efc622ff53645d248dc290f5dda5812c85ffd8cc94b6b5cbbf4542b591', 1795795703385);
INSERT INTO `faults` VALUES ('exam', 503, 0, 1);
