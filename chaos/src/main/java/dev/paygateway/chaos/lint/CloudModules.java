package dev.paygateway.chaos.lint;

import dev.paygateway.chaos.lab.Commands;
import dev.paygateway.chaos.lab.Shell;
import dev.paygateway.chaos.lint.Verdict.Notes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;

/**
 * The cloud's modules and roots, against names, types and required arguments as npm publishes them;
 * the providers themselves cannot be had here (terraform/README.md says what that leaves open).
 */
final class CloudModules implements Validator {
    private static final String ALICLOUD = "3.108.0";
    private static final String VAULT = "7.8.0";

    /** By source address: the version that the modules pin. */
    private static final Map<String, String> PROVIDERS =
            Map.of("aliyun/alicloud", "1.294.0", "hashicorp/vault", "5.3.0");

    /** The interconnect has no providers of its own and is judged with live/global. */
    private static final List<String> FOLDERS =
            List.of(
                    "modules/region",
                    "modules/database",
                    "modules/witness",
                    "modules/gslb",
                    "modules/vault",
                    "live/global",
                    "live/east",
                    "live/north",
                    "live/witness");

    @Override
    public String name() {
        return "terraform-modules";
    }

    @Override
    public Verdict judge(Tree tree, Toolbox tools) throws Missing {
        var terraform = Terraform.of(tree, tools, providers(tree, tools));
        var notes = new Notes();
        for (var folder : FOLDERS) {
            terraform.judge("terraform/" + folder, notes);
        }
        var names = "@pulumi/alicloud %s, @pulumi/vault %s".formatted(ALICLOUD, VAULT);
        return notes.verdict(
                terraform.tool() + " with " + names,
                FOLDERS.size() + " modules and roots: names, types, required arguments, tests");
    }

    /** A mirror that holds the doubles in the providers' places. */
    private static Path providers(Tree tree, Toolbox tools) throws Missing {
        var source = tree.folder("terraform/double");
        var program = tools.built("double", source);
        var alicloud = tools.npm("@pulumi/alicloud", ALICLOUD);
        var vault = tools.npm("@pulumi/vault", VAULT);
        var types = source.resolve("types.json");
        var schema = Shell.in(source).run(program.program(), "extract", types, alicloud, vault);
        Toolbox.require(schema);
        var mirror = tree.scratch("providers");
        try {
            for (var provider : PROVIDERS.entrySet()) {
                place(mirror, provider.getKey(), provider.getValue(), program.program());
            }
            for (var provider : PROVIDERS.entrySet()) {
                var folder = folder(mirror, provider.getKey(), provider.getValue());
                Files.writeString(folder.resolve("schema.json"), schema.printed());
            }
        } catch (IOException refused) {
            throw Commands.disk("cannot write below " + mirror, refused);
        }
        return mirror;
    }

    private static void place(Path mirror, String source, String version, Path program)
            throws IOException {
        var folder = Files.createDirectories(folder(mirror, source, version));
        var name = source.substring(source.indexOf('/') + 1);
        var target = folder.resolve("terraform-provider-" + name + "_v" + version);
        Files.copy(program, target, StandardCopyOption.REPLACE_EXISTING);
    }

    private static Path folder(Path mirror, String source, String version) {
        return mirror.resolve("registry.terraform.io")
                .resolve(source)
                .resolve(version)
                .resolve("linux_amd64");
    }

    @Override
    public List<Mistake> mistakes() {
        return List.of(
                new Mistake(
                        "an argument that the cloud does not have",
                        "terraform/modules/region/main.tf",
                        "pending_window_in_days ",
                        "pending_days "),
                new Mistake(
                        "a required argument that is left out",
                        "terraform/modules/gslb/main.tf",
                        "  endpoint_group_region         = each.value.cloud_region\n",
                        ""),
                new Mistake(
                        "probes that are not those of the budget",
                        "terraform/modules/gslb/main.tf",
                        "= var.detection.evaluation_count",
                        "= 10"));
    }
}
