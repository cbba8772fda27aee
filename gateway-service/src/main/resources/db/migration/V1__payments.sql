-- Payments, what was asked of acquirers for them, their timelines, what is still to be told to
-- merchants, and the keys under which merchants asked. Times are UTC, money is in minor units.
-- Ids and codes are ASCII and compared byte by byte; a merchant's own text keeps its last blanks.
-- No foreign keys: each transaction writes a payment with all that belongs to it, and Galera
-- certifies rows, not relations.

-- Fails at once, and not half way through, where the database has no such role yet.
GRANT USAGE ON * TO gateway_app;

CREATE TABLE payment (
    id                   VARCHAR(48)  NOT NULL,
    merchant_id          VARCHAR(64)  NOT NULL,
    mode                 VARCHAR(4)   NOT NULL,
    reference            VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NOT NULL,
    unique_reference     BOOLEAN      NOT NULL,
    -- The reference for as long as no other payment may carry it: until this one is void.
    live_reference       VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NULL,
    status               VARCHAR(24)  NOT NULL,
    capture_mode         VARCHAR(16)  NOT NULL,
    currency             CHAR(3)      NOT NULL,
    amount               BIGINT       NOT NULL,
    authorized           BIGINT       NOT NULL,
    captured             BIGINT       NOT NULL,
    capture_pending      BIGINT       NOT NULL,
    refunded             BIGINT       NOT NULL,
    refund_pending       BIGINT       NOT NULL,
    card_brand           VARCHAR(32)  NOT NULL,
    card_bin             VARCHAR(8)   NOT NULL,
    card_last4           CHAR(4)      NOT NULL,
    card_exp_month       TINYINT      NOT NULL,
    card_exp_year        SMALLINT     NOT NULL,
    acquirer             VARCHAR(64)  NOT NULL,
    authorization_id     VARCHAR(48)  NOT NULL,
    region               VARCHAR(32)  NOT NULL,
    idempotency_key      VARCHAR(128) NOT NULL,
    metadata             TEXT         CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NOT NULL,
    on_unknown           VARCHAR(16)  NOT NULL,
    unknown_deadline     DATETIME(3)  NOT NULL,
    open_operation       VARCHAR(48)  NULL,
    decline_code         VARCHAR(64)  NULL,
    decline_network_code VARCHAR(64)  NULL,
    decline_advice       VARCHAR(16)  NULL,
    version              BIGINT       NOT NULL,
    created_at           DATETIME(3)  NOT NULL,
    updated_at           DATETIME(3)  NOT NULL,
    PRIMARY KEY (id),
    UNIQUE KEY live_reference (merchant_id, mode, live_reference),
    KEY newest (merchant_id, mode, created_at, id),
    KEY newest_of_reference (merchant_id, mode, reference, created_at, id),
    CONSTRAINT payment_mode CHECK (mode IN ('test', 'live')),
    CONSTRAINT payment_status CHECK (status IN (
        'processing', 'unknown', 'requires_action', 'authorized', 'partially_captured', 'captured',
        'canceled', 'expired', 'declined', 'failed', 'needs_review')),
    CONSTRAINT payment_capture_mode CHECK (capture_mode IN ('automatic', 'manual')),
    CONSTRAINT payment_on_unknown CHECK (on_unknown IN ('wait', 'reverse')),
    CONSTRAINT payment_live_reference CHECK (
        live_reference IS NULL
        OR (live_reference = reference
            AND status NOT IN ('canceled', 'expired', 'declined', 'failed'))),
    CONSTRAINT payment_amount CHECK (0 < amount AND authorized <= amount),
    CONSTRAINT payment_captured CHECK (
        0 <= captured AND 0 <= capture_pending AND captured + capture_pending <= authorized),
    CONSTRAINT payment_refunded CHECK (
        0 <= refunded AND 0 <= refund_pending AND refunded + refund_pending <= captured),
    CONSTRAINT payment_decline CHECK ((decline_code IS NULL) = (decline_advice IS NULL)),
    CONSTRAINT payment_version CHECK (0 < version)
) ENGINE = InnoDB DEFAULT CHARACTER SET ascii COLLATE ascii_bin;

