CREATE INDEX `attempts_practical` ON `attempts` (`exam`,`part`,`graded_at`,`id`) WHERE status = 'graded' and archived is null;
