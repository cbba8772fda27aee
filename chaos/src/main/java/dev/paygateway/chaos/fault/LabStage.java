package dev.paygateway.chaos.fault;

import dev.paygateway.chaos.fault.play.FaultFailure;
import dev.paygateway.chaos.fault.play.Stage;
import dev.paygateway.chaos.lab.Lab;
import dev.paygateway.chaos.lab.Part;
import dev.paygateway.chaos.lab.ProcessId;
import dev.paygateway.chaos.lab.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * A lab as a stage. It attaches anew at each look: parts are started again by other processes.
 *
 * @param state the lab's state folder
 */
record LabStage(Path state) implements Stage {
    private static final String MAIN = "dev.paygateway.chaos.cli.Main";

    static LabStage of(Lab lab) {
        var log = lab.parts().getFirst().log(); // STATE/run/logs/NAME.log
        var run = Objects.requireNonNull(Objects.requireNonNull(log.getParent()).getParent());
        return new LabStage(Objects.requireNonNull(run.getParent()));
    }

    private Lab lab() {
        return Lab.attach(state);
    }

    @Override
    public List<Part> parts() {
        return lab().parts();
    }

    @Override
    public Path run() {
        return state.resolve("run");
    }

    @Override
    public String startAgain(List<String> names) {
        return ourselves("start", names);
    }

    @Override
    public Shape shape(String leg) {
        return lab().network().shapeOf(leg);
    }

    @Override
    public void shape(String leg, Shape shape) {
        lab().network().shape(leg, shape);
    }

    @Override
    public String shapeAgain(String leg, Shape shape) {
        return ourselves("shape", List.of(leg, UndoCommand.words(shape)));
    }

    @Override
    public String vault(String region, String path, Map<String, String> body) {
        return lab().vault(region, client -> client.write(path, body).toString());
    }

    @Override
    public String unsealAgain(String region) {
        return ourselves("unseal", List.of(region));
    }

    @Override
    public List<String> sql(String region, String statements) {
        return lab().sql(region, statements);
    }

    @Override
    public String sqlAgain(String region, String statement) {
        return ourselves("sql", List.of(region, statement));
    }

    @Override
    public String pokeAgain(ProcessId process, long address, String hex) {
        return ourselves(
                "poke",
                List.of(
                        Long.toString(process.pid()),
                        Long.toString(process.startTicks()),
                        Long.toString(address),
                        hex));
    }

    @Override
    public Path secrets(String part) {
        return lab().secrets(part);
    }

    /** This program again, as a line of the shell. */
    private String ourselves(String what, List<String> words) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", classPath()));
        command.addAll(List.of(MAIN, "fault", "undo", what, "--state", state.toString()));
        command.addAll(words);
        return command.stream().map(LabStage::quoted).collect(Collectors.joining(" "));
    }

    private static String quoted(String word) {
        if (word.indexOf('\'') >= 0) {
            throw new FaultFailure("a quote in " + word);
        }
        return "'" + word + "'";
    }

    /** Surefire hides the real class path behind a jar that it deletes. */
    private static String classPath() {
        return System.getProperty(
                "surefire.real.class.path", System.getProperty("java.class.path"));
    }
}
