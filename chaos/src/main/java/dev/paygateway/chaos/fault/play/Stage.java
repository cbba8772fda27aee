package dev.paygateway.chaos.fault.play;

import dev.paygateway.chaos.lab.Part;
import dev.paygateway.chaos.lab.ProcessId;
import dev.paygateway.chaos.lab.Shape;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Where faults are played: parts, and what one can have done to them. */
public interface Stage {
    /** All of them, as they are now. */
    List<Part> parts();

    /** Where the lab keeps what it runs on: the fault log is there. */
    Path run();

    /** The command that starts parts again that do not run, and leaves alone those that do. */
    String startAgain(List<String> names);

    /** What a leg of the network does now. */
    Shape shape(String leg);

    void shape(String leg, Shape shape);

    /** The command that gives a leg this shape. */
    String shapeAgain(String leg, Shape shape);

    /** What the Vault of a region answers when its root writes there. */
    String vault(String region, String path, Map<String, String> body);

    /** The command that unseals the Vault of a region. */
    String unsealAgain(String region);

    /** What the database of a region answers its superuser. */
    List<String> sql(String region, String statements);

    /** The command that has the database of a region execute a statement. */
    String sqlAgain(String region, String statement);

    /** The command that puts these bytes where the process had others; harmless when it is gone. */
    String pokeAgain(ProcessId process, long address, String hex);

    /** Where the secrets of a part are. */
    Path secrets(String part);
}
