-- bytes of words that wait in memory while one statement indexes many texts; 1 MiB otherwise, and most of the time goes into merging
INSERT INTO `job_index` (`job_index`, `rank`) VALUES ('hashsize', 16777216);
--> statement-breakpoint
INSERT INTO `worker_index` (`worker_index`, `rank`) VALUES ('hashsize', 16777216);
