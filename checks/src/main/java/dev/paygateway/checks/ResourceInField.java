package dev.paygateway.checks;

import static com.google.errorprone.BugPattern.SeverityLevel.ERROR;
import static com.google.errorprone.matchers.Description.NO_MATCH;

import com.google.errorprone.BugPattern;
import com.google.errorprone.VisitorState;
import com.google.errorprone.bugpatterns.BugChecker;
import com.google.errorprone.bugpatterns.BugChecker.VariableTreeMatcher;
import com.google.errorprone.matchers.Description;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.VariableTree;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.code.Type;
import javax.lang.model.element.ElementKind;

/**
 * Refuses fields, also of records and in containers, that outlive the block of a resource. A test
 * may hold one from before each to after each.
 */
@BugPattern(
        severity = ERROR,
        summary =
                "A resource of one block must not outlive it in a field: keep it in a local"
                        + " variable of the block, or list the class among Resources.HANDLES.")
public final class ResourceInField extends BugChecker implements VariableTreeMatcher {
    /** For the compiler, which loads it as a service. */
    public ResourceInField() {}

    @Override
    public Description matchVariable(VariableTree tree, VisitorState state) {
        var variable = ASTHelpers.getSymbol(tree);
        return variable.getKind() == ElementKind.FIELD
                        && !Code.isTest(state)
                        && !isOfHandle(variable)
                        && holdsResource(variable.type, state)
                ? describeMatch(tree)
                : NO_MATCH;
    }

    private static boolean isOfHandle(VarSymbol variable) {
        return Resources.HANDLES.contains(variable.enclClass().getQualifiedName().toString());
    }

    private static boolean holdsResource(Type type, VisitorState state) {
        return switch (type) {
            case Type.ArrayType array -> holdsResource(array.elemtype, state);
            case Type.WildcardType wildcard -> holdsResource(wildcard.type, state);
            default ->
                    Resources.OF_A_BLOCK.stream().anyMatch(name -> Code.isA(type, name, state))
                            || type.getTypeArguments().stream()
                                    .anyMatch(each -> holdsResource(each, state));
        };
    }
}
