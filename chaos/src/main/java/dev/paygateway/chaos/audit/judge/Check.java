package dev.paygateway.chaos.audit.judge;

import java.util.List;

/** Holds one law against one dossier. */
public interface Check {
    Law law();

    /** How many things of the dossier the law is held against; 0 where it does not apply. */
    int subjects(Examination examination);

    /** What breaks the law, one sentence each, with the ids and figures that prove it. */
    List<String> problems(Examination examination);
}
