package dev.paygateway.resource;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Judges the rows that owners of a lease have written, in the order of their commits. */
final class LeaseAudit {
    private final List<String> violations = new ArrayList<>();
    private final Map<Long, Row> lastByFence = new HashMap<>();
    private long sequence;
    private long fenceMost;

    /**
     * One write.
     *
     * @param sequence the lease's revision in its transaction: the order of commits
     * @param fence what its writer held
     * @param process who wrote it
     * @param counter its writer's count of writes under this fence
     */
    record Row(long sequence, long fence, String process, long counter) {}

    static List<String> violations(List<Row> rows) {
        var audit = new LeaseAudit();
        rows.forEach(audit::judge);
        return audit.violations;
    }

    private void judge(Row row) {
        require(row.sequence > sequence, row, "not in the order of commits");
        require(row.fence >= fenceMost, row, "written after fence " + fenceMost);
        var last = lastByFence.put(row.fence, row);
        if (last != null) {
            require(last.process.equals(row.process), row, "another process than " + last);
        }
        require(row.counter == (last == null ? 1 : last.counter + 1), row, "comes after " + last);
        sequence = row.sequence;
        fenceMost = Math.max(fenceMost, row.fence);
    }

    private void require(boolean holds, Row row, String otherwise) {
        if (!holds) {
            violations.add(row + ": " + otherwise);
        }
    }
}
