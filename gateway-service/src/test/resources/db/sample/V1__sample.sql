CREATE TABLE sample (id BIGINT PRIMARY KEY) ENGINE = InnoDB;
GRANT SELECT, INSERT ON sample TO gateway_app;
GRANT SELECT ON flyway_schema_history TO gateway_app;
