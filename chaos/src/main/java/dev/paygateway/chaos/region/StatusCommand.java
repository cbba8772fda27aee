package dev.paygateway.chaos.region;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code ./gateway region status}: what each instance says of its region. */
@Command(name = "status", description = "Says which region wants how much traffic.")
final class StatusCommand implements Callable<Integer> {
    @Mixin private Place place;

    @Option(names = "--json", description = "One JSON array.")
    private boolean json;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        try (var desk = place.desk()) {
            var views = desk.look();
            var out = spec.commandLine().getOut();
            if (json) {
                var array = JsonMapper.shared().createArrayNode();
                for (var view : views) {
                    array.addObject()
                            .put("region", view.region())
                            .put("address", view.address().toString())
                            .put("status", view.status())
                            .put("weight", view.weight())
                            .put("database", view.database());
                }
                out.println(array);
            } else {
                views.forEach(view ->
                        out.printf(
                                "%-6s %-28s %-15s weight %3d  database %s%n",
                                view.region(),
                                view.address(),
                                view.status(),
                                view.weight(),
                                view.database()));
            }
            return 0;
        }
    }
}