CREATE TABLE operation (
    id                   VARCHAR(48)  NOT NULL,
    payment_id           VARCHAR(48)  NOT NULL,
    resource_id          VARCHAR(48)  NULL,
    kind                 VARCHAR(16)  NOT NULL,
    state                VARCHAR(16)  NOT NULL,
    amount               BIGINT       NOT NULL,
    currency             CHAR(3)      NOT NULL,
    final                BOOLEAN      NOT NULL,
    reason               VARCHAR(1000) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NULL,
    target               VARCHAR(48)  NULL,
    acquirer             VARCHAR(64)  NOT NULL,
    acquirer_reference   VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NULL,
    decline_code         VARCHAR(64)  NULL,
    decline_network_code VARCHAR(64)  NULL,
    decline_advice       VARCHAR(16)  NULL,
    merchant_id          VARCHAR(64)  NOT NULL,
    mode                 VARCHAR(4)   NOT NULL,
    idempotency_key      VARCHAR(128) NULL,
    request_id           VARCHAR(128) NOT NULL,
    send_until           DATETIME(3)  NOT NULL,
    next_check_at        DATETIME(3)  NULL,
    checks               INT          NOT NULL,
    not_found            INT          NOT NULL,
    lease_owner          VARCHAR(64)  NULL,
    lease_until          DATETIME(3)  NULL,
    fence                BIGINT       NOT NULL,
    -- Counts the writes, so that each changes the row: a guarded write that counts no row is lost.
    revision             BIGINT       NOT NULL DEFAULT 0,
    created_at           DATETIME(3)  NOT NULL,
    updated_at           DATETIME(3)  NOT NULL,
    PRIMARY KEY (id),
    KEY due (next_check_at, lease_until),
    CONSTRAINT operation_kind CHECK (
        kind IN ('authorize', 'capture', 'void', 'refund', 'reverse')),
    CONSTRAINT operation_state CHECK (
        state IN ('sent', 'succeeded', 'declined', 'failed', 'unknown', 'needs_review')),
    CONSTRAINT operation_resource CHECK ((kind = 'authorize') = (resource_id IS NULL)),
    CONSTRAINT operation_amount CHECK (0 <= amount),
    CONSTRAINT operation_decline CHECK ((decline_code IS NULL) = (decline_advice IS NULL)),
    CONSTRAINT operation_mode CHECK (mode IN ('test', 'live')),
    CONSTRAINT operation_checks CHECK (0 <= checks AND 0 <= not_found),
    CONSTRAINT operation_lease CHECK (
        0 <= fence AND (lease_owner IS NULL) = (lease_until IS NULL))
) ENGINE = InnoDB DEFAULT CHARACTER SET ascii COLLATE ascii_bin;

-- One line a commit of a payment: seq is the payment's version after it. Never changed.
CREATE TABLE event (
    payment_id           VARCHAR(48)  NOT NULL,
    seq                  BIGINT       NOT NULL,
    id                   VARCHAR(48)  NOT NULL,
    type                 VARCHAR(48)  NOT NULL,
    previous_status      VARCHAR(24)  NULL,
    status               VARCHAR(24)  NOT NULL,
    operation_id         VARCHAR(48)  NOT NULL,
    authorized           BIGINT       NOT NULL,
    captured             BIGINT       NOT NULL,
    capture_pending      BIGINT       NOT NULL,
    refunded             BIGINT       NOT NULL,
    refund_pending       BIGINT       NOT NULL,
    snapshot             MEDIUMTEXT   CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NOT NULL,
    created_at           DATETIME(3)  NOT NULL,
    PRIMARY KEY (payment_id, seq),
    UNIQUE KEY id (id),
    CONSTRAINT event_seq CHECK (0 < seq),
    CONSTRAINT event_first CHECK ((seq = 1) = (previous_status IS NULL)),
    CONSTRAINT event_captured CHECK (
        0 <= captured AND 0 <= capture_pending AND captured + capture_pending <= authorized),
    CONSTRAINT event_refunded CHECK (
        0 <= refunded AND 0 <= refund_pending AND refunded + refund_pending <= captured)
) ENGINE = InnoDB DEFAULT CHARACTER SET ascii COLLATE ascii_bin;

CREATE TABLE outbox (
    payment_id           VARCHAR(48)  NOT NULL,
    seq                  BIGINT       NOT NULL,
    event_id             VARCHAR(48)  NOT NULL,
    merchant_id          VARCHAR(64)  NOT NULL,
    mode                 VARCHAR(4)   NOT NULL,
    created_at           DATETIME(3)  NOT NULL,
    published_at         DATETIME(3)  NULL,
    PRIMARY KEY (payment_id, seq),
    CONSTRAINT outbox_seq CHECK (0 < seq),
    CONSTRAINT outbox_mode CHECK (mode IN ('test', 'live'))
) ENGINE = InnoDB DEFAULT CHARACTER SET ascii COLLATE ascii_bin;

CREATE TABLE idempotency (
    merchant_id          VARCHAR(64)  NOT NULL,
    mode                 VARCHAR(4)   NOT NULL,
    idem_key             VARCHAR(128) NOT NULL,
    payment_id           VARCHAR(48)  NOT NULL,
    operation_id         VARCHAR(48)  NOT NULL,
    -- JSON: keyed digest of each top-level field of the request, by field name.
    fingerprint          TEXT         CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NOT NULL,
    status               SMALLINT     NULL,
    body                 MEDIUMBLOB   NULL,
    created_at           DATETIME(3)  NOT NULL,
    answered_at          DATETIME(3)  NULL,
    expires_at           DATETIME(3)  NOT NULL,
    PRIMARY KEY (merchant_id, mode, idem_key),
    CONSTRAINT idempotency_mode CHECK (mode IN ('test', 'live')),
    CONSTRAINT idempotency_status CHECK (status IN (201, 402, 410)),
    CONSTRAINT idempotency_answer CHECK (
        (status IS NULL) = (body IS NULL) AND (status IS NULL) = (answered_at IS NULL))
) ENGINE = InnoDB DEFAULT CHARACTER SET ascii COLLATE ascii_bin;

-- The service reads and adds everywhere, changes what has a state, and never touches a timeline.
GRANT SELECT, INSERT, UPDATE ON payment TO gateway_app;
GRANT SELECT, INSERT, UPDATE ON operation TO gateway_app;
GRANT SELECT, INSERT, UPDATE ON idempotency TO gateway_app;
GRANT SELECT, INSERT, UPDATE ON outbox TO gateway_app;
GRANT SELECT, INSERT ON event TO gateway_app;
