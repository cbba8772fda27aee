package dev.paygateway.checks;

import static com.google.errorprone.BugPattern.SeverityLevel.ERROR;
import static com.google.errorprone.matchers.Description.NO_MATCH;

import com.google.errorprone.BugPattern;
import com.google.errorprone.VisitorState;
import com.google.errorprone.bugpatterns.BugChecker;
import com.google.errorprone.bugpatterns.BugChecker.MemberReferenceTreeMatcher;
import com.google.errorprone.bugpatterns.BugChecker.MethodInvocationTreeMatcher;
import com.google.errorprone.bugpatterns.BugChecker.NewClassTreeMatcher;
import com.google.errorprone.matchers.Description;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Type;
import java.util.List;

/**
 * Refuses locks and connections that the ledger of the service would not know. The world outside of
 * it, and tests, have no ledger.
 */
@BugPattern(
        severity = ERROR,
        summary =
                "No ledger knows this lock or connection: take it from Locks, Permits or"
                        + " Connections of dev.paygateway.resource.")
public final class RawResource extends BugChecker
        implements NewClassTreeMatcher, MethodInvocationTreeMatcher, MemberReferenceTreeMatcher {
    private static final List<String> ELSEWHERE = List.of("resource", "chaos", "client");

    /** For the compiler, which loads it as a service. */
    public RawResource() {}

    @Override
    public Description matchNewClass(NewClassTree tree, VisitorState state) {
        return match(tree, ASTHelpers.getSymbol(tree), state);
    }

    @Override
    public Description matchMethodInvocation(MethodInvocationTree tree, VisitorState state) {
        return match(tree, ASTHelpers.getSymbol(tree), state);
    }

    @Override
    public Description matchMemberReference(MemberReferenceTree tree, VisitorState state) {
        return match(tree, ASTHelpers.getSymbol(tree), state);
    }

    private Description match(Tree tree, MethodSymbol called, VisitorState state) {
        return isRaw(called, state)
                        && !Code.isTest(state)
                        && ELSEWHERE.stream().noneMatch(each -> Code.isOf(each, state))
                ? describeMatch(tree)
                : NO_MATCH;
    }

    private static boolean isRaw(MethodSymbol called, VisitorState state) {
        var owner = called.enclClass().type;
        return called.isConstructor()
                ? isAny(owner, Resources.LOCKS, state)
                : isAny(owner, Resources.CONNECTORS, state) && opens(called.getReturnType(), state);
    }

    private static boolean opens(Type returned, VisitorState state) {
        return Code.isA(returned, "java.sql.Connection", state)
                || Code.isA(returned, "javax.sql.PooledConnection", state);
    }

    private static boolean isAny(Type type, List<String> names, VisitorState state) {
        return names.stream().anyMatch(name -> Code.isA(type, name, state));
    }
}
