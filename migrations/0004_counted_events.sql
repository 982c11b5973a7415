CREATE TABLE `counted_events` (
	`exam` text NOT NULL,
	`event` text NOT NULL,
	`day` integer NOT NULL,
	`n` integer NOT NULL,
	PRIMARY KEY(`exam`, `event`, `day`)
);
