package dev.paygateway.chaos.lint;

import java.util.List;

/** One real tool, and what it judges of a tree. */
interface Validator {
    /** One word. */
    String name();

    /** Installs what it needs and judges. */
    Verdict judge(Tree tree, Toolbox tools) throws Missing;

    /** At least one mistake of the kind that it is there for. */
    List<Mistake> mistakes();
}
