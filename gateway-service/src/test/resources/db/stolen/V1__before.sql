-- Another migrator takes the lease in the middle of it.
CREATE TABLE before_the_theft (id INT PRIMARY KEY);
UPDATE lease SET fence = fence + 1, revision = revision + 1 WHERE name = 'migration';
