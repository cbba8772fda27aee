package dev.paygateway.checks;

import com.google.errorprone.VisitorState;
import com.google.errorprone.util.ASTHelpers;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Type;

/** Whose code it is that a check looks at, and what it says of itself. */
final class Code {
    private static final String ROOT = "dev.paygateway";
    private static final String MARK = "com.google.errorprone.annotations.MustBeClosed";
    private static final String TESTS = "/src/test/java/";

    private Code() {}

    /** Whether the caller of such a method has to close what it gets. */
    static boolean isMarked(Symbol symbol, VisitorState state) {
        return ASTHelpers.hasAnnotation(symbol, MARK, state);
    }

    static boolean isOurs(Symbol symbol) {
        return ASTHelpers.enclosingPackage(symbol)
                .filter(home -> isWithin(home.getQualifiedName().toString(), ROOT))
                .isPresent();
    }

    /** Whether the code is of that package of ours or of one inside of it. */
    static boolean isOf(String name, VisitorState state) {
        var unit = state.getPath().getCompilationUnit();
        return isWithin(String.valueOf(unit.getPackageName()), ROOT + "." + name);
    }

    static boolean isTest(VisitorState state) {
        var file = state.getPath().getCompilationUnit().getSourceFile();
        return file.toUri().toString().contains(TESTS);
    }

    /** False also where the class path has no such type. */
    static boolean isA(Type type, String name, VisitorState state) {
        var named = state.getTypeFromString(name);
        return named != null && ASTHelpers.isSubtype(type, named, state);
    }

    private static boolean isWithin(String name, String outer) {
        return name.equals(outer) || name.startsWith(outer + ".");
    }
}
