-- a D1 database of an earlier release: what wrangler wrote down
CREATE TABLE "d1_migrations"(
	id         INTEGER PRIMARY KEY AUTOINCREMENT,
	name       TEXT UNIQUE,
	applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL
);
INSERT INTO `d1_migrations` (`name`) VALUES
	('0000_first.sql'),
	('0001_evidence.sql'),
	('0002_leaks.sql'),
	('0003_proposals.sql'),
	('0004_graded.sql'),
	('0005_lifecycle.sql'),
	('0006_signature_headers.sql'),
	('0007_wallet_and_endorsement.sql'),
	('0008_concerns.sql'),
	('0009_audit.sql'),
	('0010_lint_is_ours.sql'),
	('0011_sessions.sql'),
	('0012_erasure.sql'),
	('0013_growth.sql'),
	('0014_long_life.sql'),
	('0015_listed.sql'),
	('0016_kept_statistics.sql'),
	('0017_postponed.sql');
