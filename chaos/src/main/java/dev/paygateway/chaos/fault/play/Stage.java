package dev.paygateway.chaos.fault.play;

import dev.paygateway.chaos.lab.Part;
import dev.paygateway.chaos.lab.Shape;
import java.nio.file.Path;
import java.util.List;

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

    /** An authenticated call of the region's Vault: GET without a body. */
    String vault(String region, String path, String body);

    /** The command that unseals the Vault of a region. */
    String unsealAgain(String region);

    /** What a database answers its superuser. */
    List<String> sql(String part, String statements);

    /** Where the secrets of a part are. */
    Path secrets(String part);
}
