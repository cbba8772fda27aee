package dev.paygateway.checks;

import static com.google.errorprone.BugPattern.SeverityLevel.ERROR;
import static com.google.errorprone.matchers.Description.NO_MATCH;

import com.google.errorprone.BugPattern;
import com.google.errorprone.VisitorState;
import com.google.errorprone.bugpatterns.BugChecker;
import com.google.errorprone.bugpatterns.BugChecker.IdentifierTreeMatcher;
import com.google.errorprone.matchers.Description;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.DoWhileLoopTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.WhileLoopTree;
import com.sun.tools.javac.code.Symbol.VarSymbol;

/**
 * Refuses the use of a scope in a loop, or in a lambda, inside of the block that opened it: what
 * each turn acquires would be held until the last one has ended.
 */
@BugPattern(
        severity = ERROR,
        summary =
                "This scope holds what every turn acquires until all have ended: open one for each"
                        + " turn, inside of the loop or lambda.")
public final class OuterScope extends BugChecker implements IdentifierTreeMatcher {
    /** For the compiler, which loads it as a service. */
    public OuterScope() {}

    @Override
    public Description matchIdentifier(IdentifierTree tree, VisitorState state) {
        return ASTHelpers.getSymbol(tree) instanceof VarSymbol variable
                        && Code.isA(variable.type, Resources.SCOPE, state)
                        && isOfOuterBlock(variable, state)
                ? describeMatch(tree)
                : NO_MATCH;
    }

    private static boolean isOfOuterBlock(VarSymbol variable, VisitorState state) {
        Tree inner = state.getPath().getLeaf();
        for (var outer : state.getPath().getParentPath()) {
            if (isRepeated(inner, outer) && !isDeclaredIn(outer, variable, state)) {
                return true;
            }
            inner = outer;
        }
        return false;
    }

    private static boolean isRepeated(Tree inner, Tree outer) {
        return switch (outer) {
            case EnhancedForLoopTree loop -> inner.equals(loop.getStatement());
            case ForLoopTree loop -> !loop.getInitializer().contains(inner);
            case WhileLoopTree _, DoWhileLoopTree _, LambdaExpressionTree _ -> true;
            default -> false;
        };
    }

    private static boolean isDeclaredIn(Tree tree, VarSymbol variable, VisitorState state) {
        return ASTHelpers.getStartPosition(tree) <= variable.pos
                && variable.pos < state.getEndPosition(tree);
    }
}
