package dev.paygateway.chaos.lint;

import dev.paygateway.chaos.lab.Commands;
import dev.paygateway.chaos.lab.Shell;
import dev.paygateway.chaos.lint.Verdict.Notes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Terraform, kept from the network and from the checkout: it works on a copy, and its providers
 * come from a folder.
 *
 * @param copy of the folder terraform/ and its parent
 * @param settings of Terraform itself
 */
record Terraform(Tool tool, Path copy, Path settings) {
    private static final String REMEDY = "install Terraform 1.11 or newer";

    static Terraform of(Tree tree, Toolbox tools) throws Missing {
        return of(tree, tools, tree.scratch("no-providers"));
    }

    /** With the providers of that folder, and no others. */
    static Terraform of(Tree tree, Toolbox tools, Path providers) throws Missing {
        var tool = tools.system("terraform", REMEDY);
        tree.folder("terraform");
        var copy = tree.copied("terraform");
        var text =
                """
                disable_checkpoint = true
                provider_installation {
                  filesystem_mirror {
                    path = "%s"
                  }
                }
                """
                        .formatted(providers);
        try {
            var settings = Files.writeString(copy.resolve("terraformrc"), text);
            return new Terraform(tool, copy, settings);
        } catch (IOException refused) {
            throw Commands.disk("cannot write below " + copy, refused);
        }
    }

    void format(Notes notes) {
        notes.add(
                "these files are not formatted",
                shell(copy).run(tool.program(), "fmt", "-check", "-recursive", "-no-color"));
    }

    /** Init, validate, test; a step that fails ends it. */
    void judge(String module, Notes notes) {
        var shell = shell(copy.resolve(module));
        var init = shell.run(tool.program(), "init", "-backend=false", "-input=false", "-no-color");
        notes.add(module + ", init", init);
        if (!init.fine()) {
            return;
        }
        notes.add(module, shell.run(tool.program(), "validate", "-no-color"));
        notes.add(module + ", test", shell.run(tool.program(), "test", "-no-color"));
    }

    private Shell shell(Path folder) {
        return Shell.in(folder).with("TF_CLI_CONFIG_FILE", settings.toString());
    }
}
