-- At its start the service looks whether the schema has every migration that it needs.
GRANT SELECT ON flyway_schema_history TO gateway_app;
