CREATE INDEX `integrity_cases_unfinished` ON `integrity_cases` (`opened_at`,`id`) WHERE final = 0;--> statement-breakpoint
CREATE INDEX `workers_of_name` ON `workers` (name collate nocase,`worker`);