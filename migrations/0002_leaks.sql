CREATE TABLE `leaks` (
	`exam` text NOT NULL,
	`item` text NOT NULL,
	`leaked_at` integer NOT NULL,
	`by` text NOT NULL,
	`why` text NOT NULL,
	PRIMARY KEY(`exam`, `item`)
);
