package dev.paygateway.checks;

import static com.google.errorprone.BugPattern.SeverityLevel.ERROR;
import static com.google.errorprone.matchers.Description.NO_MATCH;

import com.google.errorprone.BugPattern;
import com.google.errorprone.VisitorState;
import com.google.errorprone.bugpatterns.BugChecker;
import com.google.errorprone.bugpatterns.BugChecker.MemberReferenceTreeMatcher;
import com.google.errorprone.matchers.Description;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.MemberReferenceTree;
import java.util.Objects;

/** Refuses a method reference that turns an acquirer into a function of which nobody knows it. */
@BugPattern(
        severity = ERROR,
        summary =
                "As this function the acquirer is no longer @MustBeClosed: hand it to Scope.own, or"
                        + " to an interface whose method is annotated.")
public final class DisguisedAcquirer extends BugChecker implements MemberReferenceTreeMatcher {
    /** For the compiler, which loads it as a service. */
    public DisguisedAcquirer() {}

    @Override
    public Description matchMemberReference(MemberReferenceTree tree, VisitorState state) {
        if (!Code.isMarked(ASTHelpers.getSymbol(tree), state)) {
            return NO_MATCH;
        }
        var target = Objects.requireNonNull(ASTHelpers.getType(tree));
        var function = state.getTypes().findDescriptorSymbol(target.tsym);
        return Code.isMarked(function, state) ? NO_MATCH : describeMatch(tree);
    }
}
