package dev.paygateway.checks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;

/** The build's compiler with the build's flags: it finds the checks as it does there. */
final class Compilation {
    private static final String CLASS_PATH = System.getProperty("java.class.path");

    /** Samples are in no module whose nulls are marked, and NullAway is no concern of theirs. */
    private static final String FLAGS =
            System.getProperty("error-prone.flags") + " -XepIgnoreUnknownCheckNames";

    /** The scope is the real one; the handles are as bare as can be. */
    private static final Path SCOPE =
            Path.of("../gateway-service/src/main/java/dev/paygateway/resource/Scope.java");

    private Compilation() {}

    /** An error, and the check that found it. */
    record Refusal(Path file, long line, String check, String words) {
        private static final Pattern FORM = Pattern.compile("\\[(\\w+)] (.*)");

        static Refusal of(Diagnostic<? extends JavaFileObject> error) {
            var file = Path.of(error.getSource().getName());
            var form = FORM.matcher(error.getMessage(null));
            return form.lookingAt()
                    ? new Refusal(file, error.getLineNumber(), form.group(1), form.group(2))
                    : new Refusal(file, error.getLineNumber(), "javac", error.getMessage(null));
        }
    }

    /** The errors in these sources; without any, their classes are in {@code folder}. */
    static List<Refusal> of(List<Sample> sources, Path folder) throws IOException {
        var found = new DiagnosticCollector<JavaFileObject>();
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(found, null, null)) {
            var stubs = Sample.of("stubs").stream().map(Sample::file);
            var all = Stream.of(sources.stream().map(Sample::file), stubs, Stream.of(SCOPE));
            var units = files.getJavaFileObjectsFromPaths(all.flatMap(each -> each).toList());
            var _ = compiler.getTask(null, files, found, options(folder), null, units).call();
        }
        return found.getDiagnostics().stream()
                .filter(each -> each.getKind() == Diagnostic.Kind.ERROR)
                .map(Refusal::of)
                .toList();
    }

    private static List<String> options(Path folder) {
        return List.of(
                "-d",
                folder.toString(),
                "-classpath",
                CLASS_PATH,
                "-processorpath",
                CLASS_PATH,
                "-XDcompilePolicy=simple",
                "--should-stop=ifError=FLOW",
                "-Xplugin:ErrorProne " + FLAGS.strip().replaceAll("\\s+", " "));
    }
}
