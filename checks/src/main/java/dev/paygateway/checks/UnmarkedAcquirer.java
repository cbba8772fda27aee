package dev.paygateway.checks;

import static com.google.errorprone.BugPattern.SeverityLevel.ERROR;
import static com.google.errorprone.matchers.Description.NO_MATCH;

import com.google.errorprone.BugPattern;
import com.google.errorprone.VisitorState;
import com.google.errorprone.bugpatterns.BugChecker;
import com.google.errorprone.bugpatterns.BugChecker.ClassTreeMatcher;
import com.google.errorprone.bugpatterns.BugChecker.MethodTreeMatcher;
import com.google.errorprone.matchers.Description;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.tools.javac.code.Symbol.MethodSymbol;

/**
 * Refuses what makes a resource of ours and does not say so: Error Prone's own check sees the
 * callers of what is annotated, and nobody else.
 */
@BugPattern(
        severity = ERROR,
        summary =
                "Whoever calls this gets a resource and is not told: annotate it, and what it"
                        + " overrides, with @MustBeClosed, or list the class among"
                        + " Resources.PARTS.")
public final class UnmarkedAcquirer extends BugChecker
        implements ClassTreeMatcher, MethodTreeMatcher {
    /** For the compiler, which loads it as a service. */
    public UnmarkedAcquirer() {}

    /**
     * Constructors: also those that nobody wrote. An anonymous class cannot annotate its own; and
     * what tests are set up with lives from before each, or all, to after.
     */
    @Override
    public Description matchClass(ClassTree tree, VisitorState state) {
        var type = ASTHelpers.getSymbol(tree);
        if (Code.isOurs(type)
                && !type.isAnonymous()
                && !Code.isTest(state)
                && !Resources.PARTS.contains(type.getQualifiedName().toString())
                && Code.isA(type.type, "java.lang.AutoCloseable", state)) {
            tree.getMembers().stream()
                    .filter(member -> isUnmarkedConstructor(member, state))
                    .map(member -> isWritten(member) ? member : tree)
                    .forEach(refused -> state.reportMatch(describeMatch(refused)));
        }
        return NO_MATCH;
    }

    private static boolean isUnmarkedConstructor(Tree member, VisitorState state) {
        return ASTHelpers.getSymbol(member) instanceof MethodSymbol method
                && method.isConstructor()
                && !Code.isMarked(method, state);
    }

    private static boolean isWritten(Tree member) {
        return !(member instanceof MethodTree method && ASTHelpers.isGeneratedConstructor(method));
    }

    @Override
    public Description matchMethod(MethodTree tree, VisitorState state) {
        var method = ASTHelpers.getSymbol(tree);
        return Code.isMarked(method, state) && overridesUnmarked(method, state)
                ? describeMatch(tree)
                : NO_MATCH;
    }

    private static boolean overridesUnmarked(MethodSymbol method, VisitorState state) {
        return ASTHelpers.findSuperMethods(method, state.getTypes()).stream()
                .anyMatch(each -> Code.isOurs(each) && !Code.isMarked(each, state));
    }
}
