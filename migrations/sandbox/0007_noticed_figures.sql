CREATE TABLE `noticed_figures` (
	`exam` text PRIMARY KEY NOT NULL,
	`form` integer NOT NULL,
	`at` integer NOT NULL,
	`figures` text NOT NULL
);
