package dev.paygateway.checks;

import edu.umd.cs.findbugs.BugCollectionBugReporter;
import edu.umd.cs.findbugs.BugInstance;
import edu.umd.cs.findbugs.DetectorFactoryCollection;
import edu.umd.cs.findbugs.FindBugs2;
import edu.umd.cs.findbugs.Priorities;
import edu.umd.cs.findbugs.Project;
import edu.umd.cs.findbugs.config.UserPreferences;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** SpotBugs as the build runs it: with the same effort, threshold and exclusions. */
final class SpotBugs {
    private static final Path EXCLUDED = Path.of("../.mvn/spotbugs.xml");

    private SpotBugs() {}

    /** What it finds. */
    static List<BugInstance> of(Path classes) throws IOException, InterruptedException {
        try (var project = new Project();
                var engine = new FindBugs2()) {
            project.addFile(classes.toString());
            var reporter = new BugCollectionBugReporter(project);
            reporter.setPriorityThreshold(Priorities.LOW_PRIORITY);
            var preferences = UserPreferences.createDefaultUserPreferences();
            preferences.setEffort(UserPreferences.EFFORT_MAX);
            engine.setDetectorFactoryCollection(DetectorFactoryCollection.instance());
            engine.setProject(project);
            engine.setBugReporter(reporter);
            engine.setUserPreferences(preferences);
            engine.addFilter(EXCLUDED.toString(), false);
            engine.execute();
            return List.copyOf(reporter.getBugCollection().getCollection());
        }
    }
}
