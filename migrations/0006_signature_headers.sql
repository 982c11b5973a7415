-- The first part of a token names the key that signed it: what a blocked key signed, and until when an old key must stay,
-- is found without reading every token. Queries use these very words.
CREATE INDEX `credentials_by_header` ON `credentials` (substr(jwt, 1, instr(jwt, '.') - 1), `valid_until`);
