-- How much of its traffic each region should get, as an operator has set it; a region without a
-- row gets all of it. One row a region, written by hand a few times a year.
CREATE TABLE region_traffic (
    region               VARCHAR(16)  NOT NULL,
    weight               TINYINT      NOT NULL,
    changed_by           VARCHAR(64)  NOT NULL,
    changed_at           DATETIME(3)  NOT NULL,
    -- Counts the writes, so that each changes the row.
    revision             BIGINT       NOT NULL,
    PRIMARY KEY (region),
    CONSTRAINT region_traffic_weight CHECK (0 <= weight AND weight <= 100)
) ENGINE = InnoDB DEFAULT CHARACTER SET ascii COLLATE ascii_bin;

GRANT SELECT, INSERT, UPDATE ON region_traffic TO gateway_app;
