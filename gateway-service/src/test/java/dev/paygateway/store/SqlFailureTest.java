package dev.paygateway.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Goal: no error is taken for harmless that may hide a commit.
 *
 * <p>Method: the table of the database rules, row by row, with the SQLSTATEs that servers send.
 */
class SqlFailureTest {
    @ParameterizedTest(name = "{0}/{1} is {2}")
    @CsvSource({
        "1213, 40001, ROLLED_BACK",
        "1020, HY000, ROLLED_BACK",
        "1205, HY000, ROLLED_BACK",
        "1062, 23000, OWN_PLACE_TAKEN",
        "1290, HY000, NOT_EXECUTED",
        "1792, 25006, NOT_EXECUTED",
        "1836, HY000, NOT_EXECUTED",
        "1045, 28000, NOT_EXECUTED",
        "1047, 08S01, UNKNOWN",
        "1180, HY000, UNKNOWN",
        "1317, 70100, UNKNOWN",
        "1927, 70100, UNKNOWN",
        "1969, 70100, UNKNOWN",
        "2006, HY000, UNKNOWN",
        "2013, HY000, UNKNOWN",
        "1053, 08S01, UNKNOWN",
        "0, 08000, UNKNOWN",
        "-1, 08S01, UNKNOWN",
        "1105, HY000, UNKNOWN",
        "4025, 23000, INVALID",
        "1406, 22001, INVALID",
        "1142, 42000, INVALID",
        "1644, 45001, KEY_TAKEN",
        "1644, 45002, REFERENCE_TAKEN",
        "1644, 45003, STALE",
        "1644, 45004, STALE",
        "1644, 45005, STALE",
    })
    void saysWhatBecameOfTheTransaction(int code, String state, SqlFailure expected) {
        assertThat(SqlFailure.of(new SQLException("words", state, code))).isEqualTo(expected);
    }

    @Test
    void doubtsWhateverLostItsQuorumAtCommit() {
        for (var words : List.of("WSREP: not connected", "(provider status: Not connected")) {
            var failure = new SQLException(words + " to Primary Component)", "08S01", 1047);
            assertThat(SqlFailure.of(failure)).isEqualTo(SqlFailure.UNKNOWN);
        }
    }

    @Test
    void doubtsWhatHasNeitherCodeNorState() {
        assertThat(SqlFailure.of(new SQLException())).isEqualTo(SqlFailure.UNKNOWN);
    }
}
